import Federation
import Fleet
import FleetPages
import HTTPServer
import Lease
import Merging
import Metrics
import Program
import ServiceRuntime
import Standby

/// A fleet that this coordinator leads or stands by for, and shows as one.
struct LedFleet: Sendable {
    let service: FleetService
    let gatherer: FleetGatherer
    private let peers: PeerWatch
    private let shared: SharedFederation
    private let watch: ClusterWatch

    init(
        _ settings: CoordinatorSettings, _ federation: Federation, _ registry: MetricRegistry, _ watch: ClusterWatch,
        _ log: Log
    ) {
        self.watch = watch
        let availability = settings.availability
        let fleet = FleetService(
            settings.fleet, availability,
            identity: CoordinatorIdentity(availability, listen: settings.effectiveWeb.listen),
            logger: log.logger("fleet"))
        service = fleet
        gatherer = FleetGatherer(
            PlannedSlices(fleet: fleet), figures: FleetFigure.catalogued, federation: federation,
            logger: log.logger("gatherer"),
            pace: { fleet.answeringLeader == nil ? .seconds(1) : max(availability.standbyInterval, .seconds(1)) },
            onMerge: { watch.note($0) })
        peers = PeerWatch(fleet, logger: log.logger("peers")) { federation.waitingFor.isEmpty }
        do { shared = try SharedFederation(federation, gatherer, FleetLeadership(fleet: fleet)) } catch {
            preconditionFailure("no client for HTTP: \(error)")
        }
        fleet.register(in: registry)
        gatherer.register(in: registry)
    }

    var services: [any Service] { [service, gatherer, watch, peers, service.keeper] }

    func answer(to request: RoutedRequest) -> Answer { shared.answer(to: request) }
}

private struct FleetLeadership: Leadership {
    let fleet: FleetService

    var ledSince: MonotonicClock.Instant? { fleet.ledSince }
    var isElected: Bool { fleet.isElected }

    var leaderURL: String? { fleet.answeringLeader }
}
