public import ServiceRuntime

/// One question to the store. Nothing else is asked until its outcome is known.
public struct LeaseAttempt: Equatable, Sendable {
    public enum Action: Equatable, Sendable {
        case read
        /// Write the record if the store holds exactly the other one; nil for none.
        case replace(LeaseRecord?, with: LeaseRecord)
    }

    public let action: Action
    public let started: MonotonicClock.Instant

    public init(_ action: Action, started: MonotonicClock.Instant) {
        self.action = action
        self.started = started
    }
}

/// What became of an attempt.
public enum LeaseOutcome: Equatable, Sendable {
    /// What the store holds: what was read, or what stood in the way of a write.
    case found(LeaseRecord?)
    case written
    case failed(LeaseFailure)
}
