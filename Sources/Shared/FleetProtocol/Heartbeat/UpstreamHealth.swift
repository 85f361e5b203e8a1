/// How asking a cluster goes: for people, nothing is decided by it.
public struct UpstreamHealth: Hashable, Codable, Sendable {
    /// Where the next question goes.
    public var address: String
    /// `closed`, `half_open` or `open`.
    public var breaker: String
    /// How long nothing is asked, after a timeout or because the server wants it so.
    public var pausedForSeconds: Double?
    /// For which share of the last minutes Slurm was busy for us.
    public var dutyCycle: Double
    public var tokenExpires: String?
    public var feeds: [FeedHealth]

    public init(
        address: String, breaker: String, pausedForSeconds: Double? = nil, dutyCycle: Double,
        tokenExpires: String? = nil, feeds: [FeedHealth] = []
    ) {
        self.address = address
        self.breaker = breaker
        self.pausedForSeconds = pausedForSeconds
        self.dutyCycle = dutyCycle
        self.tokenExpires = tokenExpires
        self.feeds = feeds
    }
}

/// How the last question of a kind went.
public struct FeedHealth: Hashable, Codable, Sendable {
    public var feed: String
    public var intervalSeconds: Double
    /// Of the last answer; nil before the first.
    public var ageSeconds: Double?
    public var durationSeconds: Double
    public var bytes: Int
    public var records: Int
    /// Nil as long as the last question had an answer.
    public var error: String?

    /// Characters of an error at most: a heartbeat has a bound, too.
    public static let errorLimit = 300

    public init(
        feed: String, intervalSeconds: Double, ageSeconds: Double? = nil, durationSeconds: Double = 0, bytes: Int = 0,
        records: Int = 0, error: String? = nil
    ) {
        self.feed = feed
        self.intervalSeconds = intervalSeconds
        self.ageSeconds = ageSeconds
        self.durationSeconds = durationSeconds
        self.bytes = bytes
        self.records = records
        self.error = error.map { String($0.prefix(Self.errorLimit)) }
    }
}

extension UpstreamHealth {
    /// What it has become while nothing new was heard.
    public func aged(by seconds: Double) -> UpstreamHealth {
        var health = self
        for place in health.feeds.indices {
            health.feeds[place].ageSeconds = health.feeds[place].ageSeconds.map { $0 + seconds }
        }
        return health
    }
}
