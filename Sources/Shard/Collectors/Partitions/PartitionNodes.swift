import Metrics
import Slurm

/// Nodes of each partition, as it looks from there: a node in three partitions is in all three.
struct PartitionNodes: Fold {
    private static let declare = FamilyGroup(labels: ["partition"], merge: .union, feed: .nodes)

    private static let nodes: [Figure<NodeSum>] = [
        Figure(
            whole: declare.gauge(
                "slurm_partition_nodes_total",
                "Nodes of a partition. Nodes in several partitions count in each: the sum over partitions can be more than"
                    + " slurm_cluster_nodes_total.",
                level: .critical)
        ) { $0.nodes },
        Figure(
            declare.gauge(
                "slurm_partition_nodes", "Nodes of a partition by the one state that sinfo shows.", by: ["state"])
        ) { $0.states },
        Figure(
            declare.gauge(
                "slurm_partition_nodes_flags",
                "Nodes of a partition by flag, for flags that some node has. A node counts under each of its flags.",
                by: ["flag"])
        ) { $0.flagsInUse },
        Figure(
            whole: declare.gauge("slurm_partition_nodes_idle", "Nodes of a partition in state idle.")
        ) { $0[NodeStates.idle] },
        Figure(
            whole: declare.gauge("slurm_partition_nodes_allocated", "Nodes of a partition on which jobs have CPUs.")
        ) { $0.withJobs },
    ]

    private static let resources: [Figure<NodeSum>] = [
        Figure(
            whole: declare.gauge(
                "slurm_partition_cpus_total",
                "CPUs of a partition's nodes, as configured. Those of nodes in several partitions count in each: for the whole"
                    + " cluster take slurm_cluster_cpus_total.",
                level: .critical)
        ) { $0.total(\.cpus) },
        Figure(
            declare.gauge(
                "slurm_partition_cpus",
                "CPUs of a partition's nodes as configured, by state of their node; the states add up to all.",
                by: ["state"])
        ) { $0.cpusInStates },
        Figure(
            whole: declare.gauge(
                "slurm_partition_cpus_effective",
                "CPUs of a partition's nodes that jobs can have: without those set aside for the system.")
        ) { $0.effectiveCPUs.known },
        Figure(
            whole: declare.gauge(
                "slurm_partition_cpus_allocated",
                "CPUs of a partition's nodes that jobs have, whichever partition they run in; for the whole cluster take"
                    + " slurm_cluster_cpus_allocated.",
                level: .critical)
        ) { $0.total(\.allocatedCPUs) },
        Figure(
            whole: declare.gauge(
                "slurm_partition_cpus_idle",
                "CPUs that jobs don't have, of nodes that are neither down nor draining, as sinfo counts them.")
        ) { $0.total(\.idleCPUs) },
        Figure(
            whole: declare.gauge(
                "slurm_partition_memory_total_bytes",
                "Memory of a partition's nodes, as configured; for the whole cluster take slurm_cluster_memory_total_bytes.",
                unit: "bytes")
        ) { $0.total(\.memoryBytes) },
        Figure(
            declare.gauge(
                "slurm_partition_memory_bytes",
                "Memory of a partition's nodes as configured, by state of their node; the states add up to all.",
                unit: "bytes", by: ["state"])
        ) { $0.memoryInStates },
        Figure(
            whole: declare.gauge(
                "slurm_partition_memory_effective_bytes",
                "Memory of a partition's nodes that jobs can have: without what is set aside for the system.",
                unit: "bytes")
        ) { $0.effectiveMemoryBytes.known },
        Figure(
            whole: declare.gauge(
                "slurm_partition_memory_allocated_bytes",
                "Memory of a partition's nodes that jobs have, whichever partition they run in; for the whole cluster take"
                    + " slurm_cluster_memory_allocated_bytes.",
                unit: "bytes")
        ) { $0.total(\.allocatedMemoryBytes) },
        Figure(
            whole: declare.gauge(
                "slurm_partition_memory_free_bytes",
                "Free memory of a partition's nodes as their operating systems see it, of those that have reported.",
                unit: "bytes")
        ) { $0.freeMemoryBytes.known },
        Figure(
            declare.gauge("slurm_partition_gpus_total", "GPUs of a partition's nodes by type.", by: ["gpu_type"])
        ) { $0.gpus.shares($1) },
        Figure(
            declare.gauge(
                "slurm_partition_gpus", "GPUs of a partition's nodes by state of their node and by type.",
                by: ["state", "gpu_type"])
        ) { $0.gpuStates($1) },
        Figure(
            declare.gauge(
                "slurm_partition_gpus_allocated",
                "GPUs of a partition's nodes that jobs have, by type; absent where Slurm doesn't track them.",
                by: ["gpu_type"])
        ) { $0.allocatedGPUs?.shares($1) ?? [] },
        Figure(
            declare.gauge(
                "slurm_partition_cpu_load", "Load averages of a partition's nodes added up, of those that report.")
        ) { $0.load },
    ]

    static let ratios: [Ratio] = [
        Ratio(
            declare.gauge(
                "slurm_partition_utilization",
                "Share of a partition's CPUs that jobs have: slurm_partition_cpus_allocated by _total.", merge: .derived
            ),
            Ratio.Operand("slurm_partition_cpus_allocated"), of: Ratio.Operand("slurm_partition_cpus_total")),
        Ratio(
            declare.gauge(
                "slurm_partition_memory_utilization_ratio", "Share of a partition's memory that jobs have.",
                unit: "ratio", merge: .derived),
            Ratio.Operand("slurm_partition_memory_allocated_bytes"),
            of: Ratio.Operand("slurm_partition_memory_total_bytes")),
        Ratio(
            declare.gauge(
                "slurm_partition_gpu_utilization_ratio", "Share of a partition's GPUs that jobs have.", unit: "ratio",
                by: ["gpu_type"], merge: .derived),
            Ratio.Operand("slurm_partition_gpus_allocated"), of: Ratio.Operand("slurm_partition_gpus_total")),
    ]

    private var tables = FigureTables(nodes + resources, ratios: ratios)
    private var sums = Groups<Symbol, NodeSum>()
    private var context = FoldContext(expectedTime: Timestamp(0))

    var families: [MetricFamily] { tables.families }

    mutating func begin(_ context: FoldContext) {
        self.context = context
        sums.removeAll()
    }

    mutating func add(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) {
        node.partitions.forEachDistinct { partition in
            sums.update(partition) { $0.add(node) }
        }
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        let rows = sums.byName(known: context.partitions, context.scope, symbols)
        return tables.tables(of: rows.map { ([$0.name], $0.1) }, symbols)
    }
}
