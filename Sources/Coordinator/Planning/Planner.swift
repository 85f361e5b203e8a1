public import FleetProtocol
public import ServiceRuntime

/// Decides who owns what: takes heartbeats, and gives plans.
///
/// It has no clock and no store. A value, so that whoever asks for the next plan can keep the old state until the new
/// plan is safely stored:
///
///     var next = planner
///     if next.advance(to: now) { try store(next.plan) }
///     planner = next
///
/// - Work stays where it is unless its owner is lost or drains; only ready shards get work.
/// - A slice that moves is served by its former owner until the new one has served it for one scrape interval.
/// - An upstream that moves isn't asked until what its former owner asked can't be under way any more.
/// - Beyond that, at most one slice a round moves, while some load is more than a tenth above the ideal.
public struct Planner: Sendable {
    public typealias Instant = MonotonicClock.Instant

    public internal(set) var plan: Plan
    public internal(set) var members: [String: Member] = [:]
    public let settings: PlanningSettings
    /// Set by a plan of a higher epoch than ours: another coordinator leads.
    public internal(set) var isDeposed = false
    /// Pieces of work that changed their owner.
    public internal(set) var moves = 0
    var changes = PlanChanges()
    var weights = Weights()
    /// When the coordinator took office, or all shards came back from being out of reach.
    var office: Instant
    /// Whether this plan was in no store: what shards hold is adopted before anything is placed.
    var isFresh: Bool
    var firstSeen: Instant?
    /// The plan that was given last.
    var announced: PlanIdentity?
    /// Since when slices that have a former owner, too, are served by their owners.
    var servingSince: [String: Serving] = [:]
    var handovers: [String: Handover] = [:]
    /// Pairs of shards of which the first can't reach the second.
    var cuts: [Cut: Instant] = [:]
    /// When loads were last looked at.
    var lastLook: Instant?
    /// Where moves lead to, where no single one brings an improvement.
    var course: [Work: String] = [:]

    struct Serving {
        let owner: String
        let since: Instant
    }

    /// An upstream on its way from one owner to the next.
    struct Handover {
        /// Who has to let go first, while it lives; nil for somebody who is gone.
        var from: String?
        /// When nothing of the former owner's can be under way any more, where it can't say so itself.
        var quiet: Instant?
        /// The first plan that says so.
        var revision: UInt64

        mutating func wait(until time: Instant) {
            quiet = quiet.map { max($0, time) } ?? time
        }
    }

    struct Cut: Hashable {
        let reader: String
        let owner: String
    }

    /// - Parameter plan: as stored, under the identity of the one who takes office.
    public init(
        _ plan: Plan, isFresh: Bool, _ settings: PlanningSettings = PlanningSettings(), at now: Instant
    ) {
        self.plan = plan
        self.isFresh = isFresh
        self.settings = settings
        office = now
        announced = isFresh ? nil : plan.identity
        for shard in plan.shards {
            members[shard.id] = Member(id: shard.id, url: shard.url, seen: now, drained: shard.drained)
        }
        for upstream in plan.upstreams where upstream.isWaiting {
            handovers[upstream.cluster] = Handover(quiet: now + settings.quiet(upstream.quietSeconds), revision: 0)
        }
    }

    public func state(of shard: String, at now: Instant) -> ShardState? { members[shard]?.state(at: now, settings) }
}

extension Planner {
    /// Other slices, clusters or configuration, from the next plan on; what stays keeps its owner.
    public mutating func configure(_ configuration: SharedConfiguration, slices: [Slice], clusters: [String]) {
        let known = Dictionary(uniqueKeysWithValues: plan.slices.map { ($0.slice.id, $0) })
        let upstreams = Dictionary(uniqueKeysWithValues: plan.upstreams.map { ($0.cluster, $0) })
        var next = plan
        next.configuration = configuration
        next.slices = slices.map { PlannedSlice($0, owner: known[$0.id]?.owner, former: known[$0.id]?.former) }
        next.upstreams = clusters.map { upstreams[$0] ?? PlannedUpstream(cluster: $0) }
        replace(with: next)
        handovers = handovers.filter { clusters.contains($0.key) }
        weights.keep(only: Set(slices.map { .slice($0.id) } + clusters.map { .upstream($0) }))
    }

    mutating func replace(with next: Plan) {
        guard next != plan else { return }
        plan = next
        plan.identity.revision += 1
    }

