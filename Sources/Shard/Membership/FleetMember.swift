public import FleetProtocol

/// What does the work that plans give out.
public protocol FleetMember: Sendable {
    /// Does what the plan says from now on, and no more; returns soon, whatever Slurm does.
    ///
    /// - Returns: why it can't; what it did before goes on then.
    func follow(_ plan: Plan, as shard: String) async -> String?

    func report() async -> WorkReport
}

/// How the work goes.
public struct WorkReport: Sendable {
    public var slices: [SliceReport] = []
    public var upstreams: [UpstreamReport] = []
    /// Owners of upstreams that can't be reached from here.
    public var unreachable: [String] = []
    /// How long an answer may take at most, whichever shard asks for it; nil before that is known.
    public var longestQuestionSeconds: Double?

    public init() {}
}
