import Configuration
import HTTPServer
import Program
import ServiceRuntime
import ShardSettings

/// The process as it serves: all its services, in the order in which they start.
struct Shard {
    private let startup: Startup<ShardSettings, ShardCommand>
    private let loaded: Loaded<ShardSettings>

    init(_ startup: Startup<ShardSettings, ShardCommand>, _ loaded: Loaded<ShardSettings>) {
        self.startup = startup
        self.loaded = loaded
    }

    func run(signals: AsyncStream<Signal>) async -> ServiceOutcome {
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
