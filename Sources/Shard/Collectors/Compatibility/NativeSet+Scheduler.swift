import Metrics
import Slurm

/// `/metrics/scheduler`: slurmctld's own figures, times in microseconds as there.
extension NativeSet {
    private static let declare = PeerGroup<SchedulerRecord>(merge: .replica, feed: .diag)

    static let scheduler = lines.map { figure($0) } + [lastRequest]

    private static func figure(_ line: Line) -> PeerFigure<SchedulerRecord> {
        let key = line.key
        return declare.number(
            MetricName(stringLiteral: "slurm_\(line.name)"), line.meaning,
            as: line.counterpart.isEmpty ? "" : "slurm_\(line.counterpart)"
        ) { $0.figures[key] }
    }

    private typealias Line = (name: String, key: String, meaning: String, counterpart: String)

    private static let lines: [Line] = controller + jobCounts + cycles + backfill + queue + exits

    private static let controller: [Line] = [
        ("agent_cnt", "agent_count", "Agents that talk to nodes.", "scheduler_agent_count"),
        ("agent_queue_size", "agent_queue_size", "Requests to nodes that wait.", "scheduler_agent_queue_size"),
        ("agent_thread_cnt", "agent_thread_count", "Threads of agents.", "scheduler_agent_threads"),
        ("server_thread_cnt", "server_thread_count", "Threads that serve requests.", "scheduler_threads"),
        ("slurmdbd_queue_size", "dbd_agent_queue_size", "Messages that wait for slurmdbd.", "scheduler_dbd_queue_size"),
        (
            "sdiag_latency", "gettimeofday_latency", "How long 1000 calls for the time take, in microseconds.",
            "scheduler_clock_latency_seconds * 1e6"
        ),
        ("sched_stats_timestamp", "req_time", "When Slurm gave these figures.", ""),
    ]

    private static let jobCounts: [Line] = [
        ("sdiag_jobs_canceled", "jobs_canceled", "Jobs cancelled since midnight UTC.", "scheduler_jobs_canceled_total"),
        (
            "sdiag_jobs_completed", "jobs_completed", "Jobs completed since midnight UTC.",
            "scheduler_jobs_completed_total"
        ),
        ("sdiag_jobs_failed", "jobs_failed", "Jobs failed since midnight UTC.", "scheduler_jobs_failed_total"),
        ("sdiag_jobs_started", "jobs_started", "Jobs started since midnight UTC.", "scheduler_jobs_started_total"),
        (
            "sdiag_jobs_submitted", "jobs_submitted", "Jobs submitted since midnight UTC.",
            "scheduler_jobs_submitted_total"
        ),
        ("sdiag_jobs_pending", "jobs_pending", "Jobs pending at slurm_sdiag_job_states_ts.", "scheduler_jobs_pending"),
        ("sdiag_jobs_running", "jobs_running", "Jobs running at slurm_sdiag_job_states_ts.", "scheduler_jobs_running"),
        (
            "sdiag_job_states_ts", "job_states_ts", "When jobs were last counted.",
            "scheduler_job_states_timestamp_seconds"
        ),
    ]

    private static let cycles: [Line] = [
        ("schedule_cycle_cnt", "schedule_cycle_total", "Scheduling cycles.", "scheduler_cycles_total"),
        ("schedule_cycle_depth", "schedule_cycle_depth", "Jobs in all cycles.", "scheduler_cycle_depth_total"),
        (
            "schedule_cycle_last", "schedule_cycle_last", "Length of the last cycle, in microseconds.",
            "scheduler_cycle_last_seconds * 1e6"
        ),
        (
            "schedule_cycle_max", "schedule_cycle_max", "Longest cycle, in microseconds.",
            "scheduler_cycle_max_seconds * 1e6"
        ),
        (
            "schedule_cycle_tot", "schedule_cycle_sum",
            "All cycles together, in microseconds; absent before API version 0.0.41.",
            "scheduler_cycle_duration_seconds_sum * 1e6"
        ),
        ("schedule_queue_len", "schedule_queue_length", "Jobs in the scheduler's queue.", "scheduler_queue_length"),
        (
            "sched_mean_cycle", "schedule_cycle_mean", "Mean length of cycles, in microseconds.",
            "scheduler_cycle_mean_seconds * 1e6"
        ),
        (
            "sched_mean_depth_cycle", "schedule_cycle_mean_depth", "Mean number of jobs in a cycle.",
            "scheduler_cycle_depth_mean"
        ),
    ]

