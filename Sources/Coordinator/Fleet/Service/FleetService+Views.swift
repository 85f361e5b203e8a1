public import FleetProtocol
import Lease
import Locks
public import Metrics
public import Planning
import ServiceRuntime
public import Store

/// What can be seen of the fleet.
extension FleetService {
    public var tokens: FleetTokens { settings.tokens }

    /// Whether there may be other coordinators.
    public var isElected: Bool { availability.isElected }

    /// Who has the lease by the store's last word; nil where nobody has, or its address isn't known.
    public var leader: RegisteredCoordinator? {
        guard let holder = keeper.holder?.holder else { return nil }
        return state.withLock { $0.coordinators }.first { $0.name == holder.name && $0.nonce == holder.nonce }
    }

    /// Who has the lease where that is another coordinator.
    var leaderElsewhere: RegisteredCoordinator? {
        leader.flatMap { $0.name == identity.candidate.name && $0.nonce == identity.candidate.nonce ? nil : $0 }
    }

    /// Where another coordinator leads that has renewed its lease as it should.
    public var answeringLeader: String? {
        guard !leads, let age = keeper.age, age < availability.timing.renewalInterval * 2 else { return nil }
        return leaderElsewhere?.url
    }

    public var report: LeaderReport {
        let (leader, term) = (leader, leads ? keeper.term : nil)
        return LeaderReport(
            name: identity.candidate.name, id: identity.candidate.description, mode: availability.mode.rawValue,
            leads: term != nil, epoch: (term ?? keeper.holder)?.epoch, leader: keeper.holder?.holder.name,
            leaderURL: leader?.url)
    }

    public var status: FleetStatus? {
        let now = clock.now
        let own = report
        return state.withLock { state in
            let time = state.term == nil ? state.seen ?? now : now
            guard var status = state.planner?.status(at: time) else { return nil }
            status.moves += state.formerMoves
            status.isDeposed = status.isDeposed || !own.leads
            status.coordinators = state.coordinators.map { coordinator in
                let report = coordinator.name == own.name ? own : state.reports[coordinator.name]
                return FleetStatus.Coordinator(
                    name: coordinator.name, url: coordinator.url, mode: coordinator.mode, leads: report?.leads,
                    epoch: report?.epoch)
            }
            return status
        }
    }

    /// Each slice, and where it is to be had: first from whoever shows it in the fleet's name; nil as long as that isn't
    /// known.
    public var served: [(slice: Slice, urls: [String])]? {
        let now = clock.now
        return state.withLock { state in
            guard let planner = state.planner, planner.isSettled(at: now) else { return nil }
            return planner.plan.slices.map { planned in
                let current = planner.current(of: planned)
                let holders = [current].compactMap(\.self) + planned.holders.filter { $0 != current }
                return (planned.slice, holders.compactMap { planner.members[$0]?.url })
            }
        }
    }

    public var plan: Plan? { state.withLock { $0.planner?.plan } }

    public func register(in registry: MetricRegistry) {
        FleetMetrics.register(in: registry) { [weak self] in
            guard let self, leads, let status else { return nil }
            return (status, state.withLock { $0.storeErrors })
        }
        LeaseMetrics.register(in: registry) { [weak self] in self?.leaseView }
    }

    private var leaseView: LeaseMetrics.View {
        let figures = keeper.figures
        return LeaseMetrics.View(
            figures: figures, leads: leads, epoch: keeper.holder?.epoch ?? figures.epoch, age: keeper.age,
            hasNamesake: figures.hasNamesake || state.withLock { $0.name.isContested }, isOnNetwork: file.isOnNetwork)
    }
}
