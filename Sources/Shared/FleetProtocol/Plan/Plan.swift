/// Who owns what. A value: it is replaced as a whole.
public struct Plan: Hashable, Codable, Sendable {
    public var identity: PlanIdentity
    /// What all shards are configured with.
    public var configuration: SharedConfiguration
    public var shards: [PlannedShard]
    public var slices: [PlannedSlice]
    public var upstreams: [PlannedUpstream]

    public init(
        identity: PlanIdentity, configuration: SharedConfiguration, shards: [PlannedShard] = [],
        slices: [PlannedSlice] = [], upstreams: [PlannedUpstream] = []
    ) {
        self.identity = identity
        self.configuration = configuration
        self.shards = shards
        self.slices = slices
        self.upstreams = upstreams
    }
}

/// A configuration that the coordinator hands on as it is written: secrets stand in it as references, which each shard
/// resolves itself.
public struct SharedConfiguration: Hashable, Codable, Sendable {
    public var yaml: String

    public init(yaml: String) {
        self.yaml = yaml
    }
}

public struct PlannedShard: Hashable, Codable, Sendable {
    public var id: String
    /// Where the others reach it, such as `http://10.0.0.7:9341`.
    public var url: String
    /// The process that was told to hand over what it has, by its nonce: the order outlasts whoever gave it, and ends with
    /// the process.
    public var drained: String?

    public init(id: String, url: String, drained: String? = nil) {
        self.id = id
        self.url = url
        self.drained = drained
    }
}

public struct PlannedSlice: Hashable, Codable, Sendable {
    public var slice: Slice
    /// Nil while no shard is ready.
    public var owner: String?
    /// Serves it until the owner does, and one scrape longer.
    public var former: String?

    public init(_ slice: Slice, owner: String? = nil, former: String? = nil) {
        self.slice = slice
        self.owner = owner
        self.former = former
    }

    /// Everybody who has it to serve.
    public var holders: [String] { [owner, former].compactMap(\.self) }
}

/// Who asks a cluster.
public struct PlannedUpstream: Hashable, Codable, Sendable {
    public var cluster: String
    public var owner: String?
    /// Whether what an earlier owner asked may still be under way: the owner asks nothing as long as it is.
    public var isWaiting: Bool
    /// How long that can last at most, from when the plan was made; nil where nobody knows.
    public var quietSeconds: Double?
    /// Counts the owners, so that generations go on rising from one to the next.
    public var term: UInt64

    public init(cluster: String, owner: String? = nil, isWaiting: Bool = false, term: UInt64 = 0) {
        self.cluster = cluster
        self.owner = owner
        self.isWaiting = isWaiting
        self.term = term
    }
}

extension Plan {
    public func url(of shard: String) -> String? { shards.first { $0.id == shard }?.url }

    public func upstream(of cluster: String) -> PlannedUpstream? { upstreams.first { $0.cluster == cluster } }

    /// The same with nothing to do for anybody.
    public var withoutWork: Plan {
        Plan(identity: identity, configuration: configuration, shards: shards)
    }

    /// What no plan of ours has: one that came from outside is looked at before it is obeyed.
    public var flaw: String? {
        let known = Set(shards.map(\.id))
        if known.count < shards.count { return "names a shard twice" }
        if Set(slices.map(\.slice.id)).count < slices.count { return "names a slice twice" }
        if Set(upstreams.map(\.cluster)).count < upstreams.count { return "names an upstream twice" }
        let named = slices.flatMap(\.holders) + upstreams.compactMap(\.owner)
        return named.first { !known.contains($0) }.map { "gives work to '\($0)', which it doesn't know" }
    }
}
