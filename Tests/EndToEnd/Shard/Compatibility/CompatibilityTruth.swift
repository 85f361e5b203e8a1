/// The figures of the simulator's truth, and what other exporters call them.
enum CompatibilityTruth {
    static let vpenso =
        [
            TruthRow("nodes/allocated/cpus", "slurm_cpus_alloc"), TruthRow("nodes/configuredCPUs", "slurm_cpus_total"),
            TruthRow("nodes/allocated/gpus", "slurm_gpus_alloc"), TruthRow("nodes/total/gpus", "slurm_gpus_total"),
            TruthRow("nodes/allocated/cpus", "slurm_node_cpu_alloc"),
            TruthRow("nodes/configuredCPUs", "slurm_node_cpu_total"),
            TruthRow("nodes/allocated/memoryBytes", "slurm_node_mem_alloc", per: mebibyte),
            TruthRow("nodes/configuredMemoryBytes", "slurm_node_mem_total", per: mebibyte),
            TruthRow("jobs/known/pendingByReason/Dependency", "slurm_queue_pending_dependency"),
            TruthRow("partitions/{partition}/naturalNodes/allocated/cpus", "slurm_partition_cpus_allocated"),
            TruthRow("partitions/{partition}/naturalNodes/configuredCPUs", "slurm_partition_cpus_total"),
            TruthRow("partitions/{partition}/naturalJobs/known/byState/pending", "slurm_partition_jobs_pending"),
        ]
        + [
            "pending", "running", "suspended", "cancelled", "completing", "completed", "configuring", "failed",
            "timeout", "preempted", "node_fail",
        ].map { TruthRow("jobs/known/byState/\($0)", "slurm_queue_\($0)") }
        + [
            ("allocated", "alloc"), ("completing", "comp"), ("down", "down"), ("error", "err"), ("idle", "idle"),
            ("maint", "maint"), ("mixed", "mix"), ("reserved", "resv"), ("reboot", "reboot"),
        ].map { TruthRow("nodes/byState/\($0)", "slurm_nodes_\($1)") }
        + ["pending", "running", "suspended"].flatMap { state in
            [
                TruthRow("users/{user}/jobs/known/byState/\(state)", "slurm_user_jobs_\(state)"),
                TruthRow("accounts/{account}/jobs/known/byState/\(state)", "slurm_account_jobs_\(state)"),
            ]
        }
        + [
            ("serverThreads", "threads"), ("agentQueue", "queue_size"), ("databaseQueue", "dbd_queue_size"),
            ("cycleLast", "last_cycle"), ("cycleMean", "mean_cycle"), ("backfillCycleLast", "backfill_last_cycle"),
            ("backfillCycleMean", "backfill_mean_cycle"), ("backfilledJobs", "backfilled_jobs_since_start_total"),
        ].map { TruthRow("diag/\($0)", "slurm_scheduler_\($1)") }

    static let rivosinc =
        [
            TruthRow("nodes/configuredCPUs", "slurm_cpus_total"),
            TruthRow("nodes/configuredCPUs", "slurm_cpus_per_state"),
            TruthRow("nodes/cpuLoadTimes100", "slurm_cpu_load", per: 100),
            TruthRow("nodes/byState/{state}", "slurm_node_count_per_state"),
            TruthRow("nodes/configuredMemoryBytes", "slurm_mem_real"),
            TruthRow("nodes/freeMemoryBytes", "slurm_mem_free"),
            TruthRow("nodes/allocated/memoryBytes", "slurm_mem_alloc"),
            TruthRow("jobs/known/pendingByReason/{reason}", "slurm_pending_reason_total"),
            TruthRow("diag/serverThreads", "slurm_daemon_thread_count"),
            TruthRow("diag/databaseQueue", "slurm_dbd_agent_queue_size"),
            TruthRow("diag/backfilledJobs", "slurm_backfill_job_count"),
            TruthRow("diag/backfillCycles", "slurm_backfill_cycle_counter"),
            TruthRow("diag/callsByType/{type}", "slurm_rpc_msg_type_count"),
            TruthRow("diag/callMicrosecondsByType/{type}", "slurm_rpc_msg_type_total_time"),
            TruthRow("diag/callsByUser/{user}", "slurm_rpc_user_count"),
            TruthRow("diag/callMicrosecondsByUser/{user}", "slurm_rpc_user_total_time"),
        ]
        + [
            ("configuredCPUs", "total_cpus", 1.0), ("cpuLoadTimes100", "cpu_load", 100),
            ("configuredMemoryBytes", "real_mem", 1), ("freeMemoryBytes", "free_mem", 1),
            ("allocated/cpus", "alloc_cpus", 1), ("allocated/memoryBytes", "alloc_mem", 1),
            ("byState/{state}", "node_count", 1),
        ].map { TruthRow("partitions/{partition}/naturalNodes/\($0)", "slurm_partition_\($1)", per: $2) }
        + ["pending", "running", "suspended", "completed", "completing", "failed", "timeout"].flatMap { state in
            [
                TruthRow(
                    "partitions/{partition}/naturalJobs/known/byState/\(state)", "slurm_partition_job_state_total",
                    labels: ["state": state.uppercased()]),
                TruthRow(
                    "users/{username}/jobs/known/byState/\(state)", "slurm_user_state_total",
                    labels: ["state": state.uppercased()]),
                TruthRow(
                    "accounts/{account}/jobs/known/byState/\(state)", "slurm_account_job_state_total",
                    labels: ["state": state.uppercased()]),
            ]
        }

