public import FleetProtocol

/// The plan that a shard goes by: takes greater ones only, and remembers which it refused.
public struct PlanKeeper: Sendable {
    public private(set) var plan: Plan?
    /// The last ones, since the last plan was taken.
    public private(set) var refusals: [RefusedPlan] = []

    /// How many were refused since the start, the same one again too.
    public private(set) var refused: [PlanRefusal: Int] = [:]

    private static let mostRefusals = 8

    public init(_ plan: Plan? = nil) {
        self.plan = plan
    }

    /// - Returns: whether the plan is another than before and holds from now on.
    public mutating func offer(_ offered: Plan) -> Bool {
        guard let plan else {
            self.plan = offered
            return true
        }
        if let reason = plan.identity.refusal(of: offered.identity) {
            refused[reason, default: 0] += 1
            note(RefusedPlan(offered.identity, reason))
            return false
        }
        guard offered.identity != plan.identity else { return false }
        self.plan = offered
        refusals = []
        return true
    }

    private mutating func note(_ refusal: RefusedPlan) {
        guard !refusals.contains(refusal) else { return }
        refusals.append(refusal)
        if refusals.count > Self.mostRefusals { refusals.removeFirst() }
    }
}
