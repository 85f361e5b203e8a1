import Metrics
import Slurm

/// Remote procedure calls that slurmctld has served.
///
/// Slurm counts them from its start or from `sdiag --reset` on, not from midnight, and doesn't say since when that is.
enum SchedulerCalls {
    private static let declare = FamilyGroup(labels: ["message_type"], merge: .replica, feed: .diag)

    private static let calls = declare.counter(
        "slurm_rpc_calls_total", "Calls that slurmctld served since it started, by type.")
    private static let seconds = declare.counter(
        "slurm_rpc_duration_seconds_total", "Time that slurmctld spent on calls since it started, by type.",
        unit: "seconds")
    private static let queued = declare.gauge(
        "slurm_rpc_queued", "Calls that wait in slurmctld's queue of a type; from API version 0.0.41 on.")
    private static let dropped = declare.counter(
        "slurm_rpc_dropped_total",
        "Calls that slurmctld turned away since it started, by type; from API version 0.0.41 on.")
    private static let pending = declare.gauge(
        "slurm_rpc_pending", "Calls of slurmctld to nodes that wait to be made, by type; from API version 0.0.41 on.")

    static let families = [calls, seconds, queued, dropped, pending]

    static func tables(_ record: SchedulerRecord) -> [SeriesTable] {
        [
            table(calls, record) { Double($0.count) },
            table(seconds, record) { Double($0.microseconds) / 1e6 },
            table(queued, record) { $0.queued.map(Double.init) },
            table(dropped, record) { $0.dropped.map(Double.init) },
            waiting(record),
        ]
    }

    private static func table(
        _ family: MetricFamily, _ record: SchedulerRecord, _ number: (SchedulerRecord.Calls) -> Double?
    ) -> SeriesTable {
        var table = SeriesTable(family)
        for calls in record.callsByType {
            guard let number = number(calls) else { continue }
            let row = table.row(calls.name)
            table.set(number, at: row)
        }
        table.settle()
        return table
    }

    private static func waiting(_ record: SchedulerRecord) -> SeriesTable {
        var table = SeriesTable(pending)
        for calls in record.pendingCalls {
            let row = table.row(calls.type)
            table.add(Double(calls.count), at: row)
        }
        table.settle()
        return table
    }
}
