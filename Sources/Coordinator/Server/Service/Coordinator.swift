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
        let fleet = settings.leadsFleet ? LedFleet(settings, federation, registry, watch, log) : nil
        let page = FleetPage(fleet?.service, gatherer.board, federation, watch)
        federation.arrange((fleet == nil ? [] : [FleetGatherer.source]) + gatherer.sources)
        let web = WebService(
            settings.effectiveWeb, responder: Router.coordinator(federation, registry, fleet, page),
            logger: log.logger("web"))
        BuildMetrics.register(in: registry)
        ProcessMetrics.register(in: registry)
        LogMetrics.register(log, in: registry)
        web.register(in: registry)
        federation.register(in: registry)
        gatherer.board.register(in: registry)
        // The lease goes first when all is stopped: the next leader needn't wait until the last client is served here.
        let services: [any Service] = [web, gatherer] + (fleet?.services ?? [])
        return await ServiceRunner(logger: log.logger("services")).run(services, signals: signals)
    }
}
