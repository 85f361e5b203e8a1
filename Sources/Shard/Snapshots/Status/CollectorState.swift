public import Metrics
public import ServiceRuntime

/// A collector that is switched on, with the feeds that it cannot do without.
public struct ExpectedCollector: Hashable, Sendable {
    public let name: String
    public let feeds: [Feed]
    /// Whether somebody asked for it by name: then it is a failure that Slurm hasn't one of its feeds.
    public let isRequired: Bool

    public init(_ name: String, feeds: [Feed], isRequired: Bool = false) {
        self.name = name
        self.feeds = feeds
        self.isRequired = isRequired
    }
}

/// How a collector stands at the moment.
public struct CollectorState: Hashable, Sendable {
    public let cluster: String
    public let collector: String
    /// Whether the last attempt of each of its feeds succeeded.
    public let isUp: Bool
    /// Whether data of a feed has grown too old to be shown.
    public let isStale: Bool
    /// Of the oldest of its feeds' data; nil until all have some.
    public let age: Duration?
    /// The same, but for feeds that Slurm denies to whoever asks: there will be none of those.
    public let grantedAge: Duration?
    /// Whether there is data of all feeds that Slurm doesn't deny.
    public let hasAllGranted: Bool
    /// When data of each of its feeds had come.
    public let lastSuccess: UnixTime?
    /// What went wrong last, if anything ever did.
    public let lastError: String?

    /// - Returns: nil for a collector whose feeds Slurm hasn't.
    init?(
        _ cluster: String, _ collector: String, _ feeds: [CollectionStatus.FeedStatus],
        at now: MonotonicClock.Instant
    ) {
        let all = feeds
        let feeds = all.filter { !$0.isAbsent }
        guard !feeds.isEmpty || all.isEmpty else { return nil }
        self.cluster = cluster
        self.collector = collector
        isUp = !feeds.isEmpty && feeds.allSatisfy { $0.isUp == true }
        isStale = feeds.contains { $0.expires.map { $0 <= now } ?? false }
        age = feeds.oldest(\.taken)?.duration(to: now)
        let granted = feeds.filter { $0.taken != nil || !$0.isDenied }
        grantedAge = granted.oldest(\.taken)?.duration(to: now)
        hasAllGranted = granted.allSatisfy { $0.taken != nil }
        lastSuccess = feeds.oldest(\.lastSuccess)
        lastError = feeds.first { $0.isUp == false }?.lastError ?? feeds.compactMap(\.lastError).first
    }
}

extension [CollectionStatus.FeedStatus] {
    /// Nil where one has none: a feed that never came is older than any.
    fileprivate func oldest<Time: Comparable>(_ time: (CollectionStatus.FeedStatus) -> Time?) -> Time? {
        let times = compactMap(time)
        return times.count == count ? times.min() : nil
    }
}

extension CollectionStatus.FeedStatus {
    /// Who asks lacks a right, and asking again won't help.
    fileprivate var isDenied: Bool { isUp == false && lastError == "denied" }
}
