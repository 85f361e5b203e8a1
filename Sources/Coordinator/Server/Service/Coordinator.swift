import Federation
import Gathering
import Glibc
import HTTPServer
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
        federation.arrange(gatherer.sources)
        let registry = MetricRegistry()
        let web = WebService(
            settings.effectiveWeb, responder: Router.coordinator(federation, registry), logger: log.logger("web"))
        BuildMetrics.register(in: registry)
        ProcessMetrics.register(in: registry)
        LogMetrics.register(log, in: registry)
        web.register(in: registry)
        federation.register(in: registry)
        gatherer.board.register(in: registry)
        return await ServiceRunner(logger: log.logger("services")).run([web, gatherer], signals: signals)
    }
}
