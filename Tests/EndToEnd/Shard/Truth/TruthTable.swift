/// The figures of the simulator's truth that the shard exports, and under which names.
///
/// Of a list of tasks that Slurm cuts those count that it still names: `known`.
enum TruthTable {
    static let common =
        clusterNodes + everyNode + partitionNodes + jobCounts + taskCounts + scheduler + calls + limits

    /// Figures that follow from base states: v0.0.38 and v0.0.39 show a flag such as `completing` in their place, which
    /// mostly, but not always says which it is.
    static let ofBaseStates =
        allocations(of: "jobs", "slurm_cluster_job_%_allocated")
        + allocations(of: "partitions/{partition}/homeJobs", "slurm_jobs_allocated_%")
        + resources(
            "suspended", of: "partitions/{partition}/homeJobs", "slurm_jobs_allocated_%", ["state": "suspended"])
        + allocations(of: "users/{user}/jobs", "slurm_user_%_allocated")
        + allocations(of: "accounts/{account}/jobs", "slurm_account_%_allocated")
        + allocations(of: "partitions/{partition}/naturalJobs", "slurm_partition_job_%_allocated")
        + allocations(of: "qos/{qos}/jobs", "slurm_qos_%_allocated")
        + requests + [
            TruthRow(
                "partitions/{partition}/naturalJobs/known/mostNodes/{held}", "slurm_partition_pending_max_nodes"),
            TruthRow("accounts/{account}/jobs/allocated/cpus", "slurm_account_usage"),
            TruthRow("partitions/{partition}/homeJobs/known/held", "slurm_jobs_held"),
        ]

    /// What versions before v0.0.40 show in part: of a job in several states one.
    static let since40 = [
        TruthRow("partitions/{partition}/homeJobs/known/byFlag/{flag}", "slurm_jobs_flags"),
        TruthRow("partitions/{partition}/homeJobs/known/byBaseState/{state}", "slurm_jobs_by_base_state"),
    ]

    /// The series of single jobs and of their nodes, summed up; of base states, too.
    static let everyJob =
        [
            TruthRow("jobs/records", "slurm_job_state"), TruthRow("jobs/records", "slurm_job_info"),
            TruthRow("jobs/known/jobs", "slurm_job_tasks"),
        ] + allocations(of: "jobs", "slurm_job_%_allocated")
        + [TruthRow("jobs/allocated/nodes", "slurm_node_job")]

    /// What waiting jobs ask for.
    private static let requests =
        requests(of: "jobs", "slurm_cluster_job_%_requested", nodes: true)
        + requests(of: "partitions/{partition}/homeJobs", "slurm_jobs_requested_%", nodes: true)
        + requests(of: "partitions/{partition}/naturalJobs", "slurm_partition_jobs_requested_%", nodes: true)
        + requests(of: "users/{user}/jobs", "slurm_user_%_requested")
        + requests(of: "accounts/{account}/jobs", "slurm_account_%_requested")
        + requests(of: "qos/{qos}/jobs", "slurm_qos_%_requested")

    static let everywhere = Set(38...46)
    static let since39 = Set(39...46)

    private static let clusterNodes =
        ["slurm_cluster_nodes_total", "slurm_nodes_total", "slurm_node_count_by_state"].map {
            TruthRow("nodes/byState/{state}", $0)
        } + [
            TruthRow("nodes/byFlag/{flag}", "slurm_cluster_nodes_flags"),
            TruthRow("nodes/byFlag/{flag}", "slurm_nodes_flags"),
            TruthRow("nodes/neverReported", "slurm_cluster_nodes_unreported"),
            TruthRow("nodes/configuredCPUs", "slurm_cluster_cpus_total"),
            TruthRow("nodes/configuredCPUs", "slurm_cluster_cpus"),
            TruthRow("nodes/cpusByState/{state}", "slurm_cluster_cpus_effective", in: since39),
            TruthRow("nodes/allocated/cpus", "slurm_cluster_cpus_allocated"),
            TruthRow("nodes/cpuLoadTimes100", "slurm_cluster_cpu_load", per: 100),
            TruthRow("nodes/configuredMemoryBytes", "slurm_cluster_memory_total_bytes"),
            TruthRow("nodes/configuredMemoryBytes", "slurm_cluster_memory_bytes"),
            TruthRow("nodes/total/memoryBytes", "slurm_cluster_memory_effective_bytes", in: since39),
            TruthRow("nodes/allocated/memoryBytes", "slurm_cluster_memory_allocated_bytes"),
            TruthRow("nodes/freeMemoryBytes", "slurm_cluster_memory_free_bytes"),
            TruthRow("nodes/total/gpusByType/{gpu_type}", "slurm_cluster_gpus_total"),
            TruthRow("nodes/gpusByState/{state}", "slurm_cluster_gpus"),
            TruthRow("nodes/allocated/gpusByType/{gpu_type}", "slurm_cluster_gpus_allocated"),
            TruthRow("nodes/watts", "slurm_cluster_power_usage_watts", in: since39),
        ]

