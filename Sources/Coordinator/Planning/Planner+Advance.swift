import FleetProtocol
public import ServiceRuntime

extension Planner {
    /// Looks at what time and heartbeats have changed.
    ///
    /// - Returns: whether there is another plan since the last time.
    public mutating func advance(to now: Instant) -> Bool {
        guard !isDeposed, mayPlan(at: now) else { return false }
        if isFresh {
            adoptSlices(at: now)
            succeedUnknownOwners(at: now)
        }
        isFresh = false
        forget(at: now)
        var round = Round(self, at: now)
        round.releaseWork(&self)
        finishMoves(&round.plan, at: now)
        finishHandovers(&round.plan, at: now)
        place(&round)
        round.plan.shards = members.values.filter { $0.state(at: now, settings) != .lost || round.plan.names($0.id) }
            .map(\.planned).sorted { $0.id < $1.id }
        noteChanges(of: round)
        replace(with: round.plan)
        defer { announced = plan.identity }
        return announced != plan.identity
    }

    /// A fleet without a plan waits for its shards, so that the first one isn't given everything.
    private func mayPlan(at now: Instant) -> Bool {
        guard isFresh else { return true }
        guard let firstSeen, members.values.contains(where: { $0.state(at: now, settings) != .lost }) else {
            return false
        }
        return firstSeen.duration(to: now) >= (someoneHasPlan ? settings.lostAfter : settings.settling)
    }

    private var someoneHasPlan: Bool { members.values.contains { $0.heartbeat?.plan != nil } }

    /// Where the store was lost, and the owner of an upstream with it, nobody can say what that one asked last.
    private mutating func succeedUnknownOwners(at now: Instant) {
        guard someoneHasPlan else { return }
        for place in plan.upstreams.indices where plan.upstreams[place].owner == nil {
            let quiet = now + settings.quiet(longestQuestion)
            plan.upstreams[place].wait(quiet, after: now)
            handovers[plan.upstreams[place].cluster] = Handover(quiet: quiet, revision: 0)
        }
    }

    private var longestQuestion: Double? { members.values.compactMap { $0.heartbeat?.longestQuestionSeconds }.max() }

    private mutating func forget(at now: Instant) {
        cuts = cuts.filter { $0.value.duration(to: now) < settings.cutMemory }
        for (id, member) in members where mayLeave(id) {
            // Who said that it leaves, and has handed over what it had, isn't lost.
            let memory = member.heartbeat?.isDraining == true ? settings.lostAfter : settings.lostMemory
            if member.seen.duration(to: now) >= memory { members[id] = nil }
        }
    }

    /// Former owners whose slices have been served elsewhere for long enough are done.
    private mutating func finishMoves(_ plan: inout Plan, at now: Instant) {
        var serving: [String: Serving] = [:]
        for place in plan.places(where: { _, former in former != nil }) {
            let id = plan.slices[place].slice.id
            guard let owner = plan.slices[place].owner, members[owner]?.report(of: id)?.state == .serving else {
                continue
            }
            let known = servingSince[id]
            let since = known?.owner == owner ? known!.since : now
            serving[id] = Serving(owner: owner, since: since)
            guard since.duration(to: now) >= settings.overlap else { continue }
            plan.slices[place].former = nil
        }
        servingSince = serving
    }

    private mutating func finishHandovers(_ plan: inout Plan, at now: Instant) {
        for (cluster, handover) in handovers where isOver(handover, of: cluster, at: now) {
            handovers[cluster] = nil
            guard let place = plan.upstreams.firstIndex(where: { $0.cluster == cluster }) else { continue }
            plan.upstreams[place].isWaiting = false
            plan.upstreams[place].quietSeconds = nil
        }
    }

    private func isOver(_ handover: Handover, of cluster: String, at now: Instant) -> Bool {
        if let quiet = handover.quiet, quiet > now { return false }
        guard let from = handover.from, let member = members[from], let heartbeat = member.heartbeat else {
            return true
        }
        guard member.state(at: now, settings) != .lost else { return member.quiet(of: cluster, settings) <= now }
        return (heartbeat.plan?.revision ?? 0) >= handover.revision && member.report(on: cluster) == nil
    }
}

extension PlannedUpstream {
    /// - Parameter quiet: when nothing of an earlier owner's can be under way any more; nil where nobody knows.
    mutating func wait(_ quiet: MonotonicClock.Instant?, after now: MonotonicClock.Instant) {
        let known = isWaiting && quietSeconds == nil ? nil : quiet.map { max(0, now.duration(to: $0) / .seconds(1)) }
        quietSeconds = known.map { max($0, quietSeconds ?? 0) }
        isWaiting = true
    }
}

extension Plan {
    /// A store that was lost, or replaced by an older one, doesn't know the last term of an upstream: so that the next one
    /// is greater all the same, each epoch has terms of its own, about 4,000 of them.
    var leastTerm: UInt64 { min(identity.epoch, 0xF_FFFF) << 12 }

    func term(after term: UInt64) -> UInt64 { max(term + 1, leastTerm) }

    /// Where there are slices whose owner and former owner are such. A loop that looks for them and changes some copies all
    /// slices, also where it finds none.
    func places(where isWanted: (_ owner: String?, _ former: String?) -> Bool) -> [Int] {
        slices.indices.filter { isWanted(slices[$0].owner, slices[$0].former) }
    }

    /// Whether the shard has any work.
    func names(_ shard: String) -> Bool {
        slices.contains { $0.owner == shard || $0.former == shard } || upstreams.contains { $0.owner == shard }
    }
}
