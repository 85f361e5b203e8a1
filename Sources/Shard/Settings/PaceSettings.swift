import Collectors

/// How often and how hard Slurm is asked, and how long an answer holds.
public struct PaceSettings: Equatable, Sendable {
    var intervals = ByCollector<Duration?>(nil)
    var timeout: Duration?
    var jitter = Duration.zero
    var retryAttempts = 3
    var retryDelay = Duration.seconds(1)
    var retryBackoff = 2.0
    var maximumLoad = 0.25
    /// At a time and cluster. Of the heavy ones it is one whatever this says.
    var maximumRequests = 1
    public var staleness = Staleness()
    public var backsOffOnThrottle = true
    /// The share of scheduling periods in which the control group was throttled.
    public var throttleThreshold = 0.8

    static let standardTimeout = Duration.seconds(60)

    static func standardInterval(of collector: Collector.Name) -> Duration {
        switch collector {
        case .cluster, .nodes, .scheduler: .seconds(30)
        case .jobs, .partitions, .users, .accounts, .reservations, .licenses: .seconds(60)
        case .qos, .fairshare, .accounting: .seconds(300)
        }
    }
}

/// After what time data is no longer shown as current.
public struct Staleness: Equatable, Sendable {
    var factor = 3.0
    var minimum = Duration.zero

    /// - Parameters:
    ///   - interval: of the feed, after all rules.
    ///   - duration: how long its last fetch took.
    public func lifetime(interval: Duration, lastDuration duration: Duration) -> Duration {
        max(max(interval, duration) * factor, minimum)
    }
}

/// What the process may use.
public struct RuntimeSettings: Equatable, Sendable {
    /// In bytes; nil for that of the control group.
    public var memoryLimit: Int?
    /// Where counters outlive the process; nil for nowhere.
    public var stateDirectory: String?
}
