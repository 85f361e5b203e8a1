public import FleetProtocol
import Lease
import Locks
public import Planning
public import ServiceRuntime
import Store

/// What becomes of something that only the leader does.
public enum Led<Result: Sendable>: Sendable {
    case done(Result)
    /// Another coordinator leads, or none.
    case elsewhere
}

/// In office.
extension FleetService {
    /// Whether the lease is ours at this moment, and the fleet in our hands: ask again before each word to anybody.
    public var leads: Bool {
        guard let term = keeper.term else { return false }
        return state.withLock { $0.term } == term
    }

    /// Since when; nil while somebody else may.
    public var ledSince: MonotonicClock.Instant? {
        guard leads else { return nil }
        return state.withLock { $0.termBegan }
    }

    /// Hears a shard.
    ///
    /// - Throws: where another process has its name.
    public func take(
        _ heartbeat: Heartbeat, from shard: String, url: String
    ) async throws(NameConflict) -> Led<HeartbeatAnswer> {
        hear(heartbeat.plan, from: shard)
        guard leads else { return .elsewhere }
        let (planner, conflict) = await inTurn {
            var conflict: NameConflict?
            let planner = self.advance { planner in
                do throws(NameConflict) {
                    try planner.take(heartbeat, from: shard, url: url, at: self.clock.now)
                } catch {
                    conflict = error
                }
            }
            return (planner, conflict)
        }
        if let conflict { throw conflict }
        // The store can have taken its time.
        guard let planner, leads else { return .elsewhere }
        let plan = planner.plan
        // A plan that was never kept isn't shown to anybody.
        let isNews = plan.identity != heartbeat.plan && planner.isAnnounced && !planner.isDeposed
        return .done(
            HeartbeatAnswer(
                plan: isNews ? plan : nil, nextSeconds: settings.heartbeatInterval / .seconds(1),
                mayLeave: heartbeat.isDraining && planner.mayLeave(shard)))
    }

    /// A shard obeys somebody else, perhaps in a later term.
    private func hear(_ plan: PlanIdentity?, from shard: String) {
        guard let plan, plan.holder != identity.candidate.description else { return }
        if let term = keeper.term, plan.epoch >= term.epoch {
            logger.warning(
                "a shard goes by the plan of another leader",
                ["shard": .string(shard), "plan": .string("\(plan)"), "store": .string(plan.store)])
        }
        let holder = Candidate(plan.holder) ?? Candidate(name: plan.holder, nonce: 0)
        keeper.hear(Election.Term(epoch: plan.epoch, holder: holder))
    }

    /// - Returns: whether there is such a shard.
    public func drain(_ shard: String) async -> Led<Bool> {
        guard leads else { return .elsewhere }
        return await inTurn {
            guard let planner = self.advance({ _ = $0.drain(shard) }) else { return .elsewhere }
            return .done(planner.members[shard] != nil)
        }
    }

    /// Lets others lead for a while.
    public func stepDown() -> Led<Void> {
        guard leads else { return .elsewhere }
        keeper.stepDown()
        return .done(())
    }

    func takeOffice(_ term: Election.Term) {
        guard let work = state.withLock({ $0.work }) else { return }
        do throws(StoreError) {
            let known = state.withLock { $0.planner.flatMap { $0.isAnnounced ? $0.plan : nil } }
            let (plan, isFresh) = try plans.takeOffice(term, knowing: known)
            var planner = Planner(plan, isFresh: isFresh, settings.planning, at: clock.now)
            planner.configure(work.configuration, slices: work.slices, clusters: work.clusters)
            let now = clock.now
            state.withLock { state in
                state.formerMoves += state.planner?.moves ?? 0
                state.planner = planner
                state.term = term
                state.termBegan = now
                state.storeError = nil
            }
            logger.info("leading", ["plan": .string("\(plan.identity)"), "slices": .integer(work.slices.count)])
        } catch {
            noteStoreError(error)
        }
    }

    func leaveOffice() {
        state.withLock { state in
            state.term = nil
            state.formerMoves += state.planner?.moves ?? 0
            // What it knew of shards gets old; where they are doesn't, should the store be gone.
            state.planner = state.planner.flatMap { planner in
                planner.isAnnounced ? Planner(planner.plan, isFresh: false, settings.planning, at: clock.now) : nil
            }
            state.seen = clock.now
        }
        logger.info("not leading any more")
        follow()
    }

    /// Changes the planner and looks at time; keeps what comes of it. Where that can't be done, nothing has changed but
    /// what was heard.
    ///
    /// - Returns: nil where this coordinator doesn't lead.
    @discardableResult
    func advance(_ change: (inout Planner) -> Void) -> Planner? {
        let now = clock.now
        guard var planner = state.withLock({ $0.term == nil ? nil : $0.planner }) else { return nil }
        change(&planner)
        let heard = planner
        if planner.advance(to: now) {
            do throws(StoreError) {
                try plans.keep(planner.plan)
                state.withLock { $0.storeError = nil }
                logger.info("plan", ["plan": .string("\(planner.plan.identity)")])
            } catch {
                noteStoreError(error)
                planner = heard
                if case .overtaken = error { planner.depose() }
            }
        }
        let next = planner
        state.withLock { $0.planner = next }
        return next
    }

    /// An older copy of the store that was put in its place doesn't have the last plan.
    func keepAgain() {
        guard let planner = state.withLock({ $0.planner }), planner.isAnnounced else { return }
        do throws(StoreError) {
            guard try plans.identity().isOlder(than: planner.plan.identity) else { return }
            try plans.keep(planner.plan)
            logger.warning(
                "the store was an older one, and has the last plan again",
                ["plan": .string("\(planner.plan.identity)")])
        } catch {
            // The keeper of the lease has the same trouble, and says so.
        }
    }

    private func noteStoreError(_ error: StoreError) {
        let isNew = state.withLock { state in
            defer { state.storeError = "\(error)" }
            state.storeErrors += 1
            return state.storeError == nil
        }
        if isNew { logger.error("the plan can't be kept", ["error": .string("\(error)")]) }
    }
}
