import Collectors
import Metrics
import Upstreams

/// How often one feed is asked, and how long its answer may take.
struct ScheduledFeed: Equatable, Sendable {
    let feed: Feed
    let interval: Duration
    let timeout: Duration
    /// The key that says the interval; nil for the default.
    let decidedBy: String?
}

extension ShardSettings {
    /// The feeds that the enabled collectors need, in the order of their declaration.
    ///
    /// A feed is asked as often as the collector of its name is to run, but never more often than those that need it.
    /// - Parameter uses: the feeds that a collector folds.
    func schedule(of cluster: ClusterSettings) -> [ScheduledFeed] {
        let uses = enabledCollectors.map { ($0, Collector($0, collected).feeds) }
        return Feed.allCases.compactMap { feed in
            let users = uses.filter { $0.1.contains(feed) }.map(\.0)
            guard let owner = feed.owner, !users.isEmpty else { return nil }
            let wanted = users.map(interval).min { $0.duration < $1.duration }!
            let own = interval(of: owner)
            let decisive = wanted.duration > own.duration ? wanted : own
            return ScheduledFeed(
                feed: feed, interval: decisive.duration,
                timeout: collectors[owner].timeout ?? .seconds(cluster.rest.requestTimeoutSeconds),
                decidedBy: decisive.key)
        }
    }

    /// How long an answer may take at most, of any feed of any cluster.
    var longestQuestion: Duration? { clusters.flatMap(schedule).map(\.timeout).max() }

    /// For how long an answer that took no time is shown.
    func lifetime(of feed: ScheduledFeed) -> Duration {
        pace.staleness.lifetime(interval: feed.interval, lastDuration: .zero)
    }

    /// How long a collector without a feed of its own stays as it is at least; nil where every generation refreshes it.
    func refreshInterval(of collector: Collector.Name) -> Duration? {
        Feed.allCases.contains { $0.owner == collector } ? nil : writtenInterval(of: collector)?.duration
    }

    private func interval(of collector: Collector.Name) -> (duration: Duration, key: String?) {
        writtenInterval(of: collector) ?? (PaceSettings.standardInterval(of: collector), nil)
    }

    private func writtenInterval(of collector: Collector.Name) -> (duration: Duration, key: String?)? {
        if let own = collectors[collector].interval { return (own, "collectors.\(collector.rawValue).interval") }
        return pace.intervals[collector].map { ($0, "collection.intervals.\(collector.rawValue)") }
    }
}

extension Feed {
    /// The collector whose interval and timeout are the feed's.
    fileprivate var owner: Collector.Name? {
        switch self {
        case .jobs: .jobs
        case .nodes: .nodes
        case .partitions: .partitions
        case .diag: .scheduler
        case .ping: .cluster
        case .qos: .qos
        case .reservations: .reservations
        case .licenses: .licenses
        case .shares, .associations: .fairshare
        case .accounting, .dbd, .clusters, .tres, .wckeys: .accounting
        }
    }
}
