/// What a shard says of itself; one request registers it, reports, and fetches the plan if there is another.
public struct Heartbeat: Hashable, Codable, Sendable {
    /// Tells this process from an earlier one of the same name.
    public var nonce: String
    /// Where it listens; the coordinator takes the address that the request came from where there is no host.
    public var host: String?
    public var port: Int
    /// Whether it can be given work: not as long as no configuration has held.
    public var isReady: Bool
    public var isDraining: Bool
    /// The plan that it goes by.
    public var plan: PlanIdentity?
    /// Why it wouldn't take a plan.
    public var refusals: [RefusedPlan]
    /// Why it can't go by all of its plan: a configuration that doesn't hold.
    public var problem: String?
    public var slices: [SliceReport]
    public var upstreams: [UpstreamReport]
    /// Owners of upstreams that it can't reach.
    public var unreachable: [String]
    /// Of all that any shard would ask any cluster by its configuration; nil before it has one.
    public var longestQuestionSeconds: Double?

    public init(
        nonce: String, host: String? = nil, port: Int, isReady: Bool, isDraining: Bool = false,
        plan: PlanIdentity? = nil, refusals: [RefusedPlan] = [], problem: String? = nil, slices: [SliceReport] = [],
        upstreams: [UpstreamReport] = [], unreachable: [String] = [], longestQuestionSeconds: Double? = nil
    ) {
        self.nonce = nonce
        self.host = host
        self.port = port
        self.isReady = isReady
        self.isDraining = isDraining
        self.plan = plan
        self.refusals = refusals
        self.problem = problem
        self.slices = slices
        self.upstreams = upstreams
        self.unreachable = unreachable
        self.longestQuestionSeconds = longestQuestionSeconds
    }
}

public struct RefusedPlan: Hashable, Codable, Sendable {
    public var plan: PlanIdentity
    public var reason: PlanRefusal

    public init(_ plan: PlanIdentity, _ reason: PlanRefusal) {
        self.plan = plan
        self.reason = reason
    }
}

/// How a slice is at its owner's.
public enum SliceState: String, Codable, CaseIterable, Sendable {
    /// In the plan; the owner doesn't know yet, or hasn't begun.
    case assigned
    /// At the owner's, without anything to show so far.
    case warming
    case serving
}

public struct SliceReport: Hashable, Codable, Sendable {
    public var id: String
    public var state: SliceState
    /// Seconds of work a minute.
    public var cost: Double?
    /// Of its oldest data.
    public var ageSeconds: Double?
    /// Whether another shard owns it by the plan that this one goes by; nil where the sender is too old to say.
    public var isFormer: Bool?

    public init(
        id: String, state: SliceState, cost: Double? = nil, ageSeconds: Double? = nil, isFormer: Bool? = nil
    ) {
        self.id = id
        self.state = state
        self.cost = cost
        self.ageSeconds = ageSeconds
        self.isFormer = isFormer
    }
}

public struct UpstreamReport: Hashable, Codable, Sendable {
    public var cluster: String
    public var term: UInt64
    /// Seconds of work a minute.
    public var cost: Double?
    /// Were this process to end now without a word: after how many seconds Slurm has certainly done with what it asked.
    public var quietAfterSeconds: Double
    public var inFlight: [InFlight]
    /// Nil where the sender is too old to say.
    public var health: UpstreamHealth?

    public init(
        cluster: String, term: UInt64, cost: Double? = nil, quietAfterSeconds: Double = 0, inFlight: [InFlight] = [],
        health: UpstreamHealth? = nil
    ) {
        self.cluster = cluster
        self.term = term
        self.cost = cost
        self.quietAfterSeconds = quietAfterSeconds
        self.inFlight = inFlight
        self.health = health
    }
}

/// A question without an answer yet.
public struct InFlight: Hashable, Codable, Sendable {
    public var feed: String
    public var sinceSeconds: Double

    public init(feed: String, sinceSeconds: Double) {
        self.feed = feed
        self.sinceSeconds = sinceSeconds
    }
}

/// What the coordinator answers.
public struct HeartbeatAnswer: Hashable, Codable, Sendable {
    /// Only where it isn't the one that the shard goes by.
    public var plan: Plan?
    /// When to come again.
    public var nextSeconds: Double
    /// Whether a shard that drains has handed over everything.
    public var mayLeave: Bool

    public init(plan: Plan? = nil, nextSeconds: Double, mayLeave: Bool = false) {
        self.plan = plan
        self.nextSeconds = nextSeconds
        self.mayLeave = mayLeave
    }
}