    /// The series of single nodes, summed up.
    private static let everyNode = [
        TruthRow("nodes/configuredCPUs", "slurm_node_cpus_total"),
        TruthRow("nodes/configuredCPUs", "slurm_node_cpu_cores_total"),
        TruthRow("nodes/total/cpus", "slurm_node_cpus_effective", in: since39),
        TruthRow("nodes/total/memoryBytes", "slurm_node_memory_effective_bytes", in: since39),
        TruthRow("nodes/allocated/cpus", "slurm_node_cpus_allocated"),
        TruthRow("nodes/configuredMemoryBytes", "slurm_node_memory_total_bytes"),
        TruthRow("nodes/allocated/memoryBytes", "slurm_node_memory_allocated_bytes"),
        TruthRow("nodes/freeMemoryBytes", "slurm_node_memory_free_bytes"),
        TruthRow("nodes/cpuLoadTimes100", "slurm_node_load", per: 100),
        TruthRow("nodes/watts", "slurm_node_power_usage_watts", in: since39),
        TruthRow("nodes/total/gpusByType/{gpu_type}", "slurm_node_gpus_total"),
        TruthRow("nodes/allocated/gpusByType/{gpu_type}", "slurm_node_gpus_allocated"),
        TruthRow("partitions/{partition}/naturalNodes/nodes", "slurm_node_partition"),
    ]

    private static let partitionNodes = [
        ("nodes", "nodes_total", 1.0, everywhere), ("byState/{state}", "nodes", 1, everywhere),
        ("byFlag/{flag}", "nodes_flags", 1, everywhere),
        ("configuredCPUs", "cpus_total", 1, everywhere), ("configuredCPUs", "cpus", 1, everywhere),
        ("configuredMemoryBytes", "memory_bytes", 1, everywhere), ("gpusByState/{state}", "gpus", 1, everywhere),
        ("total/cpus", "cpus_effective", 1, since39),
        ("allocated/cpus", "cpus_allocated", 1, everywhere), ("cpuLoadTimes100", "cpu_load", 100, everywhere),
        ("configuredMemoryBytes", "memory_total_bytes", 1, everywhere),
        ("total/memoryBytes", "memory_effective_bytes", 1, since39),
        ("allocated/memoryBytes", "memory_allocated_bytes", 1, everywhere),
        ("freeMemoryBytes", "memory_free_bytes", 1, everywhere),
        ("total/gpusByType/{gpu_type}", "gpus_total", 1, everywhere),
        ("allocated/gpusByType/{gpu_type}", "gpus_allocated", 1, everywhere),
    ].map { figure, metric, divisor, versions in
        TruthRow(
            "partitions/{partition}/naturalNodes/\(figure)", "slurm_partition_\(metric)", per: divisor, in: versions)
    }

    private static let jobCounts = [
        TruthRow("partitions/{partition}/homeJobs/records", "slurm_jobs_records"),
        TruthRow("partitions/{partition}/homeJobs/cutRecords", "slurm_jobs_array_records_cut"),
    ]

