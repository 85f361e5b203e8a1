import Federation
import Fleet
import FleetPages
import Gathering
import Glibc
import HTTPServer
import Merging
import Metrics
import Program
import ServiceRuntime

/// The process as it serves: all its services, in the order in which they start.
struct Coordinator {
    let settings: CoordinatorSettings

    init(_ settings: CoordinatorSettings) {
        self.settings = settings
    }

    func run(signals: AsyncStream<Signal>) async -> ServiceOutcome {
        let log = Log(settings.log)
        let federation = Federation(settings.federation.answers, cacheLimit: settings.federation.cacheBytes)
        let gatherer = Gatherer(settings.targets, federation: federation, logger: log.logger("gatherer"))
        let registry = MetricRegistry()
        let watch = ClusterWatch()
        let fleet = settings.leadsFleet ? Led(settings, federation, registry, watch, log) : nil
        let page = FleetPage(fleet?.service, gatherer.board, federation, watch)
        federation.arrange((fleet == nil ? [] : [FleetGatherer.source]) + gatherer.sources)
        let web = WebService(
            settings.effectiveWeb,
            responder: Router.coordinator(federation, registry, fleet?.service, fleet?.gatherer, page),
            logger: log.logger("web"))
        BuildMetrics.register(in: registry)
        ProcessMetrics.register(in: registry)
        LogMetrics.register(log, in: registry)
        web.register(in: registry)
        federation.register(in: registry)
        gatherer.board.register(in: registry)
        let services: [any Service] =
            (fleet.map { [$0.service] } ?? []) + [web, gatherer] + (fleet.map { [$0.gatherer, watch] } ?? [])
        return await ServiceRunner(logger: log.logger("services")).run(services, signals: signals)
    }
}

/// A fleet that is led, and shown as one.
private struct Led {
    let service: FleetService
    let gatherer: FleetGatherer

    init(
        _ settings: CoordinatorSettings, _ federation: Federation, _ registry: MetricRegistry,
        _ watch: ClusterWatch, _ log: Log
    ) {
        service = FleetService(settings.fleet, logger: log.logger("fleet"))
        gatherer = FleetGatherer(
            PlannedSlices(fleet: service), figures: FleetFigure.catalogued, federation: federation,
            logger: log.logger("gatherer")
        ) { watch.note($0) }
        service.register(in: registry)
        gatherer.register(in: registry)
    }
}
