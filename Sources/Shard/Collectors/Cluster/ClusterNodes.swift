import Metrics
import Slurm

/// All nodes of the cluster, each once.
struct ClusterNodes: Fold {
    private static let declare = FamilyGroup(merge: .sum, feed: .nodes)

    private static let nodes: [Figure<NodeSum>] = [
        Figure(
            declare.gauge(
                "slurm_cluster_nodes_total",
                "Nodes by the one state that sinfo shows; the states add up to all nodes. Nodes in state future are only"
                    + " counted where Slurm lists them.",
                by: ["state"], level: .critical)
        ) { $0.states },
        Figure(
            declare.gauge(
                "slurm_cluster_nodes_flags",
                "Nodes by flag, for flags that some node has. A node counts under each of its flags.", by: ["flag"])
        ) { $0.flagsInUse },
        Figure(
            whole: declare.gauge("slurm_cluster_nodes_allocated", "Nodes on which jobs have CPUs.")
        ) { $0.withJobs },
        Figure(
            whole: declare.gauge(
                "slurm_cluster_nodes_unreported",
                "Nodes whose load and free memory aren't known, mostly as no slurmd ever reported.")
        ) { $0.unreported },
    ]

    private static let cpus: [Figure<NodeSum>] = [
        Figure(
            whole: declare.gauge("slurm_cluster_cpus_total", "CPUs of all nodes, as configured.", level: .critical)
        ) { $0.total(\.cpus) },
        Figure(
            declare.gauge(
                "slurm_cluster_cpus", "CPUs as configured, by state of their node; the states add up to all.",
                by: ["state"])
        ) { $0.cpusInStates },
        Figure(
            declare.gauge(
                "slurm_cluster_cpus_effective",
                "CPUs that jobs can have, without those set aside for the system, by state of their node.",
                by: ["state"])
        ) { $0.effectiveCPUsInStates },
        Figure(
            whole: declare.gauge("slurm_cluster_cpus_allocated", "CPUs that jobs have.", level: .critical)
        ) { $0.total(\.allocatedCPUs) },
        Figure(
            whole: declare.gauge(
                "slurm_cluster_cpus_idle",
                "CPUs that jobs don't have, of nodes that are neither down nor draining, as sinfo counts them.")
        ) { $0.total(\.idleCPUs) },
        Figure(
            declare.gauge(
                "slurm_cluster_cpu_load", "Load averages of all nodes added up, of those that have reported.",
                merge: .sumOfFractions(decimals: 2))
        ) { $0.load },
        Figure(
            declare.gauge(
                "slurm_cluster_efficiency_percentage",
                "Load of the nodes that have jobs, in percent of the CPUs that jobs have there; it can be more than 100, as"
                    + " what isn't a job's counts, too. What ended jobs really used is in slurm_job_cpu_efficiency_ratio.",
                by: ["resource"], merge: .replica)
        ) { sum, _ in sum.busyness.map { [Share(["cpu"], $0)] } ?? [] },
    ]

    private static let memory: [Figure<NodeSum>] = [
        Figure(
            whole: declare.gauge(
                "slurm_cluster_memory_total_bytes", "Memory of all nodes, as configured.", unit: "bytes")
        ) { $0.total(\.memoryBytes) },
        Figure(
            declare.gauge(
                "slurm_cluster_memory_bytes",
                "Memory as configured, by state of its node; the states add up to all.", unit: "bytes", by: ["state"])
        ) { $0.memoryInStates },
        Figure(
            whole: declare.gauge(
                "slurm_cluster_memory_effective_bytes",
                "Memory of all nodes that jobs can have: without what is set aside for the system.", unit: "bytes")
        ) { $0.effectiveMemoryBytes.known },
        Figure(
            whole: declare.gauge("slurm_cluster_memory_allocated_bytes", "Memory that jobs have.", unit: "bytes")
        ) { $0.total(\.allocatedMemoryBytes) },
        Figure(
            whole: declare.gauge(
                "slurm_cluster_memory_free_bytes",
                "Free memory as the nodes' operating systems see it, of those that have reported.", unit: "bytes")
        ) { $0.freeMemoryBytes.known },
    ]

    private static let others: [Figure<NodeSum>] = [
        Figure(
            declare.gauge("slurm_cluster_gpus_total", "GPUs of all nodes by type.", by: ["gpu_type"])
        ) { $0.gpus.shares($1) },
        Figure(
            declare.gauge("slurm_cluster_gpus", "GPUs by state of their node and by type.", by: ["state", "gpu_type"])
        ) { $0.gpuStates($1) },
        Figure(
            declare.gauge(
                "slurm_cluster_gpus_allocated",
                "GPUs that jobs have, by type; absent where Slurm doesn't track them.", by: ["gpu_type"])
        ) { $0.allocatedGPUs?.shares($1) ?? [] },
        Figure(
            declare.gauge(
                "slurm_cluster_power_usage_watts", "Power that all nodes draw, of those where it is measured.",
                unit: "watts", merge: .sumOfFractions(decimals: 1))
        ) { $0.watts },
    ]

    static let ratios: [Ratio] = [
        ratio(
            "slurm_cluster_utilization", "Share of all CPUs that jobs have: slurm_cluster_cpus_allocated by _total.",
            "slurm_cluster_cpus_allocated", of: "slurm_cluster_cpus_total"),
        ratio(
            "slurm_cluster_memory_utilization_ratio", "Share of all memory that jobs have.",
            "slurm_cluster_memory_allocated_bytes", of: "slurm_cluster_memory_total_bytes"),
        ratio(
            "slurm_cluster_gpu_utilization_ratio", "Share of all GPUs that jobs have.",
            "slurm_cluster_gpus_allocated", of: "slurm_cluster_gpus_total"),
        ratio(
            "slurm_cluster_node_utilization_ratio", "Share of all nodes on which jobs have CPUs.",
            "slurm_cluster_nodes_allocated", of: "slurm_cluster_nodes_total"),
        Ratio(
            declare.gauge(
                "slurm_cluster_health",
                "Share of all nodes that work or could: those in state allocated, blocked, completing, idle, mixed,"
                    + " planned or reserved.",
                level: .critical, merge: .derived),
            Ratio.Operand("slurm_cluster_nodes_total", where: "state", in: NodeStates.healthy),
            of: Ratio.Operand("slurm_cluster_nodes_total")),
    ]

    private static func ratio(_ name: MetricName, _ help: String, _ part: MetricName, of whole: MetricName) -> Ratio {
        let unit = name.text.hasSuffix("_ratio") ? "ratio" : nil
        return Ratio(
            declare.gauge(name, help, unit: unit, merge: .derived), Ratio.Operand(part), of: Ratio.Operand(whole))
    }

    private var tables = FigureTables(nodes + cpus + memory + others, ratios: ratios)
    private var sum = NodeSum()

    var families: [MetricFamily] { tables.families }

    mutating func begin(_ context: FoldContext) {
        sum = NodeSum()
    }

    mutating func add(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) {
        sum.add(node)
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        tables.tables(of: [([], sum)], symbols)
    }
}