    private static let taskCounts = [
        TruthRow("jobs/known/byState/{state}", "slurm_cluster_jobs_total"),
        TruthRow("partitions/{partition}/homeJobs/known/byState/{state}", "slurm_jobs_total"),
        TruthRow("partitions/{partition}/homeJobs/known/byState/pending", "slurm_jobs_pending"),
        TruthRow("partitions/{partition}/homeJobs/known/byState/pending", "slurm_job_queue_length"),
        TruthRow("partitions/{partition}/homeJobs/known/byState/running", "slurm_jobs_running"),
        TruthRow("partitions/{partition}/homeJobs/known/pendingByReason/{reason}", "slurm_jobs_pending_reason"),
        TruthRow("partitions/{partition}/homeJobs/known/federated/{origin}", "slurm_jobs_federated"),
        TruthRow("partitions/{partition}/naturalJobs/known/byState/{state}", "slurm_partition_jobs_total"),
        TruthRow("partitions/{partition}/naturalJobs/known/byState/pending", "slurm_partition_jobs_pending"),
        TruthRow("partitions/{partition}/naturalJobs/known/byState/running", "slurm_partition_jobs_running"),
        TruthRow("users/{user}/jobs/known/byState/{state}", "slurm_user_jobs_total"),
        TruthRow("users/{user}/jobs/known/jobs", "slurm_user_statistics"),
        TruthRow("accounts/{account}/jobs/known/byState/{state}", "slurm_account_jobs_total"),
    ]

    private static func allocations(of jobs: String, _ metric: String) -> [TruthRow] {
        resources("allocated", of: jobs, metric)
    }

    private static func requests(of jobs: String, _ metric: String, nodes: Bool = false) -> [TruthRow] {
        resources("known/requested", of: jobs, metric).filter { nodes || !$0.path.hasSuffix("/nodes") }
    }

    private static func resources(
        _ kind: String, of jobs: String, _ metric: String, _ labels: Scrape.Labels = [:]
    ) -> [TruthRow] {
        [
            ("cpus", "cpus"), ("memoryBytes", "memory"), ("nodes", "nodes"), ("gpusByType/{gpu_type}", "gpus"),
        ].map { figure, word in
            let name = metric.split(separator: "%", omittingEmptySubsequences: false).joined(separator: word)
            return TruthRow("\(jobs)/\(kind)/\(figure)", word == "memory" ? name + "_bytes" : name, labels: labels)
        }
    }

    private static let scheduler =
        [
            ("since", "scheduler_last_reset_timestamp_seconds", 1.0),
            ("submitted", "scheduler_jobs_submitted_total", 1),
            ("started", "scheduler_jobs_started_total", 1), ("completed", "scheduler_jobs_completed_total", 1),
            ("canceled", "scheduler_jobs_canceled_total", 1), ("failed", "scheduler_jobs_failed_total", 1),
            ("pending", "scheduler_jobs_pending", 1), ("running", "scheduler_jobs_running", 1),
            ("cycles", "scheduler_cycles_total", 1), ("cycleLast", "scheduler_cycle_last_seconds", 1e6),
            ("cycleMax", "scheduler_cycle_max_seconds", 1e6), ("cycleMean", "scheduler_cycle_mean_seconds", 1e6),
            ("queue", "scheduler_queue_length", 1), ("backfilledJobs", "backfill_jobs_total", 1),
            ("backfillCycles", "backfill_cycles_total", 1), ("backfillCycleLast", "backfill_cycle_last_seconds", 1e6),
            ("backfillCycleMean", "backfill_cycle_mean_seconds", 1e6),
            ("serverThreads", "scheduler_threads", 1),
            ("agentQueue", "scheduler_agent_queue_size", 1), ("databaseQueue", "scheduler_dbd_queue_size", 1),
        ].map { TruthRow("diag/\($0)", "slurm_\($1)", per: $2) } + [
            TruthRow(
                "diag/backfillCycleMax", "slurm_backfill_cycle_max_seconds", per: 1e6,
                in: everywhere.subtracting([39, 40]))
        ]

    private static let calls = [
        TruthRow("diag/callsByType/{message_type}", "slurm_rpc_calls_total"),
        TruthRow("diag/callMicrosecondsByType/{message_type}", "slurm_rpc_duration_seconds_total", per: 1e6),
        TruthRow("diag/callsByUser/{user}", "slurm_rpc_user_calls_total"),
        TruthRow("diag/callMicrosecondsByUser/{user}", "slurm_rpc_user_duration_seconds_total", per: 1e6),
    ]
}
