public import ServiceRuntime

/// What somebody who answers for the fleet knows of who leads it.
public protocol Leadership: Sendable {
    /// Since when this process does; nil where it doesn't.
    var ledSince: MonotonicClock.Instant? { get }

    /// Whether there may be other leaders.
    var isElected: Bool { get }

    /// Where another leader is that has lately given a sign of life.
    var leaderURL: String? { get }
}
