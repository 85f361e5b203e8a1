import Configuration
import Metrics
import Program
import ServiceRuntime

/// Takes over what a changed configuration may change while the shard runs.
struct ConfigurationService: Service {
    let name = "configuration"
    private let startup: Startup<ShardSettings, ShardCommand>
    private let running: ShardSettings
    private let log: Log
    private let isSuccessful: Gauge
    private let lastSuccess: Gauge

    private static let successful = MetricFamily(
        "slurm_exporter_config_last_reload_successful", .gauge,
        help: "Whether the configuration was good when it was read last.", merge: .union)
    private static let successTime = MetricFamily(
        "slurm_exporter_config_last_reload_success_timestamp_seconds", .gauge,
        help: "When a good configuration was read last, as a Unix time.", unit: "seconds", merge: .union)

    /// - Parameter running: the settings that the shard was started with.
    init(
        _ startup: Startup<ShardSettings, ShardCommand>, running: ShardSettings, log: Log, registry: MetricRegistry
    ) {
        self.startup = startup
        self.running = running
        self.log = log
        isSuccessful = registry.gauge(Self.successful)
        lastSuccess = registry.gauge(Self.successTime)
        noteSuccess()
    }

    func start() async throws {}

    func stop(before deadline: MonotonicClock.Instant) async {}

    /// A configuration that doesn't hold leaves the old one in force.
    func reload() async throws {
        isSuccessful.set(0)
        let loaded = try startup.load()
        let logger = log.logger(name)
        for warning in loaded.warnings { logger.with(["warning": .string("\(warning)")]).warning("configuration") }
        log.settings = loaded.settings.log
        if loaded.settings.web != running.web { logger.warning("changes of web take effect at the next start") }
        noteSuccess()
    }

    private func noteSuccess() {
        isSuccessful.set(1)
        lastSuccess.set(Double(WallClock.system.now.nanoseconds) / 1e9)
    }
}