    /// - Throws: where another process has the name; of this one nothing is heard then.
    public mutating func take(
        _ heartbeat: Heartbeat, from shard: String, url: String, at now: Instant
    ) throws(NameConflict) {
        if let owner = members[shard], owner.keepsName(from: heartbeat, at: url, now, settings) {
            members[shard]?.refuse(url, at: now)
            throw NameConflict(shard: shard, owner: owner.url)
        }
        forgive(at: now)
        if firstSeen == nil { firstSeen = now }
        noteEpoch(heartbeat)
        var member = members[shard] ?? Member(id: shard, url: url, seen: now)
        if let last = member.heartbeat, last.nonce != heartbeat.nonce { noteRestart(of: member, at: now) }
        if isFresh { adoptUpstreams(of: heartbeat, by: shard) } else { catchUp(with: heartbeat, of: shard) }
        member.take(heartbeat, url: url, at: now)
        members[shard] = member
        noteCosts(heartbeat, of: shard)
        for owner in heartbeat.unreachable where owner != shard { cuts[Cut(reader: shard, owner: owner)] = now }
    }

    /// Whether the plan is one that was given out.
    public var isAnnounced: Bool { announced == plan.identity }

    /// Whether who owns what is known: of a plan that was in no store not until shards had time to say so.
    public func isSettled(at now: Instant) -> Bool {
        !isFresh || firstSeen == nil && office.duration(to: now) >= settings.lostAfter * 2
    }

    /// Somebody else leads: no more plans.
    public mutating func depose() {
        isDeposed = true
    }

    /// Tells a shard to hand over what it has.
    ///
    /// - Returns: whether there is such a shard.
    public mutating func drain(_ shard: String) -> Bool {
        guard members[shard] != nil else { return false }
        members[shard]?.isOrderedToDrain = true
        return true
    }

    /// Whether a shard that drains has nothing left that others don't have.
    public func mayLeave(_ shard: String) -> Bool {
        !isFresh && !plan.names(shard) && !handovers.values.contains { $0.from == shard }
    }

    /// When nobody could be heard, nobody is lost: it was we who were out of reach.
    private mutating func forgive(at now: Instant) {
        guard !members.isEmpty, members.values.allSatisfy({ $0.state(at: now, settings) == .lost }) else { return }
        office = now
        for shard in members.keys { members[shard]?.seen = now }
    }

    private mutating func noteEpoch(_ heartbeat: Heartbeat) {
        if let other = heartbeat.plan, other.epoch > plan.identity.epoch { isDeposed = true }
    }

    /// What the process asked before its end may still be under way, and nobody is left to say when it is over.
    private mutating func noteRestart(of member: Member, at now: Instant) {
        var next = plan
        for place in next.upstreams.indices {
            let cluster = next.upstreams[place].cluster
            let isOwner = next.upstreams[place].owner == member.id
            guard isOwner || handovers[cluster]?.from == member.id else { continue }
            var handover = handovers[cluster] ?? Handover(revision: 0)
            if handover.from == member.id { handover.from = nil }
            let quiet = member.quiet(of: cluster, settings)
            handover.wait(until: quiet)
            handovers[cluster] = handover
            next.upstreams[place].wait(quiet, after: now)
            if isOwner { next.upstreams[place].term = next.term(after: next.upstreams[place].term) }
        }
        replace(with: next)
    }

    /// A store that was lost is made anew of what shards do already: upstreams at once, by their terms.
    private mutating func adoptUpstreams(of heartbeat: Heartbeat, by shard: String) {
        for report in heartbeat.upstreams {
            guard let place = plan.upstreams.firstIndex(where: { $0.cluster == report.cluster }),
                plan.upstreams[place].owner == nil || isLater(report, than: plan.upstreams[place])
            else { continue }
            plan.upstreams[place].owner = shard
            if isLater(report, than: plan.upstreams[place]) { plan.upstreams[place].term = report.term }
        }
    }

    /// A store that an older one was put in place of doesn't know the last owners.
    private mutating func catchUp(with heartbeat: Heartbeat, of shard: String) {
        var next = plan
        for report in heartbeat.upstreams {
            guard let place = next.upstreams.firstIndex(where: { $0.cluster == report.cluster }),
                isLater(report, than: next.upstreams[place])
            else { continue }
            let isOwner = next.upstreams[place].owner == shard
            next.upstreams[place].term = isOwner ? report.term : next.term(after: report.term)
        }
        replace(with: next)
    }

    /// Generations have room for terms of 32 bits.
    private func isLater(_ report: UpstreamReport, than planned: PlannedUpstream) -> Bool {
        report.term > planned.term && report.term < 1 << 32
    }

    private mutating func noteCosts(_ heartbeat: Heartbeat, of shard: String) {
        // As long as nobody knows who owns what, each counts what it has.
        let places = plan.slices.indices.filter { isFresh || plan.slices[$0].owner == shard }
        let owned = Set(places.map { plan.slices[$0].slice.id })
        for report in heartbeat.slices where owned.contains(report.id) {
            if let cost = report.cost { weights.observe(cost, of: .slice(report.id)) }
        }
        for report in heartbeat.upstreams where plan.upstream(of: report.cluster)?.owner == shard {
            if let cost = report.cost { weights.observe(cost, of: .upstream(report.cluster)) }
        }
    }
}
