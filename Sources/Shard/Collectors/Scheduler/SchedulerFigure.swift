import Metrics

/// A family and the key of slurmctld's statistics that it shows.
struct SchedulerFigure: Sendable {
    let family: MetricFamily
    let labels: [String]
    let key: String
    /// How many of the key's units make one of the family's.
    let divisor: Double
    /// Whether Slurm sets it to 0 at midnight UTC, besides `sdiag --reset` and slurmctld's start.
    let resetsDaily: Bool

    private init(
        _ family: MetricFamily, _ key: String, labels: [String] = [], per divisor: Double = 1, resetsDaily: Bool = false
    ) {
        self.family = family
        self.key = key
        self.labels = labels
        self.divisor = divisor
        self.resetsDaily = resetsDaily
    }

    private static let declare = FamilyGroup(merge: .replica, feed: .diag)
    private static let microseconds = 1e6

    private static func gauge(_ name: MetricName, _ key: String, _ help: String) -> SchedulerFigure {
        SchedulerFigure(declare.gauge(name, help), key)
    }

    private static func duration(_ name: MetricName, _ key: String, _ help: String) -> SchedulerFigure {
        SchedulerFigure(declare.gauge(name, help, unit: "seconds"), key, per: microseconds)
    }

    private static func moment(_ name: MetricName, _ key: String, _ help: String) -> SchedulerFigure {
        SchedulerFigure(declare.gauge(name, help, unit: "seconds"), key)
    }

    /// Slurm's own counter, which Slurm resets each midnight UTC.
    private static func daily(_ name: MetricName, _ key: String, _ help: String) -> SchedulerFigure {
        SchedulerFigure(declare.counter(name, help + reset), key, resetsDaily: true)
    }

    private static let reset = " Slurm starts again from 0 at midnight UTC."

    private static func exits(
        _ name: MetricName, _ help: String, _ reasons: [(label: String, key: String)]
    ) -> [SchedulerFigure] {
        let family = declare.counter(name, help + reset, by: ["reason"])
        return reasons.map { SchedulerFigure(family, $0.key, labels: [$0.label], resetsDaily: true) }
    }

    static let all = controller + jobs + cycles + backfill + backfillQueue + exits

    private static let controller = [
        gauge("slurm_scheduler_threads", "server_thread_count", "Threads of slurmctld that serve requests."),
        gauge("slurm_scheduler_agent_count", "agent_count", "Agents of slurmctld that talk to nodes."),
        gauge("slurm_scheduler_agent_threads", "agent_thread_count", "Threads of slurmctld's agents."),
        gauge("slurm_scheduler_agent_queue_size", "agent_queue_size", "Requests to nodes that wait for an agent."),
        gauge(
            "slurm_scheduler_dbd_queue_size", "dbd_agent_queue_size",
            "Messages that wait to be sent to slurmdbd; at its limit Slurm drops some."),
        duration(
            "slurm_scheduler_clock_latency_seconds", "gettimeofday_latency",
            "How long 1000 calls for the time take on slurmctld's host."),
        moment(
            "slurm_scheduler_last_reset_timestamp_seconds", "req_time_start",
            "Since when slurmctld counts what it starts again each midnight UTC."),
    ]

    private static let jobs = [
        daily("slurm_scheduler_jobs_submitted_total", "jobs_submitted", "Jobs submitted."),
        daily("slurm_scheduler_jobs_started_total", "jobs_started", "Jobs started."),
        daily("slurm_scheduler_jobs_completed_total", "jobs_completed", "Jobs completed."),
        daily("slurm_scheduler_jobs_canceled_total", "jobs_canceled", "Jobs cancelled."),
        daily("slurm_scheduler_jobs_failed_total", "jobs_failed", "Jobs failed, of slurmctld's or the nodes' making."),
        gauge(
            "slurm_scheduler_jobs_pending", "jobs_pending",
            "Jobs pending as slurmctld counted them at slurm_scheduler_job_states_timestamp_seconds."),
        gauge(
            "slurm_scheduler_jobs_running", "jobs_running",
            "Jobs running as slurmctld counted them at slurm_scheduler_job_states_timestamp_seconds."),
        moment(
            "slurm_scheduler_job_states_timestamp_seconds", "job_states_ts",
            "When slurmctld last counted pending and running jobs."),
    ]

    private static let cycles = [
        gauge("slurm_scheduler_queue_length", "schedule_queue_length", "Jobs in the main scheduler's queue."),
        daily("slurm_scheduler_cycles_total", "schedule_cycle_total", "Cycles of the main scheduler."),
        duration("slurm_scheduler_cycle_last_seconds", "schedule_cycle_last", "Length of the last scheduling cycle."),
        duration(
            "slurm_scheduler_cycle_max_seconds", "schedule_cycle_max",
            "Longest scheduling cycle since slurmctld's counting began."),
        duration(
            "slurm_scheduler_cycle_mean_seconds", "schedule_cycle_mean",
            "Mean length of scheduling cycles since slurmctld's counting began."),
        daily(
            "slurm_scheduler_cycle_depth_total", "schedule_cycle_depth", "Jobs processed in all scheduling cycles."),
        gauge(
            "slurm_scheduler_cycle_depth_mean", "schedule_cycle_mean_depth", "Mean number of jobs processed in a cycle."
        ),
        gauge("slurm_scheduler_cycles_per_minute", "schedule_cycle_per_minute", "Scheduling cycles a minute."),
    ]

