public import Metrics

/// What one slice holds at one moment, as shards hand it to those who merge the fleet.
///
/// As text it is one line a thing, so that it can be read with the eye and cut with `grep`: JSON objects say what
/// follows, and after each family come its series (``Metrics/SeriesLines``):
///
///     {"collectors":{"alpha":["accounting","users"]},"generation":"5f1c-17","kind":"snapshot","slice":"all","version":1}
///     {"age":3.25,"answered":1700000000,"cluster":"alpha","feed":"jobs","generation":12,"isUp":true,"kind":"feed","lifetime":90}
///     {"cluster":"alpha","collector":"users","family":"slurm_user_jobs_total","feed":"jobs",…,"kind":"family","merge":"sum","series":1,…}
///     {user="ann",state="running"} 12
///     {"cluster":"alpha","collector":"accounting","feed":"accounting","kind":"state","levels":1,"markWidth":4,"marks":1,…}
///     4711 1700000000 1700000060 1700000360
///     {"cluster":"alpha","collector":"accounting","family":"slurm_accounting_jobs_total",…,"kind":"level",…,"series":1,…}
///     {state="completed"} 9 @1699990000
///     {"families":1,"kind":"end","series":1,"states":1}
///
/// Families are what is shown, within limits; states are what somebody else needs to count on.
///
/// Names are canonical, whatever prefix the shard has. Whoever reads passes over keys and kinds that it doesn't know.
public struct SnapshotDocument: Sendable {
    public var slice: String
    /// Names this content: of one process, equal ones have equal content, ages aside.
    public var generation: String
    /// By cluster, the collectors that run; nil where the sender doesn't say.
    public var collectors: [String: Set<String>]?
    /// What is asked for the slice, whether it came or not.
    public var feeds: [FeedState]
    public var families: [FamilyState]
    public var states: [CountingState]

    public init(
        slice: String, generation: String, collectors: [String: Set<String>]? = nil, feeds: [FeedState] = [],
        families: [FamilyState] = [], states: [CountingState] = []
    ) {
        self.slice = slice
        self.generation = generation
        self.collectors = collectors
        self.feeds = feeds
        self.families = families
        self.states = states
    }
}

/// How far the counters of one collector have counted one feed of one cluster.
public struct CountingState: Sendable {
    public var cluster: String
    public var collector: String
    public var feed: Feed
    /// The last one that was counted; 0 where nobody knows.
    public var generation: UInt64
    public var state: CounterState

    public init(cluster: String, collector: String, feed: Feed, generation: UInt64 = 0, state: CounterState) {
        self.cluster = cluster
        self.collector = collector
        self.feed = feed
        self.generation = generation
        self.state = state
    }
}

/// How complete and how old one feed of one cluster is.
public struct FeedState: Hashable, Sendable {
    public var cluster: String
    public var feed: Feed
    /// Whether the last attempt succeeded.
    public var isUp: Bool
    /// Nil where there is no data that may be shown.
    public var data: Data?

    public struct Data: Hashable, Sendable {
        public var generation: UInt64
        /// When Slurm answered, by its clock, in seconds since 1970.
        public var answered: Int64
        /// Seconds since it arrived at the shard.
        public var age: Double
        /// At which age it isn't current any more, in seconds.
        public var lifetime: Double

        public init(generation: UInt64, answered: Int64, age: Double, lifetime: Double) {
            self.generation = generation
            self.answered = answered
            self.age = age
            self.lifetime = lifetime
        }
    }

    public init(cluster: String, feed: Feed, isUp: Bool, data: Data? = nil) {
        self.cluster = cluster
        self.feed = feed
        self.isUp = isUp
        self.data = data
    }
}

/// One family of one cluster.
public struct FamilyState: Sendable {
    public var cluster: String
    public var collector: String
    public var table: SeriesTable
    /// Why all its series are left out, though there are some.
    public var dropped: String?

    public init(cluster: String, collector: String, table: SeriesTable, dropped: String? = nil) {
        self.cluster = cluster
        self.collector = collector
        self.table = table
        self.dropped = dropped
    }
}
