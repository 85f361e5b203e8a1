import TestSupport
import Testing

/// Answers with words, fields and types that nobody has seen before.
struct OddAnswerTests {
    @Test func jobsInUnknownStatesAreCountedAsSuch() async throws {
        let simulator = try await RunningSimulator.small()
        let shard = try await RunningShard(of: simulator)
        let before = try await shard.scrape()
        try await simulator.cause("jobs rewrite=unknown-states")
        let bewitched = ["kind": "job_state", "value": "BEWITCHED"]
        let scrape = try await shard.scrape { $0["slurm_exporter_unknown_values_total", bewitched] ?? 0 > 0 }
        // What is counted is shown a moment later.
        let after = try await shard.scrape { $0["slurm_cluster_jobs_total", ["state": "unknown"]] ?? 0 > 0 }
        #expect(after["slurm_exporter_up"] == 1)
        #expect(
            after["slurm_jobs_total", ["state": "unknown"]] == after["slurm_cluster_jobs_total", ["state": "unknown"]])
        #expect(after["slurm_jobs_records"] == before["slurm_jobs_records"])
        #expect(scrape.duplicates.isEmpty)
        #expect(await eventually { shard.process.standardError.contains("BEWITCHED") })
        _ = try await shard.scrape {
            $0["slurm_exporter_unknown_values_total", bewitched] ?? 0
                > 2 * (scrape["slurm_exporter_unknown_values_total", bewitched] ?? 0)
        }
        #expect(shard.process.standardError.ranges(of: "BEWITCHED").count == 1)
    }

    @Test func nodesInUnknownStatesAreCountedAsSuch() async throws {
        let simulator = try await RunningSimulator.small()
        let truth = try await simulator.truth()
        try await simulator.cause("nodes rewrite=unknown-states")
        let scrape = try await RunningShard(of: simulator).scrape()
        #expect(scrape["slurm_cluster_nodes_total", ["state": "unknown"]] ?? 0 > 0)
        #expect(scrape["slurm_cluster_nodes_total"] == truth.root.members["nodes"]?.members["nodes"]?.number)
        #expect(scrape["slurm_exporter_unknown_values_total", ["kind": "node_state"]] ?? 0 > 0)
    }

    @Test func unknownFieldsChangeNothing() async throws {
        let simulator = try await RunningSimulator()
        let plain = try await RunningShard(of: simulator).scrape()
        try await simulator.cause("* rewrite=unknown-fields")
        let odd = try await RunningShard(of: simulator).scrape()
        #expect(odd["slurm_exporter_up"] == 1)
        // Times of what was asked go on with the clock.
        let others = [
            "slurm_exporter_", "process_", "slurm_accounting_watermark_", "slurm_accounting_last_refresh_",
            "slurm_reservation_remaining_", "slurm_node_gpu_seconds_", "slurm_job_start_rate_", "slurm_job_throughput_",
        ]
        for name in plain.names where !others.contains(where: name.hasPrefix) {
            #expect(odd.series(name) == plain.series(name), "\(name)")
        }
    }

    @Test(arguments: ["wrong-types", "infinity"])
    func aValueThatIsNoneIsCountedAndNothingElseIsLost(rewriting: String) async throws {
        let simulator = try await RunningSimulator()
        let plain = try await RunningShard(of: simulator).scrape()
        try await simulator.cause("nodes rewrite=\(rewriting)", "jobs rewrite=\(rewriting)")
        let odd = try await RunningShard(of: simulator).scrape()
        #expect(odd["slurm_exporter_up"] == 1)
        #expect(odd["slurm_cluster_nodes_total"] == plain["slurm_cluster_nodes_total"])
        #expect(odd["slurm_jobs_records"] == plain["slurm_jobs_records"])
        if rewriting == "wrong-types" { #expect(odd["slurm_exporter_decode_errors_total"] ?? 0 > 0) }
    }
}
