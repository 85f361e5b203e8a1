import Metrics
import Slurm

/// Remote procedure calls that slurmctld has served.
///
/// Slurm counts them from its start or from `sdiag --reset` on, not from midnight, and doesn't say since when that is.
enum SchedulerCalls {
    /// A family, and what it says of the calls of one type or user.
    private typealias Column = (family: MetricFamily, number: @Sendable (SchedulerRecord.Calls) -> Double?)

    private static let ofTypes = FamilyGroup(labels: ["message_type"], merge: .replica, feed: .diag)
    private static let ofUsers = FamilyGroup(labels: ["user"], merge: .replica, feed: .diag)

    private static let types: [Column] = [
        (
            ofTypes.counter("slurm_rpc_calls_total", "Calls that slurmctld served since it started, by type."),
            { Double($0.count) }
        ),
        (
            ofTypes.counter(
                "slurm_rpc_duration_seconds_total", "Time that slurmctld spent on calls since it started, by type.",
                unit: "seconds"),
            { Double($0.microseconds) / 1e6 }
        ),
        (
            ofTypes.gauge(
                "slurm_rpc_queued", "Calls that wait in slurmctld's queue of a type; from API version 0.0.41 on."),
            { $0.queued.map { Double($0) } }
        ),
        (
            ofTypes.counter(
                "slurm_rpc_dropped_total",
                "Calls that slurmctld turned away since it started, by type; from API version 0.0.41 on."),
            { $0.dropped.map { Double($0) } }
        ),
        (
            ofTypes.gauge(
                "slurm_rpc_cycle_last",
                "Calls of a type that slurmctld served the last time it went through their queue; from API version 0.0.41"
                    + " on."),
            { $0.lastCycle.map { Double($0) } }
        ),
        (
            ofTypes.gauge(
                "slurm_rpc_cycle_max",
                "The most calls of a type that slurmctld served in one go through their queue; from API version 0.0.41 on."
            ),
            { $0.longestCycle.map { Double($0) } }
        ),
    ]

    private static let users: [Column] = [
        (
            ofUsers.counter("slurm_rpc_user_calls_total", "Calls that slurmctld served since it started, by user."),
            { Double($0.count) }
        ),
        (
            ofUsers.counter(
                "slurm_rpc_user_duration_seconds_total",
                "Time that slurmctld spent on calls since it started, by user.", unit: "seconds"),
            { Double($0.microseconds) / 1e6 }
        ),
    ]

    private static let pending = ofTypes.gauge(
        "slurm_rpc_pending", "Calls of slurmctld to nodes that wait to be made, by type; from API version 0.0.41 on.")

    static let families = types.map(\.family) + users.map(\.family) + [pending]

    static func tables(_ record: SchedulerRecord) -> [SeriesTable] {
        types.map { table($0, record.callsByType) } + users.map { table($0, record.callsByUser) } + [waiting(record)]
    }

    private static func table(_ column: Column, _ calls: [SchedulerRecord.Calls]) -> SeriesTable {
        var table = SeriesTable(column.family)
        for calls in calls {
            guard let number = column.number(calls) else { continue }
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
