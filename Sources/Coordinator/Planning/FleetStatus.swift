public import FleetProtocol
public import ServiceRuntime

/// The fleet as people see it.
public struct FleetStatus: Codable, Sendable {
    public var plan: PlanIdentity
    public var isDeposed: Bool
    public var moves: Int
    /// Those that share the store.
    public var coordinators: [Coordinator] = []
    public var shards: [Shard]
    public var slices: [SliceStatus]
    public var upstreams: [UpstreamStatus]
    /// What got another owner, the newest first.
    public var changes: [PlanChange] = []

    public struct Coordinator: Codable, Sendable {
        public var name: String
        public var url: String
        public var mode: String
        /// Nil for one that doesn't answer.
        public var leads: Bool?
        /// Of the last leader that it knows of.
        public var epoch: UInt64?

        public init(name: String, url: String, mode: String, leads: Bool? = nil, epoch: UInt64? = nil) {
            self.name = name
            self.url = url
            self.mode = mode
            self.leads = leads
            self.epoch = epoch
        }
    }

    public struct Shard: Codable, Sendable {
        public var id: String
        public var url: String
        public var state: ShardState
        /// Nil where this coordinator has heard nothing of it yet.
        public var heartbeatAgeSeconds: Double?
        /// Nil before it has one.
        public var plan: PlanIdentity?
        public var slices: Int
        public var upstreams: Int
        /// Seconds of work a minute.
        public var load: Double
        public var problem: String?
        public var refusals: [RefusedPlan]
        public var unreachable: [String]
        /// Where another process listens that has the name, too, and isn't heard.
        public var namesake: String?
        /// Heartbeats of such processes.
        public var refusedHeartbeats = 0
    }

    public struct SliceStatus: Codable, Sendable {
        public var id: String
        public var cluster: String
        public var prefix: String
        public var collectors: [String]
        public var state: SliceState
        public var owner: String?
        public var former: String?
        /// Who shows it in the fleet's name.
        public var current: String?
        public var ageSeconds: Double?
        public var weight: Double
    }

    public struct UpstreamStatus: Codable, Sendable {
        public var cluster: String
        public var owner: String?
        public var isWaiting: Bool
        public var term: UInt64
        public var weight: Double
        public var inFlight: [InFlight]
        /// Nil where the owner says nothing of it.
        public var health: UpstreamHealth?
    }
}

extension Planner {
    /// The one who shows a slice in the fleet's name: its owner as soon as it serves, and the former one until then.
    public func current(of slice: PlannedSlice) -> String? {
        guard let former = slice.former else { return slice.owner }
        return state(of: slice) == .serving ? slice.owner : former
    }

    private func state(of slice: PlannedSlice) -> SliceState {
        slice.owner.flatMap { members[$0]?.report(of: slice.slice.id)?.state } ?? .assigned
    }

    public func status(at now: Instant) -> FleetStatus {
        FleetStatus(
            plan: plan.identity, isDeposed: isDeposed, moves: moves,
            shards: members.values.sorted { $0.id < $1.id }.map { shard($0, at: now) },
            slices: plan.slices.map { slice($0, at: now) }, upstreams: plan.upstreams.map { upstream($0, at: now) },
            changes: changes.all(at: now))
    }

    private func shard(_ member: Member, at now: Instant) -> FleetStatus.Shard {
        let slices = plan.slices.filter { $0.owner == member.id }.map { Work.slice($0.slice.id) }
        let upstreams = plan.upstreams.filter { $0.owner == member.id }.map { Work.upstream($0.cluster) }
        return FleetStatus.Shard(
            id: member.id, url: member.url, state: member.state(at: now, settings),
            heartbeatAgeSeconds: member.heartbeat.map { _ in member.seen.duration(to: now) / .seconds(1) },
            plan: member.heartbeat?.plan,
            slices: slices.count, upstreams: upstreams.count,
            load: Double(weights.of(slices + upstreams).reduce(0, +)) / 1000, problem: member.heartbeat?.problem,
            refusals: member.heartbeat?.refusals ?? [], unreachable: member.heartbeat?.unreachable ?? [],
            namesake: member.namesake.flatMap { $0.seen.duration(to: now) < settings.lostAfter ? $0.url : nil },
            refusedHeartbeats: member.namesake?.refusals ?? 0)
    }

    private func slice(_ planned: PlannedSlice, at now: Instant) -> FleetStatus.SliceStatus {
        let slice = planned.slice
        let current = current(of: planned)
        let member = current.flatMap { members[$0] }
        let age = member?.report(of: slice.id)?.ageSeconds
        return FleetStatus.SliceStatus(
            id: slice.id, cluster: slice.cluster, prefix: slice.prefix, collectors: slice.collectors,
            state: state(of: planned), owner: planned.owner, former: planned.former, current: current,
            ageSeconds: age.flatMap { age in member.map { age + $0.seen.duration(to: now) / .seconds(1) } },
            weight: Double(weights[.slice(slice.id)]) / 1000)
    }

    private func upstream(_ planned: PlannedUpstream, at now: Instant) -> FleetStatus.UpstreamStatus {
        let owner = planned.owner.flatMap { members[$0] }
        let report = owner?.report(on: planned.cluster)
        let silence = owner.map { $0.seen.duration(to: now) / .seconds(1) } ?? 0
        return FleetStatus.UpstreamStatus(
            cluster: planned.cluster, owner: planned.owner, isWaiting: planned.isWaiting, term: planned.term,
            weight: Double(weights[.upstream(planned.cluster)]) / 1000, inFlight: report?.inFlight ?? [],
            health: report?.health?.aged(by: silence))
    }
}
