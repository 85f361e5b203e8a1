import Metrics
import ServiceRuntime

/// Families that change less often than their feed is asked: between their times they are shown as they were.
struct RefreshPace {
    private let interval: (MetricName) -> Duration?
    private var shown: [MetricName: (table: SeriesTable, since: MonotonicClock.Instant)] = [:]

    /// - Parameter interval: how long a family stays as it is at least; nil where every generation refreshes it.
    init(_ interval: @escaping (MetricName) -> Duration?) {
        self.interval = interval
    }

    mutating func paced(_ table: SeriesTable, at now: MonotonicClock.Instant) -> SeriesTable {
        guard let interval = interval(table.family.name) else { return table }
        if let shown = shown[table.family.name], shown.since.duration(to: now) < interval { return shown.table }
        shown[table.family.name] = (table, now)
        return table
    }
}
