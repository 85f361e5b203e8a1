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
    public var group = ResourceAmounts()
    /// What all jobs together may use up: amounts times minutes.
    public var groupMinutes = ResourceAmounts()
    public var groupJobs: Int?
    public var groupSubmittedJobs: Int?
    public var groupWallSeconds: Int?
    /// Of each job.
    public var job = ResourceAmounts()
    /// Of each job on each of its nodes.
    public var node = ResourceAmounts()
    public var jobMinutes = ResourceAmounts()
    public var jobWallSeconds: Int?
    /// What a job has to ask for at least; of a QOS.
    public var leastOfJob = ResourceAmounts()
    /// Of an association's own; of each user for a QOS.
    public var jobs: Int?
    public var submittedJobs: Int?
    /// Of each user of a QOS.
    public var user = ResourceAmounts()
    /// Of each account of a QOS.
    public var account = ResourceAmounts()
    public var accountJobs: Int?
    public var accountSubmittedJobs: Int?

    public init() {}
}
