import Configuration
import HTTPServer
import Program
import ServiceRuntime

/// The process as it serves: all its services, in the order in which they start.
struct Shard {
    let startup: Startup<ShardSettings, ShardCommand>

    init(_ startup: Startup<ShardSettings, ShardCommand>) {
        self.startup = startup
    }

    func run(signals: AsyncStream<Signal>) async -> ServiceOutcome {
        let loaded = startup.loadOrExit()
        let settings = loaded.settings
        let log = Log(settings.log)
        let exporter = Exporter(settings, log: log)
        let configuration = ConfigurationService(startup, running: loaded, exporter, log: log)
        let responder = Router.shard(exporter, settings.web, configuration)
        let services = ShardServices(exporter, exporter.registry, settings, responder, log: log)
        return await ServiceRunner(logger: log.logger("services"))
            .run([configuration] + services.all + exporter.upstreams, signals: signals)
    }
}
