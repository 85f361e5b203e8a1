import Foundation
import TestSupport
import Testing

/// Ended jobs against what the simulator's database has.
struct AccountingTests {
    @Test(arguments: 38...46) func everyEndedJobIsThereAndIsTrue(version: Int) async throws {
        let simulator = try await RunningSimulator("--versions", "v0.0.\(version)", jobs: 150)
        let shard = try await shard(of: simulator)
        for _ in 1...8 {
            for _ in 1...5 { try await simulator.step() }
            let truth = try await AccountingFigures.read(simulator)
            let scrape = try await shard.scrape { truth.differences(from: $0).isEmpty }
            #expect(truth.differences(from: scrape) == [])
        }
        let scrape = try await shard.scrape()
        #expect(scrape.duplicates == [])
        #expect(scrape["slurm_accounting_jobs_total"] ?? 0 > 20)
        try await expectEfficiency(scrape)
    }

    /// The seeds' formulas, in counters' terms.
    private func expectEfficiency(_ scrape: Scrape) async throws {
        let jobs = try #require(scrape["slurm_job_cpu_efficiency_ratio_count"])
        let mean = try #require(scrape["slurm_job_cpu_efficiency_ratio_sum"]) / jobs
        #expect(jobs > 5 && (0.01...1.2).contains(mean))
        let (hours, waste) = (scrape["slurm_job_cpu_hours_total"] ?? 0, scrape["slurm_job_waste_cpu_hours"] ?? -1)
        let used = (scrape["slurm_accounting_cpu_used_seconds_total"] ?? 0) / 3600
        #expect(waste >= hours - used - 0.01 && waste <= hours)
        #expect(scrape["slurm_job_efficiency_percentage_count"] == jobs)
        #expect(scrape["slurm_accounting_job_memory_efficiency_ratio_sum"] ?? 0 > 0)
        #expect(scrape["slurm_job_waste_memory_gb_hours"] ?? 0 > 0)
        #expect(scrape["slurm_job_step_ended_total"] ?? 0 >= jobs)
    }

    @Test func withoutStepsTheyAreNotAskedFor() async throws {
        let simulator = try await RunningSimulator("--versions", "v0.0.44", jobs: 150)
        for _ in 1...20 { try await simulator.step() }
        let shard = try await shard(of: simulator, more: ", include_steps: false")
        let truth = try await AccountingFigures.read(simulator)
        let scrape = try await shard.scrape { $0["slurm_accounting_jobs_total"] == Double(truth.records) }
        #expect(scrape["slurm_accounting_cpu_seconds_total"] == truth.cpuSeconds)
        #expect(scrape["slurm_job_cpu_efficiency_ratio_count"] == nil && scrape["slurm_job_waste_cpu_hours"] == nil)
    }

    @Test func countersOutliveTheProcess() async throws {
        let (simulator, directory) = (try await RunningSimulator(jobs: 150), try TemporaryDirectory())
        for _ in 1...3 {
            for _ in 1...10 { try await simulator.step() }
            let truth = try await AccountingFigures.read(simulator)
            let shard = try await shard(of: simulator, in: directory.path("state"))
            let scrape = try await shard.scrape { truth.differences(from: $0).isEmpty }
            #expect(truth.differences(from: scrape) == [])
            shard.process.send(SIGKILL)
            _ = try await shard.process.exit()
        }
    }