    /// Of base states and flags, which versions before v0.0.40 show in part.
    static let nativeSince40 =
        [
            ("boot_fail", "bootfail"), ("cancelled", "cancelled"), ("completed", "completed"),
            ("deadline", "deadline"), ("failed", "failed"), ("node_fail", "node_failed"),
            ("out_of_memory", "outofmemory"), ("pending", "pending"), ("preempted", "preempted"),
            ("running", "running"), ("suspended", "suspended"), ("timeout", "timeout"),
        ].flatMap { state, word in jobs("byBaseState/\(state.uppercased())", word) }
        + [
            ("COMPLETING", "completing"), ("CONFIGURING", "configuring"), ("REQUEUE_FED", "fed_requeued"),
            ("POWER_UP_NODE", "powerup_node"), ("REQUEUED", "requeued"), ("RESIZING", "resizing"),
            ("REVOKED", "revoked"), ("SIGNALING", "signaling"), ("STAGE_OUT", "stageout"),
        ].flatMap { jobs("byFlag/\($0)", $1) } + jobs("held", "hold")

    private static func jobs(_ figure: String, _ word: String) -> [TruthRow] {
        [
            TruthRow("jobs/known/\(figure)", "slurm_jobs_\(word)"),
            TruthRow("users/{username}/jobs/known/\(figure)", "slurm_user_jobs_\(word)"),
            TruthRow("accounts/{account}/jobs/known/\(figure)", "slurm_account_jobs_\(word)"),
            TruthRow("partitions/{partition}/naturalJobs/known/\(figure)", "slurm_partition_jobs_\(word)"),
        ]
    }

    static let native =
        [
            TruthRow("jobs/known/jobs", "slurm_jobs"), TruthRow("users/{username}/jobs/known/jobs", "slurm_user_jobs"),
            TruthRow("accounts/{account}/jobs/known/jobs", "slurm_account_jobs"),
            TruthRow("nodes/nodes", "slurm_nodes"), TruthRow("nodes/configuredCPUs", "slurm_node_cpus"),
            TruthRow("nodes/allocated/cpus", "slurm_node_cpus_alloc"),
            TruthRow("nodes/configuredMemoryBytes", "slurm_node_memory_bytes"),
            TruthRow("nodes/allocated/memoryBytes", "slurm_node_memory_alloc_bytes"),
            TruthRow("nodes/freeMemoryBytes", "slurm_node_memory_free_bytes"),
            TruthRow("nodes/total/gpus", "slurm_node_gpus"), TruthRow("nodes/allocated/gpus", "slurm_node_gpus_alloc"),
        ]
        + [
            ("COMPLETING", "completing"), ("MAINTENANCE", "maint"), ("NOT_RESPONDING", "noresp"),
            ("PLANNED", "planned"), ("RESERVED", "resv"), ("POWERING_UP", "powering_up"), ("FAIL", "fail"),
        ].map { TruthRow("nodes/byFlag/\($0)", "slurm_nodes_\($1)") }
        + [
            ("allocated/cpus", "nodes_cpus_alloc"), ("configuredMemoryBytes", "nodes_mem_tot"),
            ("allocated/memoryBytes", "nodes_mem_alloc"), ("freeMemoryBytes", "nodes_mem_free"),
            ("total/gpus", "gpus"), ("byFlag/COMPLETING", "nodes_cg"), ("byFlag/NOT_RESPONDING", "nodes_no_resp"),
            ("byFlag/POWERING_DOWN", "nodes_powering_down"), ("byFlag/RESERVED", "nodes_resv"),
        ].map { TruthRow("partitions/{partition}/naturalNodes/\($0)", "slurm_partition_\($1)") }
        + [
            ("serverThreads", "server_thread_cnt"), ("agentQueue", "agent_queue_size"),
            ("databaseQueue", "slurmdbd_queue_size"), ("submitted", "sdiag_jobs_submitted"),
            ("started", "sdiag_jobs_started"), ("completed", "sdiag_jobs_completed"),
            ("canceled", "sdiag_jobs_canceled"), ("failed", "sdiag_jobs_failed"), ("cycles", "schedule_cycle_cnt"),
            ("cycleLast", "schedule_cycle_last"), ("cycleMax", "schedule_cycle_max"),
            ("cycleMean", "sched_mean_cycle"), ("queue", "schedule_queue_len"), ("backfillCycles", "bf_cycle_cnt"),
            ("backfillCycleLast", "bf_cycle_last"), ("since", "last_proc_req_start"),
        ].map { TruthRow("diag/\($0)", "slurm_\($1)") }

    /// What running and suspended jobs have follows from base states, which the oldest versions don't always show.
    static let nativeAllocations =
        [("jobs", "jobs"), ("users/{username}/jobs", "user_jobs"), ("accounts/{account}/jobs", "account_jobs")].flatMap
    {
        jobs, prefix in
        [
            TruthRow("\(jobs)/allocated/cpus", "slurm_\(prefix)_cpus_alloc"),
            TruthRow("\(jobs)/allocated/gpus", "slurm_\(prefix)_gpus_alloc"),
            TruthRow("\(jobs)/allocated/memoryBytes", "slurm_\(prefix)_memory_alloc"),
        ]
    }

    private static let mebibyte = 1_048_576.0
}
