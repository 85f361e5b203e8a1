import Metrics
import ServiceRuntime

/// How collecting goes: what is expected of each cluster, and what became of each attempt.
struct CollectionStatus: Sendable {
    struct FeedStatus: Sendable {
        /// Nil before the first attempt.
        var isUp: Bool?
        /// Slurm hasn't it, and nobody asked for it by name.
        var isAbsent = false
        var lastError: String?
        var lastDuration: Duration?
        var failures = 0
        var lastSuccess: UnixTime?
        /// When the newest data arrived.
        var taken: MonotonicClock.Instant?
        var expires: MonotonicClock.Instant?
    }

    struct CollectorStatus: Sendable {
        var feeds: [Feed]
        var isRequired = false
        var attempts = 0
        var errors: [String: Int]
        var durations: Distribution
    }

    struct ClusterStatus: Sendable {
        var feeds: [Feed: FeedStatus] = [:]
        var collectors: [String: CollectorStatus] = [:]
        /// Whether it was said which collectors there are.
        var isExpected = false
    }

    private(set) var clusters: [String: ClusterStatus] = [:]
    /// Counts the changes from up to down and back.
    private(set) var turns: UInt64 = 0
    private let errorTypes: [String]
    private let durationBounds: [Double]

    init(errorTypes: [String], durationBounds: [Double]) {
        self.errorTypes = errorTypes
        self.durationBounds = durationBounds
    }

    /// What was counted of a collector that goes on stays.
    mutating func expect(_ collectors: [ExpectedCollector], of cluster: String) {
        var status = clusters[cluster] ?? ClusterStatus()
        status.isExpected = true
        let known = status.collectors
        status.collectors = collectors.reduce(into: [:]) { all, collector in
            all[collector.name] = known[collector.name] ?? untried
            all[collector.name]?.feeds = collector.feeds
            all[collector.name]?.isRequired = collector.isRequired
        }
        let feeds = Set(collectors.flatMap(\.feeds))
        status.feeds = status.feeds.filter { feeds.contains($0.key) }
        for feed in feeds where status.feeds[feed] == nil { status.feeds[feed] = FeedStatus() }
        clusters[cluster] = status
    }

    func collectors(of cluster: String) -> Set<String> {
        Set(clusters[cluster, default: ClusterStatus()].collectors.keys)
    }

    private var untried: CollectorStatus {
        CollectorStatus(
            feeds: [], errors: Dictionary(uniqueKeysWithValues: errorTypes.map { ($0, 0) }),
            durations: Distribution(durationBounds))
    }

    mutating func forget(_ cluster: String) {
        clusters[cluster] = nil
    }

    mutating func succeed(_ snapshot: FeedSnapshot, took duration: Duration, at time: UnixTime) {
        attempt(snapshot.feed, of: snapshot.cluster, took: duration, error: nil)
        note(snapshot, at: time)
    }

    /// What was collected elsewhere is here without an attempt.
    mutating func inherit(_ snapshot: FeedSnapshot, at time: UnixTime) {
        clusters[snapshot.cluster]?.feeds[snapshot.feed]?.isUp = true
        note(snapshot, at: time)
    }

    private mutating func note(_ snapshot: FeedSnapshot, at time: UnixTime) {
        clusters[snapshot.cluster]?.feeds[snapshot.feed]?.lastSuccess = time
        clusters[snapshot.cluster]?.feeds[snapshot.feed]?.taken = snapshot.taken
        clusters[snapshot.cluster]?.feeds[snapshot.feed]?.expires = snapshot.expires
    }

    mutating func fail(_ feed: Feed, of cluster: String, error: String, took duration: Duration) {
        attempt(feed, of: cluster, took: duration, error: error)
    }

    /// Slurm hasn't what the feed is of.
    mutating func miss(_ feed: Feed, of cluster: String, error: String, took duration: Duration) {
        let collectors = clusters[cluster]?.collectors.values.filter { $0.feeds.contains(feed) } ?? []
        guard !collectors.contains(where: \.isRequired) else {
            return attempt(feed, of: cluster, took: duration, error: error)
        }
        clusters[cluster]?.feeds[feed, default: FeedStatus()].isUp = nil
        clusters[cluster]?.feeds[feed]?.isAbsent = true
    }

    private mutating func attempt(_ feed: Feed, of cluster: String, took duration: Duration, error: String?) {
        var status = clusters[cluster] ?? ClusterStatus()
        if status.feeds[feed]?.isUp != (error == nil) { turns += 1 }
        status.feeds[feed, default: FeedStatus()].isUp = error == nil
        status.feeds[feed]?.isAbsent = false
        status.feeds[feed]?.lastDuration = duration
        if let error {
            status.feeds[feed]?.lastError = error
            status.feeds[feed]?.failures += 1
        }
        for (name, collector) in status.collectors where collector.feeds.contains(feed) {
            status.collectors[name]?.attempts += 1
            status.collectors[name]?.durations.observe(duration)
            if let error { status.collectors[name]?.errors[error, default: 0] += 1 }
        }
        clusters[cluster] = status
    }
}

extension CollectionStatus {
    /// Feeds that were never asked for yet, as `cluster feed`.
    var unasked: [String] {
        clusters.flatMap { cluster, status in
            status.feeds.filter { $0.value.isUp == nil && !$0.value.isAbsent }.map { "\(cluster) \($0.key.rawValue)" }
        }.sorted()
    }

    func states(at now: MonotonicClock.Instant) -> [CollectorState] {
        clusters.flatMap { cluster, status in
            status.collectors.compactMap { name, collector in
                CollectorState(cluster, name, collector.feeds.compactMap { status.feeds[$0] }, at: now)
            }
        }.sorted { ($0.cluster, $0.collector) < ($1.cluster, $1.collector) }
    }
}
