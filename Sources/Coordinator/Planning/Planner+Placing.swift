import FleetProtocol
import ServiceRuntime

extension Planner {
    /// Gives what is without an owner to somebody; and moves one piece, where the load is uneven and nothing else is
    /// under way.
    mutating func place(_ round: inout Round) {
        guard !round.ready.isEmpty else { return }
        let hasOrphans = round.plan.hasOrphans
        guard hasOrphans || isSettled(round) else { return }
        var placement = placement(round)
        if hasOrphans { return fill(&round.plan, placement.owners(round.ready)) }
        lastLook = round.now
        guard let move = nextMove(&placement, round) else { return }
        self.move(move.work, to: round.ready[move.to], &round)
    }

    /// Work of shards that are neither ready nor gone stays with them, and so isn't placed.
    private func placement(_ round: Round) -> Placement {
        let places = Dictionary(uniqueKeysWithValues: round.ready.enumerated().map { ($1, $0) })
        let works = round.plan.works.filter { $0.owner == nil || places[$0.owner!] != nil }
        let weights = weights.of(works.map(\.work))
        let items = zip(works, weights).map { work, weight in
            Placement.Item(
                work: work.work, weight: weight, owner: work.owner.flatMap { places[$0] },
                isPinned: work.work.isUpstream && work.owner != nil,
                barred: barred(work.cluster, of: work.work, round, places))
        }
        return Placement(items, shards: round.ready.count)
    }

    private func barred(_ cluster: String, of work: Work, _ round: Round, _ places: [String: Int]) -> Set<Int> {
        guard !cuts.isEmpty, case .slice = work, let owner = round.plan.upstream(of: cluster)?.owner else { return [] }
        return Set(cuts.keys.filter { $0.owner == owner }.compactMap { places[$0.reader] })
    }

    private func isSettled(_ round: Round) -> Bool {
        guard lastLook.map({ $0.duration(to: round.now) >= settings.round }) ?? true else { return false }
        guard office.duration(to: round.now) >= settings.lostAfter else { return false }
        return handovers.isEmpty && round.plan.slices.allSatisfy { $0.former == nil }
    }

    /// One step towards even loads: the best single one; and where none helps, one of those that lead to the ideal.
    private mutating func nextMove(_ placement: inout Placement, _ round: Round) -> Placement.Move? {
        guard !placement.isBalanced else {
            course = [:]
            return nil
        }
        if course.isEmpty, let improvement = placement.improvement { return improvement }
        if course.isEmpty { course = placement.renewed.mapValues { round.ready[$0] } }
        let step = placement.items.first { item in
            guard let goal = course[item.work], let place = round.ready.firstIndex(of: goal) else { return false }
            return item.owner != place && !item.barred.contains(place)
        }
        guard let step, let place = round.ready.firstIndex(of: course[step.work]!) else {
            course = [:]
            return nil
        }
        return Placement.Move(work: step.work, to: place)
    }

    private mutating func fill(_ plan: inout Plan, _ owners: [Work: String]) {
        for place in plan.slices.indices where plan.slices[place].owner == nil {
            plan.slices[place].owner = owners[.slice(plan.slices[place].slice.id)]
            moves += 1
        }
        for place in plan.upstreams.indices where plan.upstreams[place].owner == nil {
            plan.upstreams[place].owner = owners[.upstream(plan.upstreams[place].cluster)]
            plan.upstreams[place].term = max(plan.upstreams[place].term, plan.leastTerm)
            moves += 1
        }
    }

    private mutating func move(_ work: Work, to owner: String, _ round: inout Round) {
        moves += 1
        switch work {
        case .slice(let id):
            guard let place = round.plan.slices.firstIndex(where: { $0.slice.id == id }) else { return }
            round.plan.slices[place].former = round.plan.slices[place].owner
            round.plan.slices[place].owner = owner
        // For even loads only slices move: a new owner of an upstream would have to ask Slurm before its time.
        case .upstream: break
        }
    }
}

extension Placement {
    func owners(_ shards: [String]) -> [Work: String] {
        Dictionary(uniqueKeysWithValues: items.compactMap { item in item.owner.map { (item.work, shards[$0]) } })
    }
}

extension Plan {
    /// All there is to do, with its owner and cluster.
    fileprivate var works: [(work: Work, cluster: String, owner: String?)] {
        upstreams.map { (.upstream($0.cluster), $0.cluster, $0.owner) }
            + slices.map { (.slice($0.slice.id), $0.slice.cluster, $0.owner) }
    }

    fileprivate var hasOrphans: Bool {
        slices.indices.contains { slices[$0].owner == nil } || upstreams.contains { $0.owner == nil }
    }
}
