import Configuration
import Federation
import Fleet
import Gathering
import Program
import ServiceRuntime

/// Takes over what `federation` says, how much is logged, and the file of the shards while the coordinator runs; the rest
/// waits for the next start.
struct ConfigurationService: Service {
    let name = "configuration"
    let startup: Startup<CoordinatorSettings, CoordinatorCommand>
    /// What the process was started with.
    let started: CoordinatorSettings
    let federation: Federation
    let gatherer: Gatherer
    /// Nil for a coordinator without shards.
    let fleet: FleetService?
    let log: Log
    let metrics: ConfigurationMetrics

    /// New targets are asked once first, as long as their timeouts allow.
    var limits: ServiceLimits { ServiceLimits(reload: .seconds(120)) }

    func start() async throws {}

    func stop(before deadline: MonotonicClock.Instant) async {}

    /// A configuration that doesn't hold leaves the old one in force.
    func reload() async throws {
        try await metrics.watch { try await takeOver() }
    }

    private func takeOver() async throws {
        let loaded = try startup.load(examine: CoordinatorSettings.examine)
        let work = try fleet.map { _ in try FleetWork(started.fleet) }
        let (settings, logger) = (loaded.settings, log.logger(name))
        for warning in loaded.warnings { logger.with(["warning": .string("\(warning)")]).warning("configuration") }
        log.settings = settings.log
        try await gatherer.adopt(settings.targets)
        if let fleet, let work { await fleet.adopt(work) }
        federation.adopt(settings.federation.answers, cacheLimit: settings.federation.cacheBytes)
        if waits(settings) { logger.warning("what is outside of federation and log takes effect at the next start") }
    }

    private func waits(_ settings: CoordinatorSettings) -> Bool {
        var same = settings
        (same.federation, same.log) = (started.federation, started.log)
        return same != started
    }
}
