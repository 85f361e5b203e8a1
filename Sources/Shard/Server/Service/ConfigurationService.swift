import Configuration
import Locks
import Program
import ServiceRuntime
import ShardSettings
import Upstreams

/// Takes over what a changed configuration may change while the shard runs.
final class ConfigurationService: Service {
    let name = "configuration"
    private let startup: Startup<ShardSettings, ShardCommand>
    /// What the process was started with: what only a restart changes is compared with it.
    private let started: ShardSettings
    private let exporter: Exporter
    private let log: Log
    private let current: Locked<(loaded: Loaded<ShardSettings>, waiting: [String])>
    private let metrics: ConfigurationMetrics

    init(
        _ startup: Startup<ShardSettings, ShardCommand>, running loaded: Loaded<ShardSettings>, _ exporter: Exporter,
        log: Log
    ) {
        self.startup = startup
        self.started = loaded.settings
        self.exporter = exporter
        self.log = log
        current = Locked((loaded, []))
        metrics = ConfigurationMetrics(in: exporter.registry)
    }

    /// All settings with where they come from, secrets hidden, and which of them wait for the next start.
    var effective: String {
        let (loaded, waiting) = current.withLock { $0 }
        let notes = waiting.map { "# takes effect at the next start: \($0)\n" }.joined()
        return notes + ShardSettings.effective(loaded)
    }

    func start() async throws {}

    func stop(before deadline: MonotonicClock.Instant) async {}

    /// A configuration that doesn't hold leaves the old one in force.
    func reload() async throws {
        try await metrics.watch { try takeOver() }
    }

    private func takeOver() throws {
        let loaded = try startup.load()
        let logger = log.logger(name)
        for warning in loaded.warnings { logger.with(["warning": .string("\(warning)")]).warning("configuration") }
        log.settings = loaded.settings.log
        if loaded.settings.clusters.map(\.name) == started.clusters.map(\.name) {
            try exporter.update(loaded.settings)
        } else {
            logger.warning("clusters come and go at the next start")
        }
        let change = SettingsChange(from: started, to: loaded.settings)
        for key in change.atRestart { logger.warning("takes effect at the next start", ["key": .string(key)]) }
        current.withLock { $0 = (loaded, change.atRestart) }
    }
}
