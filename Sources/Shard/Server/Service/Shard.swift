import Configuration
import Glibc
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
        let responder = Router.shard(exporter, settings.web, configuration) { kill(getpid(), SIGHUP) }
        let web = WebService(settings.web, responder: responder, logger: log.logger("web"))
        BuildMetrics.register(in: exporter.registry)
        ProcessMetrics.register(in: exporter.registry)
        LogMetrics.register(log, in: exporter.registry)
        web.register(in: exporter.registry)
        let pressure = PressureService(
            exporter, throttleThreshold: settings.pace.backsOffOnThrottle ? settings.pace.throttleThreshold : nil,
            logger: log.logger("pressure"))
        return await ServiceRunner(logger: log.logger("services"))
            .run([configuration, web, pressure] + exporter.upstreams, signals: signals)
    }
}
