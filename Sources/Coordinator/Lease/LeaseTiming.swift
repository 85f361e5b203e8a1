/// How long a lease holds, and how often it is looked at.
public struct LeaseTiming: Equatable, Sendable {
    /// How long a record must stand still before somebody else may take over.
    public let lifetime: Duration
    /// How far apart the holder's renewals begin.
    public let renewalInterval: Duration
    /// How often the others look.
    public let pollInterval: Duration

    public static let standard = LeaseTiming(lifetime: .seconds(10), renewalInterval: .seconds(2))!

    /// - Returns: nil unless a holder has time for two renewals and one to spare within the time that it trusts its lease.
    public init?(lifetime: Duration, renewalInterval: Duration) {
        guard renewalInterval > .zero, renewalInterval * 3 <= lifetime * 2 / 3 else { return nil }
        self.lifetime = lifetime
        self.renewalInterval = renewalInterval
        pollInterval = renewalInterval / 4
    }

    /// How long the holder trusts its lease, from the start of the write that renewed it.
    ///
    /// Clocks may differ in rate by half before the others' patience ends sooner.
    public var trust: Duration { lifetime * 2 / 3 }

    /// How long a write may wait for the store at most, so that one that comes too late is known as such in time.
    public var patience: Duration { lifetime / 6 }
}
