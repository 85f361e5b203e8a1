/// Limits on what all jobs below an association or in a QOS may do together, and on each of them.
public struct Limits: Hashable, Sendable, BitwiseCopyable {
    public var group = ResourceLimits()
    /// TRES minutes that all jobs may use up.
    public var groupMinutes = ResourceLimits()
    public var groupJobs = Limit.unset
    public var groupSubmitted = Limit.unset
    public var groupWall = Limit.unset
    public var perJob = ResourceLimits()
    public var perNode = ResourceLimits()
    /// A QOS's, of each user.
    public var perUser = ResourceLimits()
    /// A QOS's, of each account.
    public var perAccount = ResourceLimits()
    public var minPerJob = ResourceLimits()
    public var minutesPerJob = ResourceLimits()
    /// An association's own; a QOS's of each user.
    public var jobs = Limit.unset
    public var submitted = Limit.unset
    /// A QOS's, of each account.
    public var jobsPerAccount = Limit.unset
    public var wall = TimeLimit.unlimited

    public init() {}
}

/// What jobs take at the moment and have taken so far.
public struct Usage: Sendable, BitwiseCopyable {
    /// Of running and suspended jobs.
    public var held = Resources()
    /// Records that run or are suspended.
    public var running = 0
    /// Running, suspended and pending; each task of an array counts.
    public var submitted = 0
    /// CPU seconds, decayed by half each week as the priority plugin does.
    public var rawUsage: UInt64 = 0
}

/// An account, a user in it, or a user of it in one partition.
public struct Association: Sendable {
    public let id: UInt32
    public let account: Ref<Account>
    /// `.none` for an account's own.
    public let user: Ref<User>
    /// `.none` for all of them.
    public let partition: Ref<Partition>
    /// `.none` for root's.
    public let parent: Ref<Association>
    /// Nothing is `parent`: the share of the account above.
    public var shares: UInt32?
    public var isDefault = false
    public var defaultQOS: Ref<QOS>
    public var qos: [Ref<QOS>]
    /// `Cluster.limits` has them.
    public var limits: Ref<Limits>
    public var usage = Usage()
    public var priority = Limit.unset
    public var comment = Text.empty
}
