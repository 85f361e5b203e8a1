import Foundation
import TestSupport
import Testing

/// Counters are right in the end however often whoever counts is killed.
struct ExactlyOnceTests {
    /// `scripts/bench replay` does the same with 100,000 jobs.
    @Test func fiftyKillsNeitherLoseNorDoubleAJob() async throws {
        let simulator = try await RunningSimulator("--versions", "v0.0.44", nodes: 100, jobs: 400)
        let directory = try TemporaryDirectory()
        var (kills, shown) = (0, 0.0)
        while kills < 50 {
            let shard = try await RunningShard(
                configuration: ClusterConfiguration.slurm(simulator.address)
                    + ClusterConfiguration.accounting(in: directory.path("state")))
            for _ in 0..<Int.random(in: 0...45) {
                try await simulator.step()
                try await Task.sleep(for: .milliseconds(20))
            }
            let last = try await shard.scrape()["slurm_accounting_jobs_total"] ?? 0
            #expect(last == 0 || last >= shown, "what was shown before the kill must not be taken back")
            shown = max(shown, last)
            shard.process.send(SIGKILL)
            _ = try await shard.process.exit()
            kills += 1
        }
        let truth = try await AccountingFigures.read(simulator)
        let shard = try await RunningShard(
            configuration: ClusterConfiguration.slurm(simulator.address)
                + ClusterConfiguration.accounting(in: directory.path("state")))
        let scrape = try await shard.scrape { truth.differences(from: $0).isEmpty }
        #expect(truth.differences(from: scrape) == [])
        #expect(truth.records > 1000 && shown > 100)
    }
}
