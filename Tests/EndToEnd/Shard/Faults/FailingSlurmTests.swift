import Foundation
import TestSupport
import Testing

/// Slurm fails in one way or another: what Prometheus sees of it.
struct FailingSlurmTests {
    private static let nodes = "slurm_cluster_nodes_total"

    @Test(arguments: [
        ("status=500", "slurm_error"), ("status=503", "http_5xx"), ("status=429", "http_4xx"),
        ("errors", "slurm_error"),
        ("reset=1000", "reset"), ("truncate=1000", "truncated"), ("garbage", "decode"), ("hang", "timeout"),
        ("token-expired", "auth"),
    ])
    func theLastValuesStayUntilTheyAreStale(fault: String, kind: String) async throws {
        let simulator = try await RunningSimulator.small()
        let shard = try await RunningShard(
            of: simulator, staleness: 12, slurm: ", request_timeout: 800ms, circuit_breaker: {reset_timeout: 1s}",
            ClusterConfiguration.terse)
        let before = try await shard.scrape { $0["slurm_exporter_up"] == 1 }
        #expect(before["slurm_exporter_collector_up", ["collector": "nodes"]] == 1)
        try await simulator.cause("* \(fault)")

        let errors = ["collector": "nodes", "error_type": kind]
        let failed = try await shard.scrape {
            $0["slurm_exporter_collector_up", ["collector": "nodes"]] == 0
                && $0["slurm_exporter_collection_errors_total", errors] ?? 0 >= 1
        }
        #expect(failed.series(Self.nodes) == before.series(Self.nodes))
        #expect(failed["slurm_exporter_collector_stale", ["collector": "nodes"]] == 0)

        let stale = try await shard.scrape { $0["slurm_exporter_collector_stale", ["collector": "nodes"]] == 1 }
        #expect(stale.series(Self.nodes).isEmpty)
        #expect(stale["slurm_exporter_up"] == 0)

        try await simulator.cause()
        let after = try await shard.scrape { $0["slurm_exporter_up"] == 1 }
        #expect(after.series(Self.nodes) == before.series(Self.nodes))
        #expect(after["slurm_exporter_collector_stale"] == 0)
    }

    /// A feed of its own may fail without the others.
    @Test func whatDoesNotFailGoesOn() async throws {
        let simulator = try await RunningSimulator.small("jobs status=503")
        let shard = try await RunningShard(of: simulator)
        let scrape = try await shard.scrape()
        #expect(scrape["slurm_exporter_collector_up", ["collector": "jobs"]] == 0)
        #expect(scrape["slurm_exporter_collector_up", ["collector": "nodes"]] == 1)
        #expect(scrape.series("slurm_jobs_total").isEmpty)
        #expect(scrape.series("slurm_cluster_jobs_total").isEmpty)
        #expect(scrape[Self.nodes] ?? 0 > 0)
    }

