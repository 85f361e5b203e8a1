import Metrics
import Slurm

/// slurmdbd's own figures.
enum DatabaseFigures {
    private static let declare = FamilyGroup(merge: .replica, feed: .dbd)
    private static let status = FamilyGroup(level: .critical, merge: .replica, feed: .dbd)

    static let up = status.gauge(
        "slurm_dbd_up",
        "Whether slurmdbd answers: 1, or 0 where slurmrestd says that it doesn't; absent where there is no slurmdbd, and"
            + " while slurmrestd itself doesn't answer.")
    static let databaseUp = status.gauge(
        "slurm_database_up", "The same number as slurm_dbd_up, under another name.")

    static let reset = declare.gauge(
        "slurm_dbd_last_reset_timestamp_seconds", "Since when slurmdbd counts: its start, or sacctmgr clear stats.",
        unit: "seconds")

    static let calls = Calls("slurm_dbd_rpc", "message_type", "type")
    static let userCalls = Calls("slurm_dbd_rpc_user", "user", "user")

    /// Calls that slurmdbd has served, by one thing.
    struct Calls: Sendable {
        let count: MetricFamily
        let seconds: MetricFamily

        fileprivate init(_ prefix: String, _ label: LabelName, _ word: String) {
            let declare = FamilyGroup(labels: [label], merge: .replica, feed: .dbd)
            count = declare.counter(
                MetricName(stringLiteral: "\(prefix)_calls_total"),
                "Calls that slurmdbd served since slurm_dbd_last_reset_timestamp_seconds, by \(word).")
            seconds = declare.counter(
                MetricName(stringLiteral: "\(prefix)_duration_seconds_total"),
                "Time that slurmdbd spent on calls since then, by \(word).", unit: "seconds")
        }

        var families: [MetricFamily] { [count, seconds] }

        func tables(_ calls: [SchedulerRecord.Calls], since: Timestamp?) -> [SeriesTable] {
            [
                SeriesTable.counters(count, calls, since: since) { Double($0.count) },
                SeriesTable.counters(seconds, calls, since: since) { Double($0.microseconds) / 1e6 },
            ]
        }
    }

    private static let rollup = FamilyGroup(labels: ["period"], merge: .replica, feed: .dbd)

    /// By period: hourly, daily, monthly.
    static let rollups: [Figure<DatabaseRecord.Rollup>] = [
        Figure(
            rollup.gauge(
                "slurm_dbd_rollup_last_seconds",
                "How long slurmdbd took last to sum up a period; up to API version 0.0.40 periods that never ran are"
                    + " absent.",
                unit: "seconds")
        ) { $0.lastMicroseconds.map { Double($0) / 1e6 } },
        Figure(
            rollup.gauge(
                "slurm_dbd_rollup_max_seconds", "The longest that slurmdbd took to sum up a period.", unit: "seconds")
        ) { $0.maximumMicroseconds.map { Double($0) / 1e6 } },
        Figure(
            rollup.gauge(
                "slurm_dbd_rollup_mean_seconds",
                "How long slurmdbd takes to sum up a period, on average; absent before the first time.",
                unit: "seconds")
        ) { rollup in
            guard let count = rollup.count, count > 0 else { return nil }
            return rollup.totalMicroseconds.map { Double($0) / Double(count) / 1e6 }
        },
        Figure(
            moment: rollup.gauge(
                "slurm_dbd_rollup_last_run_timestamp_seconds", "When slurmdbd last summed up a period.",
                unit: "seconds")
        ) { $0.lastRun },
    ]

    static let rollupCount = rollup.counter(
        "slurm_dbd_rollups_total", "How often slurmdbd summed up a period since slurm_dbd_last_reset_timestamp_seconds."
    )
}

extension SeriesTable {
    /// - Parameter since: when counting began, where that is known.
    fileprivate static func counters(
        _ family: MetricFamily, _ calls: [SchedulerRecord.Calls], since: Timestamp?,
        _ number: (SchedulerRecord.Calls) -> Double
    ) -> SeriesTable {
        var table = SeriesTable(family)
        for call in calls {
            let row = table.row(call.name)
            table.add(number(call), at: row)
            if let since { table.setCreated(Double(since.seconds), at: row) }
        }
        table.settle()
        return table
    }
}