    private static let backfill: [Line] = [
        ("bf_active", "bf_active", "Whether the backfill scheduler is at work.", "backfill_active"),
        ("bf_cycle_cnt", "bf_cycle_counter", "Backfill cycles.", "backfill_cycles_total"),
        (
            "bf_cycle_last", "bf_cycle_last", "Length of the last backfill cycle, in microseconds.",
            "backfill_cycle_last_seconds * 1e6"
        ),
        (
            "bf_cycle_max", "bf_cycle_max", "Longest backfill cycle, in microseconds.",
            "backfill_cycle_max_seconds * 1e6"
        ),
        (
            "bf_cycle_tot", "bf_cycle_sum",
            "All backfill cycles together, in microseconds; absent before API version 0.0.39.",
            "backfill_cycle_duration_seconds_sum * 1e6"
        ),
        (
            "bf_mean_cycle", "bf_cycle_mean", "Mean length of backfill cycles, in microseconds.",
            "backfill_cycle_mean_seconds * 1e6"
        ),
        (
            "bf_when_last_cycle", "bf_when_last_cycle", "When the last backfill cycle began.",
            "backfill_last_cycle_timestamp_seconds"
        ),
        ("backfilled_jobs", "bf_backfilled_jobs", "Jobs backfilled since slurmctld started.", "backfill_jobs_total"),
        (
            "backfilled_het_jobs", "bf_backfilled_het_jobs",
            "Components of heterogeneous jobs backfilled since slurmctld started.", "backfill_het_jobs_total"
        ),
        (
            "last_backfilled_jobs", "bf_last_backfilled_jobs", "Jobs backfilled since midnight UTC.",
            "backfill_jobs_today_total"
        ),
    ]

    private static let queue: [Line] = [
        ("bf_depth_mean", "bf_depth_mean", "Mean number of jobs in a backfill cycle.", "backfill_depth_mean"),
        ("bf_depth_tot", "bf_depth_sum", "Jobs in all backfill cycles.", "backfill_depth_total"),
        ("bf_depth_try_tot", "bf_depth_try_sum", "Jobs that all backfill cycles tried.", "backfill_depth_try_total"),
        (
            "bf_try_depth_mean", "bf_depth_mean_try", "Mean number of jobs that a backfill cycle tries.",
            "backfill_depth_try_mean"
        ),
        ("bf_last_depth", "bf_last_depth", "Jobs in the last backfill cycle.", "backfill_last_depth"),
        ("bf_last_depth_try", "bf_last_depth_try", "Jobs that the last one tried.", "backfill_last_depth_try"),
        ("bf_queue_len", "bf_queue_len", "Jobs that wait for the backfill scheduler.", "backfill_queue_length"),
        ("bf_queue_len_mean", "bf_queue_len_mean", "Mean of slurm_bf_queue_len.", "backfill_queue_length_mean"),
        ("bf_queue_len_tot", "bf_queue_len_sum", "slurm_bf_queue_len of all cycles together.", ""),
        ("bf_table_size", "bf_table_size", "Time slots of the last backfill cycle.", "backfill_table_size"),
        ("bf_table_size_tot", "bf_table_size_sum", "Time slots of all backfill cycles.", ""),
        ("bf_mean_table_sz", "bf_table_size_mean", "Mean of slurm_bf_table_size.", "backfill_table_size_mean"),
    ]

    private static let exits =
        schedulingExits.map { exit("sched", "Scheduling", "scheduler", "schedule_exit", $0) }
        + backfillExits.map { exit("bf", "Backfill", "backfill", "bf_exit", $0) }

    private typealias Exit = (word: String, reason: String)

    private static let schedulingExits: [Exit] = [
        ("end", "end_job_queue"), ("max_depth", "default_queue_depth"), ("max_job_start", "max_job_start"),
        ("lic", "licenses"), ("rpc_cnt", "max_rpc_cnt"), ("timeout", "max_sched_time"),
    ]

    private static let backfillExits: [Exit] = [
        ("end", "end_job_queue"), ("max_job_start", "bf_max_job_start"), ("max_job_test", "bf_max_job_test"),
        ("state_changed", "state_changed"), ("table_limit", "bf_node_space_size"), ("timeout", "bf_max_time"),
    ]

    private static func exit(
        _ prefix: String, _ title: String, _ ours: String, _ section: String, _ exit: Exit
    ) -> Line {
        (
            "\(prefix)_exit_\(exit.word)", "\(section).\(exit.reason)", "\(title) cycles that ended by \(exit.reason).",
            "\(ours)_exit_total{reason=\"\(exit.reason)\"}"
        )
    }

    private static let lastRequest = declare.number(
        "slurm_last_proc_req_start", "When the figures that slurmctld sets to 0 each midnight UTC began.",
        as: "slurm_scheduler_last_reset_timestamp_seconds"
    ) { $0.figures["req_time_start"] }
}