    @Test func theBreakerOpensAndClosesAgain() async throws {
        let transitions = "slurm_exporter_circuit_breaker_transitions_total"
        let simulator = try await RunningSimulator.small()
        let shard = try await RunningShard(
            of: simulator, slurm: ", circuit_breaker: {failure_threshold: 3, reset_timeout: 4s, success_threshold: 2}",
            ClusterConfiguration.terse)
        #expect(try await shard.scrape()["slurm_exporter_circuit_breaker_state"] == 0)
        try await simulator.cause("* status=500")
        let open = try await shard.scrape { $0["slurm_exporter_circuit_breaker_state"] == 2 }
        #expect(try await shard.upstreams().map(\.breaker) == ["open"])
        try await simulator.send("DELETE", "/simulator/requests")
        let trials = open[transitions, ["state": "half_open"]] ?? 0
        let tried = try await shard.scrape { $0[transitions, ["state": "open"]] ?? 0 >= trials + 2 }
        // Each time one light question tries.
        let asked = try await simulator.requests().endpoints
        #expect(
            Double(asked.values.map(\.requests).reduce(0, +)) <= (tried[transitions, ["state": "half_open"]] ?? 0) + 1)
        #expect(asked["slurm/jobs"] == nil && asked["slurm/nodes"] == nil)
        try await simulator.cause()
        let closed = try await shard.scrape { $0["slurm_exporter_circuit_breaker_state"] == 0 }
        #expect(closed[transitions, ["state": "closed"]] == 1)
        _ = try await shard.scrape { $0["slurm_exporter_up"] == 1 }
    }

    @Test func slurmrestdIsStartedAgain() async throws {
        var simulator: RunningSimulator? = try await .small(port: try freePort())
        let port = simulator!.port
        let shard = try await RunningShard(
            of: simulator!, slurm: ", circuit_breaker: {reset_timeout: 1s}", ClusterConfiguration.terse)
        simulator = nil
        let gone = try await shard.scrape { $0["slurm_exporter_up"] == 0 }
        #expect(gone["slurm_exporter_upstream_up"] == 0)
        let kinds = Set(gone.series("slurm_exporter_upstream_errors_total").keys.compactMap { $0["kind"] })
        #expect(kinds.isSubset(of: ["connect", "reset", "truncated"]))
        simulator = try await .small(port: port)
        let back = try await shard.scrape { $0["slurm_exporter_up"] == 1 }
        #expect(back[Self.nodes] ?? 0 > 0)
    }

    @Test func aVersionIsWithdrawnWhileItIsSpoken() async throws {
        let simulator = try await RunningSimulator.small(versions: "v0.0.43,v0.0.44")
        let shard = try await RunningShard(of: simulator, ClusterConfiguration.terse)
        #expect(try await shard.scrape()["slurm_exporter_api_version_info", ["version": "v0.0.44"]] == 1)
        try await simulator.cause("slurm/v0.0.44/* version-withdrawn")
        let other = try await shard.scrape {
            $0["slurm_exporter_api_version_info", ["version": "v0.0.43"]] == 1 && $0["slurm_exporter_up"] == 1
        }
        #expect(other["slurm_exporter_api_version_info", ["version": "v0.0.44"]] == nil)
        #expect(other["slurm_exporter_upstream_errors_total", ["kind": "version"]] ?? 0 >= 1)
    }

    @Test func noVersionThatIsKnown() async throws {
        let simulator = try await RunningSimulator.small("* version-withdrawn")
        let shard = try await RunningShard(of: simulator)
        let scrape = try await shard.scrape()
        #expect(scrape["slurm_exporter_up"] == 0)
        #expect(scrape["slurm_exporter_collection_errors_total", ["error_type": "version"]] ?? 0 >= 1)
        #expect(scrape.names.allSatisfy { $0.hasPrefix("slurm_exporter_") || $0.hasPrefix("process_") })
    }

    /// A list that should be there and isn't is no list without entries.
    @Test func anEmptyListWithAWarningIsNoEmptyCluster() async throws {
        let simulator = try await RunningSimulator.small()
        let empty = """
            {"jobs": [], "last_update": {"set": true, "infinite": false, "number": 0}, "meta": {}, "errors": [],
            "warnings": [{"description": "Zero jobs to dump", "source": "/slurm/v0.0.44/jobs/"}]}
            """
        let proxy = try await Proxy(
            to: simulator.address,
            locations: "location /slurm/v0.0.44/jobs { default_type application/json; return 200 '\(empty)'; }")
        let shard = try await RunningShard(
            configuration: ClusterConfiguration.slurm(proxy.address) + ClusterConfiguration.everySecond())
        try #require(await shard.becomesReady())
        let scrape = try await shard.scrape()
        #expect(scrape.series("slurm_jobs_total").isEmpty)
        #expect(scrape.series("slurm_cluster_jobs_total").isEmpty)
        #expect(scrape["slurm_exporter_collector_up", ["collector": "jobs"]] == 0)
        #expect(
            scrape["slurm_exporter_collection_errors_total", ["collector": "jobs", "error_type": "empty"]] ?? 0 > 0)
        #expect(scrape["slurm_exporter_collector_up", ["collector": "nodes"]] == 1)
    }
}
