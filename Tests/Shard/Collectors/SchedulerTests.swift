import Metrics
import Slurm
import Testing

@testable import Collectors

struct SchedulerTests {
    private var record: SchedulerRecord {
        var record = SchedulerRecord()
        record.figures = [
            "schedule_cycle_last": 2500, "schedule_cycle_sum": 3_000_000, "schedule_cycle_total": 40,
            "jobs_submitted": 12, "req_time_start": 86_400, "bf_active": 1, "bf_exit.state_changed": 3,
            "bf_backfilled_jobs": 9, "server_thread_count": 0,
        ]
        record.callsByType = [
            .init(
                name: "REQUEST_PING", count: 7, microseconds: 1_500_000, queued: 0, dropped: 2, lastCycle: 5,
                longestCycle: 9),
            .init(name: "REQUEST_JOB_INFO", count: 1, microseconds: 250),
        ]
        record.callsByUser = [.init(name: "root", count: 8, microseconds: 1_500_250)]
        record.pendingCalls = [("REQUEST_TERMINATE_JOB", 3)]
        return record
    }

    @Test func microsecondsBecomeSecondsAndWhatIsNotThereStaysAway() {
        let text = Collector.text(.scheduler, Generation(scheduler: [record]), Symbols())
        let expected = [
            "slurm_scheduler_threads 0", "slurm_scheduler_last_reset_timestamp_seconds 86400",
            "slurm_scheduler_jobs_submitted_total 12", "slurm_scheduler_cycles_total 40",
            "slurm_scheduler_cycle_last_seconds 0.0025", "slurm_backfill_active 1", "slurm_backfill_jobs_total 9",
            #"slurm_backfill_exit_total{reason="state_changed"} 3"#, "slurm_scheduler_cycle_duration_seconds_sum 3",
            "slurm_scheduler_cycle_duration_seconds_count 40",
            #"slurm_rpc_calls_total{message_type="REQUEST_JOB_INFO"} 1"#,
            #"slurm_rpc_calls_total{message_type="REQUEST_PING"} 7"#,
            #"slurm_rpc_duration_seconds_total{message_type="REQUEST_JOB_INFO"} 0.00025"#,
            #"slurm_rpc_duration_seconds_total{message_type="REQUEST_PING"} 1.5"#,
            #"slurm_rpc_queued{message_type="REQUEST_PING"} 0"#,
            #"slurm_rpc_dropped_total{message_type="REQUEST_PING"} 2"#,
            #"slurm_rpc_cycle_last{message_type="REQUEST_PING"} 5"#,
            #"slurm_rpc_cycle_max{message_type="REQUEST_PING"} 9"#,
            #"slurm_rpc_user_calls_total{user="root"} 8"#,
            #"slurm_rpc_user_duration_seconds_total{user="root"} 1.50025"#,
            #"slurm_rpc_pending{message_type="REQUEST_TERMINATE_JOB"} 3"#,
        ]
        #expect(text.lines == expected)
    }

    @Test func countersThatSlurmResetsSayWhen() {
        var collector = Collector(.scheduler, CollectionSettings())
        let tables = collector.collect(Generation(scheduler: [record]), Symbols())
        let text = Exposition(tables, .openMetrics)
        #expect(text.contains("slurm_scheduler_jobs_submitted_created 86400"))
        #expect(text.contains("slurm_scheduler_cycle_duration_seconds_created 86400"))
        // Not reset at midnight: since when it counts isn't known.
        #expect(!text.lines.contains { $0.hasPrefix("slurm_backfill_jobs_created") })
        #expect(!text.lines.contains { $0.hasPrefix("slurm_rpc_calls_created") })
    }

    @Test func noAnswerNoFigures() {
        #expect(Collector.text(.scheduler, Generation(), Symbols()).lines == [])
    }
}
