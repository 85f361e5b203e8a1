/// An account on a cluster, or a user of one, with what they may use.
public struct AssociationRecord: Sendable {
    public var cluster = Symbol.empty
    public var account = Symbol.empty
    /// Empty for an account's own.
    public var user = Symbol.empty
    public var partition = Symbol.empty
    public var parent = Symbol.empty
    public var isDefault = false
    public var shares: Int?
    public var limits = UsageLimits()

    public init() {}
}

/// What may be used at a time. A limit that isn't set is nil; 0 is a limit.
public struct UsageLimits: Hashable, Sendable {
    /// Of all jobs together.
    public var group = Resources()
    public var groupJobs: Int?
    public var groupSubmittedJobs: Int?
    public var groupWallSeconds: Int?
    /// Of each job.
    public var job = Resources()
    public var jobWallSeconds: Int?
    /// Of an association's own; of each user for a QOS.
    public var jobs: Int?
    public var submittedJobs: Int?
    /// Of each user of a QOS.
    public var user = Resources()

    public init() {}
}
