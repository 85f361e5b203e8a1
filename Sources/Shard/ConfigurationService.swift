import Configuration
import Program
import ServiceRuntime

/// Takes over what a changed configuration may change while the shard runs.
struct ConfigurationService: Service {
    let name = "configuration"
    let startup: Startup<ShardSettings, ShardCommand>
    let log: Log

    func start() async throws {}

    func stop(before deadline: MonotonicClock.Instant) async {}

    /// A configuration that doesn't hold leaves the old one in force.
    func reload() async throws {
        let loaded = try startup.load()
        for warning in loaded.warnings { log.logger(name).warning("configuration", ["warning": .string("\(warning)")]) }
        log.settings = loaded.settings.log
    }
}
