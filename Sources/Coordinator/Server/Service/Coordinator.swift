import Configuration
import Federation
import Fleet
import FleetPages
import FleetProtocol
import Gathering
import Glibc
import HTTP
import HTTPServer
import Merging
import Metrics
import Program
import ServiceRuntime

/// The process as it serves: all its services, in the order in which they start.
struct Coordinator {
    private let startup: Startup<CoordinatorSettings, CoordinatorCommand>
    private let settings: CoordinatorSettings

    init(_ startup: Startup<CoordinatorSettings, CoordinatorCommand>) {
        self.startup = startup
        settings = startup.loadOrExit(examine: CoordinatorSettings.examine).settings
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
            settings.effectiveWeb, responder: router(federation, registry, fleet, gatherer, page),
            logger: log.logger("web"))
        BuildMetrics.register(in: registry)
        ProcessMetrics.register(in: registry)
        LogMetrics.register(log, in: registry)
        web.register(in: registry)
        federation.register(in: registry)
        gatherer.board.register(in: registry)
        let configuration = ConfigurationService(
            startup: startup, started: settings, federation: federation, gatherer: gatherer, fleet: fleet?.service,
            log: log, metrics: ConfigurationMetrics(in: registry))
        // The lease goes first when all is stopped: the next leader needn't wait until the last client is served here.
        let services: [any Service] = [web, gatherer, configuration] + (fleet?.services ?? [])
        return await ServiceRunner(logger: log.logger("services")).run(services, signals: signals)
    }

    private func router(
        _ federation: Federation, _ registry: MetricRegistry, _ fleet: LedFleet?, _ gatherer: Gatherer,
        _ page: FleetPage
    ) -> Router {
        let (isOpen, tokens) = (settings.web.isLifecycleEnabled, settings.fleet.tokens)
        let isIdle = { @Sendable in fleet == nil && gatherer.sources.isEmpty }
        return Router.coordinator(federation, registry, fleet, page, isIdle: isIdle) { request in
            isOpen || tokens.admits(authorization: request.fields.combined("Authorization"))
        }
    }
}
