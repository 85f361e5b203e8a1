import Metrics
import Program
import Testing

struct ConfigurationMetricsTests {
    private struct Bad: Error {}

    private let registry = MetricRegistry()

    private var isSuccessful: Bool {
        let text = String(decoding: MetricsRenderer(.text).render(registry.tables()), as: UTF8.self)
        return text.contains("\nslurm_exporter_config_last_reload_successful 1\n")
    }

    @Test func aReloadIsJudgedWhenItIsOver() async throws {
        let metrics = ConfigurationMetrics(in: registry)
        try await metrics.watch { #expect(isSuccessful) }
        #expect(isSuccessful)
        await #expect(throws: Bad.self) { try await metrics.watch { throw Bad() } }
        #expect(!isSuccessful)
        try await metrics.watch { #expect(!isSuccessful) }
        #expect(isSuccessful)
    }
}
