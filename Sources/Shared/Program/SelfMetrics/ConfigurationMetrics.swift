public import Metrics
import ServiceRuntime

/// Whether the configuration that was read last is the one in force.
public struct ConfigurationMetrics: Sendable {
    private static let successful = MetricFamily(
        "slurm_exporter_config_last_reload_successful", .gauge,
        help: "Whether the configuration was good when it was read last.", merge: .union)
    private static let successTime = MetricFamily(
        "slurm_exporter_config_last_reload_success_timestamp_seconds", .gauge,
        help: "When a good configuration was read last, as a Unix time.", unit: "seconds", merge: .union)

    private let isSuccessful: Gauge
    private let lastSuccess: Gauge

    /// For a process that has read a good one.
    public init(in registry: MetricRegistry) {
        isSuccessful = registry.gauge(Self.successful)
        lastSuccess = registry.gauge(Self.successTime)
        noteSuccess()
    }

    /// Tells how a reload went once it is over: until then what was said before holds.
    public func watch(_ reload: () async throws -> Void) async throws {
        do {
            try await reload()
        } catch {
            noteFailure()
            throw error
        }
        noteSuccess()
    }

    public func noteSuccess() {
        isSuccessful.set(1)
        lastSuccess.set(Double(WallClock.system.now.nanoseconds) / 1e9)
    }

    public func noteFailure() {
        isSuccessful.set(0)
    }
}
