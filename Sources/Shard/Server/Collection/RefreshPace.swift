import Collectors
import Metrics
import ServiceRuntime

/// Families that change less often than their feed is asked: between their times they are shown as they were.
struct RefreshPace: Sendable {
    /// How long a family stays as it is at least; nil where every generation refreshes it.
    typealias Interval = @Sendable (MetricName, Collector.Name) -> Duration?

    private let interval: Interval
    private var shown: [MetricName: (table: SeriesTable, since: MonotonicClock.Instant)] = [:]

    init(_ interval: @escaping Interval) {
        self.interval = interval
    }

    /// - Parameter step: how far apart the generations of the feed are, about: the one nearest to its time refreshes a
    ///   family.
    mutating func paced(
        _ table: SeriesTable, of collector: Collector.Name, at now: MonotonicClock.Instant, step: Duration
    ) -> SeriesTable {
        guard let interval = interval(table.family.name, collector) else { return table }
        if let shown = shown[table.family.name], shown.since.duration(to: now) + step / 2 < interval {
            return shown.table
        }
        shown[table.family.name] = (table, now)
        return table
    }
}
