/// An account's or a user's share of the cluster, as sshare shows it.
public struct ShareRecord: Sendable {
    public var cluster = Symbol.empty
    public var account = Symbol.empty
    /// Empty for an account's own row.
    public var user = Symbol.empty
    public var partition = Symbol.empty
    /// The account above an account; empty for a user's row.
    public var parent = Symbol.empty
    /// nil where the parent's shares are used.
    public var shares: Int?
    public var normalizedShares: Double?
    /// Decayed CPU or billing seconds.
    public var usageSeconds: Double?
    public var normalizedUsage: Double?
    public var effectiveUsage: Double?
    /// Between 0 and 1; only of users.
    public var factor: Double?
    /// Unlimited where there was no use so far.
    public var level: Limit<Double>?
    /// What has been used by kind, times seconds, decayed as `usageSeconds` is. Memory is in MiB here and below: in bytes,
    /// what a thousand nodes have for some hours is more than an `Int` holds.
    public var usedSeconds = ResourceAmounts()
    /// What running jobs will use up if they run to their limits.
    public var runningSeconds = ResourceAmounts()
    /// What may be used up: the limit of `usedSeconds`, in minutes.
    public var limitMinutes = ResourceAmounts()

    public init() {}
}
