import HTTPServer
import Locks
public import Metrics
public import ServiceRuntime

/// What was collected, published: takes snapshots of feeds, shows them on `/metrics` and hands them to the fleet.
///
/// A scrape never asks Slurm and hardly computes: it takes the bytes that publishing made, and adds the process's own
/// figures. What is older than its lifetime is not shown, whether anybody publishes or not.
public final class Snapshots: Sendable {
    let settings: SnapshotSettings
    let registry: MetricRegistry
    let clock: MonotonicClock
    let publisher: Publisher
    let published: Locked<Publication>
    let status: Locked<CollectionStatus>
    let scrapes: Locked<ScrapeStatistics>
    /// For the making of what is made for one request.
    let narrowing = Turns(8)
    /// For what lasts as long as its client takes.
    let streams = StreamPlaces(32)
    /// Tells this process's generations from those of others.
    let identity: String
    let wallClock: WallClock

    /// - Parameters:
    ///   - registry: the process's own figures, shown with everything else; those of the snapshots come to it.
    ///   - memory: nil where nobody knows.
    public init(
        _ settings: SnapshotSettings, registry: MetricRegistry, clock: MonotonicClock = .system,
        wallClock: WallClock = .system, identity: String = String(UInt64.random(in: 0 ... .max), radix: 36),
        memory: (@Sendable () -> MemoryReading?)? = nil
    ) {
        self.settings = settings
        self.registry = registry
        self.clock = clock
        self.wallClock = wallClock
        self.identity = identity
        published = Locked(Publication())
        status = Locked(
            CollectionStatus(
                errorTypes: settings.errorTypes, durationBounds: settings.own.collectionDurationBounds ?? []))
        scrapes = Locked(ScrapeStatistics(bounds: settings.own.scrapeDurationBounds ?? []))
        let limit = settings.memoryLimitBytes
        publisher = Publisher(
            settings, clock: clock, memory: memory ?? { .current(limit: limit) }, published: published)
        if settings.set == nil { register(in: registry) }
    }

    /// Says what is to come, before it does; said again, it replaces what was said of the cluster.
    public func expect(_ collectors: [ExpectedCollector], of cluster: String) {
        status.withLock { $0.expect(collectors, of: cluster) }
    }

    /// Shows a snapshot, within the limits, once its bytes are made; one that is no newer than what is shown is left out.
    ///
    /// - Parameter duration: from the question to the tables.
    public func publish(_ snapshot: FeedSnapshot, took duration: Duration) async {
        let now = wallClock.now
        await publisher.publish(snapshot)
        status.withLock { $0.succeed(snapshot, took: duration, at: now) }
    }

    /// Tells of an attempt that gave nothing; what is shown stays until it is too old.
    ///
    /// - Parameter error: one of a few words.
    public func failed(_ feed: Feed, of cluster: String, error: String, took duration: Duration) {
        status.withLock { $0.fail(feed, of: cluster, error: error, took: duration) }
    }

    /// Tells of a feed that Slurm hasn't: a failure only where somebody asked for it by name.
    public func missing(_ feed: Feed, of cluster: String, error: String, took duration: Duration) {
        status.withLock { $0.miss(feed, of: cluster, error: error, took: duration) }
    }

    /// Nothing of the cluster is expected or shown any more.
    public func forget(_ cluster: String) async {
        status.withLock { $0.forget(cluster) }
        await publisher.forget(cluster)
    }

    /// Looks at memory between publications, which look at it themselves.
    public func checkMemory() async {
        await publisher.checkMemory()
    }

    /// What is shown together, by its name.
    public var slice: String { settings.slice }

    public var memoryLevel: MemoryGuard.Level { published.withLock { $0.holdings.level } }

    /// Feeds that were never asked for yet, as `cluster feed`; none means ready.
    public var waitingFor: [String] { status.withLock { $0.unasked } }

    public var states: [CollectorState] {
        let now = clock.now
        return status.withLock { $0.states(at: now) }
    }

    /// How asking for a feed went so far.
    public struct Attempts: Sendable {
        public let cluster: String
        public let feed: Feed
        public let lastDuration: Duration
        public let failures: Int
    }

    /// Of feeds that were asked for.
    public var attempts: [Attempts] {
        status.withLock { $0.clusters }.flatMap { cluster, status in
            status.feeds.compactMap { feed, state in
                state.lastDuration.map {
                    Attempts(cluster: cluster, feed: feed, lastDuration: $0, failures: state.failures)
                }
            }
        }
    }

    /// Names that two families of this process would both need, under its prefix.
    public static func clashes(
        among families: [MetricFamily], own registry: MetricRegistry, under prefix: MetricPrefix?
    ) -> [NameClash] {
        NameClash.all(among: families + registry.tables().map(\.family), under: prefix)
    }
}