    private static let backfill = [
        gauge("slurm_backfill_active", "bf_active", "Whether the backfill scheduler is at work: 1 or 0."),
        SchedulerFigure(
            declare.counter(
                "slurm_backfill_jobs_total", "Jobs started by the backfill scheduler since slurmctld started."),
            "bf_backfilled_jobs"),
        SchedulerFigure(
            declare.counter(
                "slurm_backfill_het_jobs_total",
                "Components of heterogeneous jobs started by the backfill scheduler since slurmctld started."),
            "bf_backfilled_het_jobs"),
        daily(
            "slurm_backfill_jobs_today_total", "bf_last_backfilled_jobs", "Jobs started by the backfill scheduler."),
        daily("slurm_backfill_cycles_total", "bf_cycle_counter", "Cycles of the backfill scheduler."),
        duration("slurm_backfill_cycle_last_seconds", "bf_cycle_last", "Length of the last backfill cycle."),
        duration(
            "slurm_backfill_cycle_max_seconds", "bf_cycle_max",
            "Longest backfill cycle since slurmctld's counting began."),
        duration(
            "slurm_backfill_cycle_mean_seconds", "bf_cycle_mean",
            "Mean length of backfill cycles since slurmctld's counting began."),
        moment(
            "slurm_backfill_last_cycle_timestamp_seconds", "bf_when_last_cycle", "When the last backfill cycle began."),
    ]

    private static let backfillQueue = [
        gauge("slurm_backfill_last_depth", "bf_last_depth", "Jobs that the last backfill cycle looked at."),
        gauge(
            "slurm_backfill_last_depth_try", "bf_last_depth_try", "Jobs that the last backfill cycle tried to start."),
        gauge("slurm_backfill_depth_mean", "bf_depth_mean", "Mean number of jobs that a backfill cycle looks at."),
        gauge(
            "slurm_backfill_depth_try_mean", "bf_depth_mean_try",
            "Mean number of jobs that a backfill cycle tries to start."),
        daily("slurm_backfill_depth_total", "bf_depth_sum", "Jobs that all backfill cycles looked at."),
        daily("slurm_backfill_depth_try_total", "bf_depth_try_sum", "Jobs that all backfill cycles tried to start."),
        gauge("slurm_backfill_queue_length", "bf_queue_len", "Jobs that wait for the backfill scheduler."),
        gauge("slurm_backfill_queue_length_mean", "bf_queue_len_mean", "Mean of slurm_backfill_queue_length."),
        gauge("slurm_backfill_table_size", "bf_table_size", "Time slots that the last backfill cycle planned with."),
        gauge("slurm_backfill_table_size_mean", "bf_table_size_mean", "Mean of slurm_backfill_table_size."),
    ]

    private static let exits =
        exits(
            "slurm_scheduler_exit_total", "Scheduling cycles by why they ended.",
            [
                ("end_job_queue", "schedule_exit.end_job_queue"),
                ("default_queue_depth", "schedule_exit.default_queue_depth"),
                ("max_job_start", "schedule_exit.max_job_start"), ("max_rpc_cnt", "schedule_exit.max_rpc_cnt"),
                ("max_sched_time", "schedule_exit.max_sched_time"), ("licenses", "schedule_exit.licenses"),
            ])
        + exits(
            "slurm_backfill_exit_total", "Backfill cycles by why they ended.",
            [
                ("end_job_queue", "bf_exit.end_job_queue"), ("bf_max_job_start", "bf_exit.bf_max_job_start"),
                ("bf_max_job_test", "bf_exit.bf_max_job_test"), ("bf_max_time", "bf_exit.bf_max_time"),
                ("bf_node_space_size", "bf_exit.bf_node_space_size"), ("state_changed", "bf_exit.state_changed"),
            ])

    /// Durations of which Slurm says the sum and the number.
    static let durations: [(family: MetricFamily, sum: String, count: String)] = [
        (
            declare.summary(
                "slurm_scheduler_cycle_duration_seconds",
                "Scheduling cycles: seconds in all, and how many; from API version 0.0.41 on." + reset, unit: "seconds"),
            "schedule_cycle_sum", "schedule_cycle_total"
        ),
        (
            declare.summary(
                "slurm_backfill_cycle_duration_seconds",
                "Backfill cycles: seconds in all, and how many; from API version 0.0.39 on." + reset, unit: "seconds"),
            "bf_cycle_sum", "bf_cycle_counter"
        ),
    ]
}
