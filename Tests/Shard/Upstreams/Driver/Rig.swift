import Configuration
import Metrics
import ServiceRuntime
import TestSupport

@testable import Upstreams

/// An upstream that asks a simulator, quickly.
struct Rig {
    let recorder = Recorder()
    let log = CollectedLog()
    let upstream: Upstream

    static let everything: [Feed] = [.jobs, .nodes, .partitions, .diag, .ping]

    /// - Parameter seconds: the interval of all feeds.
    init(
        _ addresses: [String], _ feeds: [Feed] = everything, every seconds: Double = 60, name: String = "alpha",
        configure: (inout ClusterSettings) -> Void = { _ in }
    ) throws {
        var settings = ClusterSettings()
        settings.name = name
        settings.rest.addresses = addresses
        settings.rest.requestTimeoutSeconds = 20
        settings.queue.retryDelaySeconds = 0.05
        settings.queue.maximumLoad = 1
        settings.breaker.isEnabled = false
        configure(&settings)
        upstream = Upstream(
            settings, schedule: feeds.map { FeedSchedule($0, every: .seconds(seconds)) }, consumer: recorder,
            logger: log.log().logger("upstream"), seed: 1)
    }

    func collectOnce() async throws {
        try await upstream.start()
        await upstream.collectOnce()
    }

    /// Runs until a condition holds.
    ///
    /// - Returns: whether it came to hold.
    func run(
        within limit: Duration = .seconds(20), until condition: @escaping () async throws -> Bool
    ) async throws -> Bool {
        try await upstream.start()
        let running = Task { [upstream] in try await upstream.run() }
        let held = try await eventually(within: limit, condition)
        running.cancel()
        _ = try? await running.value
        return held
    }

    /// What the upstream's families show, by name and labels.
    var samples: [String: Double] {
        let registry = MetricRegistry()
        UpstreamMetrics.register(in: registry, durationBounds: ClusterSettings().durationBounds) { [upstream] }
        var samples: [String: Double] = [:]
        for table in registry.tables() {
            for row in table.rows {
                let labels = table.labels(at: row).map { "\($0.name)=\($0.value)" }.joined(separator: ",")
                samples["\(table.family.name){\(labels)}"] = table.cells(at: row)[0]
            }
        }
        return samples
    }
}
