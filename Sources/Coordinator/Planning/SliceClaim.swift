import FleetProtocol
import ServiceRuntime

/// What a shard says of a slice that it has, to a coordinator that knows of no plan.
///
/// The greater is the better one: who goes by an older plan may have been out of reach since, and shows what is older; by
/// the same plan the owner goes before the former one.
struct SliceClaim: Comparable {
    let shard: String
    let plan: PlanIdentity?
    let report: SliceReport

    init?(of slice: String, by member: Member) {
        guard let report = member.report(of: slice) else { return nil }
        (shard, plan, self.report) = (member.id, member.heartbeat?.plan, report)
    }

    var isServing: Bool { report.state == .serving }
    var isFormer: Bool { report.isFormer ?? false }

    /// Whether it was the former owner, or hasn't heard yet that it is.
    func mayPrecede(_ owner: SliceClaim) -> Bool {
        guard let plan, let last = owner.plan, shard != owner.shard, isServing else { return false }
        return plan.store == last.store && plan.revision + 1 >= last.revision
    }

    static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: (UInt64, UInt64, Int, Int, String) {
        (plan?.epoch ?? 0, plan?.revision ?? 0, isFormer ? 0 : 1, isServing ? 1 : 0, shard)
    }
}

extension Planner {
    /// A store that was lost is made anew of what shards do already. A slice on its way stays on it.
    mutating func adoptSlices(at now: Instant) {
        let heard = members.values.filter { $0.state(at: now, settings) != .lost }
        for place in plan.slices.indices {
            let claims = heard.compactMap { SliceClaim(of: plan.slices[place].slice.id, by: $0) }
            guard let owner = claims.max() else { continue }
            plan.slices[place].owner = owner.shard
            guard !owner.isServing else { continue }
            plan.slices[place].former = claims.filter { $0.mayPrecede(owner) }.max()?.shard
        }
    }
}
