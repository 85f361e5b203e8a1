/// How patient the planner is.
public struct PlanningSettings: Equatable, Sendable {
    /// How far apart heartbeats are.
    public var heartbeat = Duration.seconds(2)
    /// Without a heartbeat for so long a shard is lost.
    public var lostAfter = Duration.seconds(6)
    /// How long a slice's former owner serves on once the new one does: one scrape interval.
    public var overlap = Duration.seconds(30)
    /// How far apart moves for balance are at least.
    public var round = Duration.seconds(10)
    /// How long a fleet without any plan waits for shards after the first one.
    public var settling = Duration.seconds(3)
    /// How long an owner's requests may go on after its end, where nobody knows what it had asked.
    public var unknownQuiet = Duration.seconds(60)
    /// For how long a shard isn't given what it couldn't reach.
    public var cutMemory = Duration.seconds(600)
    /// For how long lost shards without work are shown.
    public var lostMemory = Duration.seconds(600)

    public init() {}

    /// - Parameter seconds: how long requests go on, as somebody said it; nil where nobody did.
    func quiet(_ seconds: Double?) -> Duration {
        guard let seconds, seconds.isFinite else { return unknownQuiet }
        return .seconds(min(max(seconds, 0), 3600))
    }
}
