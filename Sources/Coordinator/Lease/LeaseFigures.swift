/// What a candidate has seen of the lease.
public struct LeaseFigures: Equatable, Sendable {
    /// How many times leadership changed hands, as far as this candidate noticed.
    public internal(set) var changes = 0
    public internal(set) var errors: [LeaseFailure.Kind: Int] = [:]
    /// How long the last write took that succeeded.
    public internal(set) var lastWrite: Duration?
    /// Whether another process renews under the name of this one.
    public internal(set) var hasNamesake = false
    /// The highest epoch that was in office, as far as this candidate knows.
    public internal(set) var epoch: UInt64 = 0
}
