import Metrics
import Slurm

/// All jobs of the cluster, each once.
struct ClusterJobs: Fold {
    private static let declare = FamilyGroup(merge: .sum, feed: .jobs)

    private var tables = FigureTables<JobSum>([
        Figure(
            declare.gauge(
                "slurm_cluster_jobs_total",
                "Jobs that Slurm lists, by the one state that squeue shows; the states add up to all. Unstarted tasks of"
                    + " arrays count each. Ended jobs are listed for MinJobAge, 5 minutes unless configured.",
                by: ["state"], level: .critical)
        ) { $0.states },
        Figure(
            whole: declare.gauge("slurm_cluster_job_cpus_allocated", "CPUs that running and suspended jobs have.")
        ) { $0.allocated(\.cpus) },
        Figure(
            whole: declare.gauge(
                "slurm_cluster_job_memory_allocated_bytes", "Memory that running and suspended jobs have.",
                unit: "bytes")
        ) { $0.allocated(\.memoryBytes) },
        Figure(
            whole: declare.gauge(
                "slurm_cluster_job_nodes_allocated",
                "Nodes that running and suspended jobs have, each as often as jobs have it.")
        ) { $0.allocated(\.nodes) },
        Figure(
            declare.gauge(
                "slurm_cluster_job_gpus_allocated",
                "GPUs that running and suspended jobs have, by type. Absent where Slurm doesn't say how many a job has.",
                by: ["gpu_type"])
        ) { $0.allocatedGPUs.shares($1) },
        Figure(
            whole: declare.gauge("slurm_cluster_job_cpus_requested", "CPUs that waiting jobs ask for.")
        ) { $0.requested(\.cpus) },
        Figure(
            whole: declare.gauge(
                "slurm_cluster_job_memory_requested_bytes", "Memory that waiting jobs ask for.", unit: "bytes")
        ) { $0.requested(\.memoryBytes) },
        Figure(
            whole: declare.gauge(
                "slurm_cluster_job_nodes_requested", "Nodes that waiting jobs ask for, at least.")
        ) { $0.requested(\.nodes) },
        Figure(
            declare.gauge(
                "slurm_cluster_job_gpus_requested", "GPUs that waiting jobs ask for, by type.", by: ["gpu_type"])
        ) { $0.requested.gpus.shares($1) },
    ])
    private var sum = JobSum()

    var families: [MetricFamily] { tables.families }

    mutating func begin(_ context: FoldContext) {
        sum = JobSum()
    }

    mutating func add(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        sum.add(job)
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        tables.tables(of: [([], sum)], symbols)
    }
}
