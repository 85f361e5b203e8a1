import FleetProtocol
import ServiceRuntime

/// One round of planning: who can be given work, and what is without an owner.
struct Round {
    let now: MonotonicClock.Instant
    /// Shards that can be given work, by name.
    let ready: [String]
    let states: [String: ShardState]
    var plan: Plan

    init(_ planner: Planner, at now: MonotonicClock.Instant) {
        self.now = now
        states = planner.members.mapValues { $0.state(at: now, planner.settings) }
        ready = states.filter { $0.value == .ready }.keys.sorted()
        plan = planner.plan
    }

    /// Takes work from shards that are lost, drain or are cut off, where somebody else could have it.
    mutating func releaseWork(_ planner: inout Planner) {
        guard !ready.isEmpty else { return }
        for place in plan.places(where: { isConcerned($0, $1, planner) }) {
            // Released in place, each would cost a copy of all the others.
            var slice = plan.slices[place]
            release(&slice, planner)
            if slice != plan.slices[place] { plan.slices[place] = slice }
        }
        for place in plan.upstreams.indices {
            var upstream = plan.upstreams[place]
            release(&upstream, &planner)
            if upstream != plan.upstreams[place] { plan.upstreams[place] = upstream }
        }
    }

    /// Whether a slice of these may have to be released: of most it is clear at a glance that it stays.
    private func isConcerned(_ owner: String?, _ former: String?, _ planner: Planner) -> Bool {
        guard let owner else { return former != nil }
        return former != nil || states[owner] != .ready || !planner.cuts.isEmpty
    }

    private func isGone(_ shard: String) -> Bool { states[shard].map { $0 == .lost } ?? true }

    private func release(_ slice: inout PlannedSlice, _ planner: Planner) {
        if let former = slice.former, isGone(former) { slice.former = nil }
        guard let owner = slice.owner else { return }
        if isGone(owner) {
            slice.owner = nil
            takeBack(&slice)
        } else if states[owner] == .draining || isCutOff(owner, from: slice.slice.cluster, planner) {
            guard ready.contains(where: { $0 != owner }) else { return }
            // Whoever has shown it so far goes on; a new owner that has shown nothing yet isn't needed.
            slice.owner = nil
            guard slice.former == nil else { return takeBack(&slice) }
            slice.former = owner
        }
    }

    /// A former owner that can go on becomes the owner again.
    private func takeBack(_ slice: inout PlannedSlice) {
        guard let former = slice.former, states[former] == .ready else { return }
        slice.owner = former
        slice.former = nil
    }

    private func isCutOff(_ reader: String, from cluster: String, _ planner: Planner) -> Bool {
        guard let owner = plan.upstream(of: cluster)?.owner, states[owner] != .lost else { return false }
        return planner.cuts[Planner.Cut(reader: reader, owner: owner)] != nil
    }

    private func release(_ upstream: inout PlannedUpstream, _ planner: inout Planner) {
        guard let owner = upstream.owner else { return }
        let isGone = isGone(owner)
        guard isGone || states[owner] == .draining && ready.contains(where: { $0 != owner }) else { return }
        let quiet = isGone ? planner.members[owner]?.quiet(of: upstream.cluster, planner.settings) ?? now : nil
        upstream.owner = nil
        upstream.wait(quiet, after: now)
        upstream.term = plan.term(after: upstream.term)
        var handover = planner.handovers[upstream.cluster] ?? Planner.Handover(revision: 0)
        if let quiet {
            handover.wait(until: quiet)
        } else if handover.from == nil {
            (handover.from, handover.revision) = (owner, plan.identity.revision + 1)
        }
        planner.handovers[upstream.cluster] = handover
    }
}
