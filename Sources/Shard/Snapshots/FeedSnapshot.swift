public import Metrics
public import ServiceRuntime
public import Slurm

/// What the collectors of one cluster made of one generation of a feed. It never changes.
public struct FeedSnapshot: Sendable {
    public let cluster: String
    public let feed: Feed
    /// Counts the fetches of this feed by this process.
    public let generation: UInt64
    /// When Slurm answered, by its clock.
    public let answered: Timestamp
    /// When it arrived here.
    public let taken: MonotonicClock.Instant
    /// After which it isn't shown as current any more.
    public let lifetime: Duration
    public let collectors: [CollectorTables]
    /// What somebody else needs to count on, by collector.
    public let states: [String: CounterState]
    /// What is shown of labels with limits, where somebody decides for several slices; nil to decide here.
    public let kept: [KeptValues]?

    public init(
        cluster: String, feed: Feed, generation: UInt64, answered: Timestamp, taken: MonotonicClock.Instant,
        lifetime: Duration, collectors: [CollectorTables], states: [String: CounterState] = [:],
        kept: [KeptValues]? = nil
    ) {
        self.cluster = cluster
        self.feed = feed
        self.generation = generation
        self.answered = answered
        self.taken = taken
        self.lifetime = lifetime
        self.collectors = collectors
        self.states = states
        self.kept = kept
    }
}

extension FeedSnapshot {
    /// From then on it isn't shown.
    var expires: MonotonicClock.Instant { taken.advanced(by: lifetime) }

    func with(_ collectors: [CollectorTables]) -> FeedSnapshot {
        FeedSnapshot(
            cluster: cluster, feed: feed, generation: generation, answered: answered, taken: taken, lifetime: lifetime,
            collectors: collectors, states: states, kept: kept)
    }
}

/// The families that one collector bases on one feed.
public struct CollectorTables: Sendable {
    public let collector: String
    public var tables: [SeriesTable]

    public init(collector: String, tables: [SeriesTable]) {
        self.collector = collector
        self.tables = tables
    }
}