    @Test func aFileThatIsDamagedIsSetAsideAndSaid() async throws {
        let (simulator, directory) = (try await RunningSimulator(jobs: 150), try TemporaryDirectory())
        for _ in 1...20 { try await simulator.step() }
        try FileManager.default.createDirectory(atPath: directory.path("state"), withIntermediateDirectories: true)
        try directory.write("nonsense", to: "state/alpha.accounting.counters.gz")
        let truth = try await AccountingFigures.read(simulator)
        let shard = try await shard(of: simulator, in: directory.path("state"))
        let scrape = try await shard.scrape { truth.differences(from: $0).isEmpty }
        #expect(scrape["slurm_exporter_state_set_aside_total", ["reason": "corrupt"]] == 1)
        #expect(shard.process.standardError.contains("counting begins anew"))
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path("state"))
            .filter { !$0.hasSuffix(".new") }
        #expect(names.contains { $0.contains(".corrupt-") } && names.count == 2)
    }

    /// What isn't on the disk isn't shown, and is counted when it can be.
    @Test func countersStandStillWhileTheyCanNotBeKept() async throws {
        let (simulator, directory) = (try await RunningSimulator(jobs: 150), try TemporaryDirectory())
        for _ in 1...20 { try await simulator.step() }
        let file = try directory.write("in the way", to: "state")
        let shard = try await shard(of: simulator, in: directory.path("state"))
        let stuck = try await shard.scrape { $0["slurm_exporter_state_write_errors_total"] ?? 0 >= 2 }
        #expect(stuck["slurm_accounting_jobs_total"] ?? 0 == 0)
        try FileManager.default.removeItem(atPath: file)
        let truth = try await AccountingFigures.read(simulator)
        let scrape = try await shard.scrape { truth.differences(from: $0).isEmpty }
        #expect(truth.differences(from: scrape) == [])
    }

    @Test func theDocumentHasWhatASuccessorNeeds() async throws {
        let simulator = try await RunningSimulator(jobs: 150)
        for _ in 1...20 { try await simulator.step() }
        let truth = try await AccountingFigures.read(simulator)
        let shard = try await shard(of: simulator)
        _ = try await shard.scrape { truth.differences(from: $0).isEmpty }
        let lines = try await shard.get("/snapshots/all").body.split(separator: "\n")
        let state = lines.first { $0.contains(#""kind":"state""#) }
        #expect(state?.contains(#""name":"ended_jobs""#) == true && state?.contains(#""settled":"#) == true)
        #expect(lines.contains { $0.contains(#""kind":"level""#) && $0.contains("slurm_accounting_jobs_total") })
    }

    /// Without a database: jobs as they pass through the controller's list.
    @Test func withoutADatabaseJobsAreCountedAsTheyPass() async throws {
        let simulator = try await RunningSimulator("--no-menagerie", jobs: 150)
        let directory = try TemporaryDirectory()
        var shard = try await shard(of: simulator, in: directory.path("state"), more: ", source: jobs")
        let first = try await shard.scrape { $0["slurm_accounting_jobs_total"] != nil }
        let listed = try #require(first["slurm_accounting_jobs_total"])
        let before = try await ended(simulator)
        for round in 1...10 {
            for _ in 1...5 { try await simulator.step() }
            let moment = ContinuousClock.now
            #expect(try await shard.showsAnswers(since: moment))
            guard round == 5 else { continue }
            shard.process.send(SIGKILL)
            _ = try await shard.process.exit()
            shard = try await self.shard(of: simulator, in: directory.path("state"), more: ", source: jobs")
        }
        let expected = try await listed + ended(simulator) - before
        let scrape = try await shard.scrape { $0["slurm_accounting_jobs_total"] == expected }
        #expect(scrape["slurm_accounting_jobs_total"] == expected)
        #expect(expected > 20 && scrape["slurm_accounting_gaps_total"] == 0)
        #expect(scrape["slurm_job_cpu_efficiency_ratio_count"] == nil)
        // At once, so that nothing is asked in between.
        try await simulator.send("POST", "/simulator/step?count=60")
        let late = try await shard.scrape { $0["slurm_accounting_gaps_total"] ?? 0 > 0 }
        #expect(late["slurm_accounting_gap_seconds_total"] ?? 0 > 0)
    }

    /// Ends since the start, of jobs that weren't queued again.
    private func ended(_ simulator: RunningSimulator) async throws -> Double {
        let events = try await simulator.truth().events
        return Double(events.ended.values.reduce(0, +) - events.requeued)
    }

    private func shard(
        of simulator: RunningSimulator, in directory: String? = nil, more: String = ""
    ) async throws -> RunningShard {
        try await RunningShard(
            configuration: ClusterConfiguration.slurm(simulator.address)
                + ClusterConfiguration.accounting(in: directory, more: more))
    }
}
