import Metrics
import Slurm

/// Jobs of each partition, as it looks from there: a job that waits in two is queued in both.
struct PartitionJobs: Fold {
    private static let declare = FamilyGroup(labels: ["partition"], merge: .union, feed: .jobs)

    private static let counts: [Figure<JobSum>] = [
        Figure(
            declare.gauge(
                "slurm_partition_jobs_total",
                "Jobs that may start, run or ran in a partition, by the one state that squeue shows. Jobs that wait in"
                    + " several partitions count in each; unstarted tasks of arrays count each.",
                by: ["state"], level: .critical)
        ) { $0.states },
        Figure(
            whole: declare.gauge(
                "slurm_partition_jobs_pending",
                "Jobs in state pending that may start in a partition, in whichever of their partitions they will.")
        ) { $0[JobState(.pending).effective] },
        Figure(
            whole: declare.gauge("slurm_partition_jobs_running", "Jobs in state running in a partition.")
        ) { $0[JobState(.running).effective] },
    ]

    private static let requests: [Figure<JobSum>] = [
        Figure(
            whole: declare.gauge(
                "slurm_partition_jobs_requested_cpus", "CPUs that jobs ask for which wait for a partition.")
        ) { $0.requested(\.cpus) },
        Figure(
            whole: declare.gauge(
                "slurm_partition_jobs_requested_memory_bytes", "Memory that jobs ask for which wait for a partition.",
                unit: "bytes")
        ) { $0.requested(\.memoryBytes) },
        Figure(
            whole: declare.gauge(
                "slurm_partition_jobs_requested_nodes", "Nodes that jobs ask for, at least, which wait for a partition."
            )
        ) { $0.requested(\.nodes) },
        Figure(
            declare.gauge(
                "slurm_partition_jobs_requested_gpus", "GPUs that jobs ask for which wait for a partition, by type.",
                by: ["gpu_type"])
        ) { $0.requested.gpus.shares($1) },
        Figure(
            declare.gauge(
                "slurm_partition_pending_max_nodes",
                "The most nodes that one job asks for which waits for a partition, of those that are held and those that"
                    + " aren't.",
                by: ["held"])
        ) { [("false", $0.mostNodes.free), ("true", $0.mostNodes.held)] },
    ]

    private static let allocations: [Figure<JobSum>] = [
        Figure(
            whole: declare.gauge(
                "slurm_partition_job_cpus_allocated",
                "CPUs that the running and suspended jobs of a partition have. A job has them in one partition only, so"
                    + " the partitions add up to slurm_cluster_job_cpus_allocated.")
        ) { $0.allocated(\.cpus) },
        Figure(
            whole: declare.gauge(
                "slurm_partition_job_memory_allocated_bytes",
                "Memory that the running and suspended jobs of a partition have; the partitions add up.", unit: "bytes")
        ) { $0.allocated(\.memoryBytes) },
        Figure(
            whole: declare.gauge(
                "slurm_partition_job_nodes_allocated",
                "Nodes that the running and suspended jobs of a partition have, each as often as jobs have it; the"
                    + " partitions add up.")
        ) { $0.allocated(\.nodes) },
        Figure(
            declare.gauge(
                "slurm_partition_job_gpus_allocated",
                "GPUs that the running and suspended jobs of a partition have, by type; the partitions add up. Absent"
                    + " where Slurm doesn't say how many a job has.",
                by: ["gpu_type"])
        ) { $0.allocatedGPUs.shares($1) },
    ]

    private var tables = FigureTables(counts + requests + allocations)
    private var sums = Groups<Symbol, JobSum>()
    private var context = FoldContext(expectedTime: Timestamp(0))

    var families: [MetricFamily] { tables.families }

    mutating func begin(_ context: FoldContext) {
        self.context = context
        sums.removeAll()
    }

    mutating func add(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        job.partitions.forEachDistinct { partition in
            sums.update(partition) { $0.add(job) }
        }
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        let rows = sums.byName(known: context.partitions, context.scope, symbols)
        return tables.tables(of: rows.map { ([$0.name], $0.1) }, symbols)
    }
}
