import Foundation
import TestSupport
import Testing

/// A Slurm without accounting, and one whose slurmdbd doesn't answer.
struct AbsentAccountingTests {
    private static let up = "slurm_exporter_collector_up"
    private static let withoutAccounting = "slurmdb/* version-withdrawn"

    @Test(arguments: ["", ", api_version: v0.0.44"])
    func whoHasNoAccountingSeesNoFailure(slurm: String) async throws {
        let simulator = try await RunningSimulator.small(Self.withoutAccounting)
        let shard = try await RunningShard(of: simulator, slurm: slurm)
        let scrape = try await shard.scrape()
        #expect(scrape["slurm_exporter_up"] == 1)
        #expect(scrape.series(Self.up).values.allSatisfy { $0 == 1 })
        #expect(scrape[Self.up, ["collector": "accounting"]] == nil)
        #expect(scrape[Self.up, ["collector": "qos"]] == 1)
        #expect(scrape["slurm_dbd_up"] == nil && scrape["slurm_qos_priority"] == nil)
        #expect(scrape["slurm_exporter_collection_errors_total"] == 0)
        #expect(scrape["slurm_exporter_upstream_errors_total"] ?? 0 == 0)
        #expect(scrape["slurm_exporter_circuit_breaker_state"] == 0)
        let feeds = try await shard.upstreams().flatMap(\.feeds)
        #expect(
            Set(feeds.filter { $0.errorKind == "absent" }.map(\.feed)) == [
                "accounting", "qos", "dbd", "clusters", "tres",
            ])
    }

    /// However often it is asked again.
    @Test func thatThereIsNoneIsSaidOnce() async throws {
        let simulator = try await RunningSimulator.small(Self.withoutAccounting)
        let shard = try await RunningShard(of: simulator)
        let start = ContinuousClock.now
        try #require(await shard.showsAnswers(since: start))
        try #require(await shard.showsAnswers(since: .now))
        let lines = shard.process.standardError.split(separator: "\n").filter { $0.contains("has no accounting") }
        #expect(lines.count == 5)
        #expect(lines.allSatisfy { $0.contains("level=info") })
        #expect(Set(lines).count == 5)
        // Versions are looked for once, not with each question.
        let asked = try await simulator.requests().endpoints.filter { $0.key.hasPrefix("slurmdb/") }
        #expect(asked.values.map(\.requests).reduce(0, +) < 12)
    }

    @Test func whoAsksForItByNameIsToldThatThereIsNone() async throws {
        let simulator = try await RunningSimulator.small(Self.withoutAccounting)
        let shard = try await RunningShard(of: simulator, "collectors: {accounting: {enabled: true}}\n")
        let scrape = try await shard.scrape()
        #expect(scrape[Self.up, ["collector": "accounting"]] == 0)
        #expect(scrape["slurm_exporter_up"] == 0)
        let errors = ["collector": "accounting", "error_type": "absent"]
        #expect(scrape["slurm_exporter_collection_errors_total", errors] ?? 0 >= 1)
    }

    @Test func aDatabaseThatIsDownIsShownSoAndDisturbsNothingElse() async throws {
        let simulator = try await RunningSimulator.small("slurmdb/* slurmdbd-down")
        let shard = try await RunningShard(of: simulator, slurm: ", circuit_breaker: {failure_threshold: 2}")
        let down = try await shard.scrape { $0["slurm_dbd_up"] == 0 }
        #expect(down["slurm_database_up"] == 0)
        #expect(down[Self.up, ["collector": "accounting"]] == 0)
        #expect(down[Self.up, ["collector": "nodes"]] == 1)
        #expect(down["slurm_exporter_circuit_breaker_state"] == 0)
        #expect(down["slurm_exporter_upstream_errors_total", ["kind": "database_down"]] ?? 0 >= 1)
        try await simulator.cause()
        let back = try await shard.scrape { $0["slurm_exporter_up"] == 1 && $0["slurm_dbd_up"] == 1 }
        #expect(back["slurm_database_up"] == 1)
        #expect(back["slurm_dbd_rpc_calls_total"] ?? 0 > 0)
    }
}
