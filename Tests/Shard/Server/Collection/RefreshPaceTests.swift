import Collectors
import Metrics
import ServiceRuntime
import TestSupport
import Testing

@testable import slurm_shard

/// How often families are shown anew that change less often than their feed.
struct RefreshPaceTests {
    private static let family = MetricFamily("slurm_user_jobs", .gauge, help: "Jobs.", labels: ["user"], merge: .sum)

    /// - Returns: at which of the times a family was refreshed.
    private func refreshes(every interval: Duration, at times: [Double], step: Duration) -> [Double] {
        var pace = RefreshPace { _, _ in interval }
        let start = MonotonicClock.system.now
        return times.filter { time in
            var table = SeriesTable(Self.family)
            _ = table.row("\(time)")
            let shown = pace.paced(table, of: .users, at: start.advanced(by: .seconds(time)), step: step)
            return shown.rows.map { shown.labels(at: $0)[0].value } == ["\(time)"]
        }
    }

    /// Generations never come exactly in time.
    @Test func anIntervalLikeTheFeedsTakesEveryGeneration() {
        let times = [0, 59.9, 120.1, 180, 239.8]
        #expect(refreshes(every: .seconds(60), at: times, step: .seconds(60)) == times)
    }

    @Test func theGenerationNearestToItsTimeRefreshesAFamily() {
        let times = [0, 59.9, 120.2, 180, 239.8, 299.7, 360.1, 420]
        #expect(refreshes(every: .seconds(300), at: times, step: .seconds(60)) == [0, 299.7])
        #expect(refreshes(every: .seconds(120), at: times, step: .seconds(60)) == [0, 120.2, 239.8, 360.1])
    }
}
