public import Metrics

/// How often a feed is asked for.
public struct FeedSchedule: Equatable, Sendable {
    public var feed: Feed
    public var interval: Duration
    /// How long an answer may take; nil for what the upstream's settings say.
    public var timeout: Duration?

    public init(_ feed: Feed, every interval: Duration, timeout: Duration? = nil) {
        self.feed = feed
        self.interval = interval
        self.timeout = timeout
    }
}

extension Feed {
    /// Whether an answer costs Slurm so much that it should never have to give two at once.
    public var isHeavy: Bool {
        switch self {
        case .jobs, .nodes, .accounting, .associations: true
        default: false
        }
    }
}
