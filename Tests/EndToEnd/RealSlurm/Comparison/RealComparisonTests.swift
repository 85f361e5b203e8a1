import RealSlurm
import Testing

extension RealSlurmTests {
    /// Each family of the shard's against what Slurm's commands say at the same moment.
    struct ComparisonTests {
        @Test(arguments: Comparison.nodes) func nodesAreAsSinfoSays(comparison: Comparison) async throws {
            try await expectSame(comparison)
        }

        @Test(arguments: Comparison.eachNode) func eachNodeIsAsSinfoSays(comparison: Comparison) async throws {
            try await expectSame(comparison)
        }

        @Test(arguments: Comparison.partitions) func partitionsAreAsScontrolSays(comparison: Comparison) async throws {
            try await expectSame(comparison)
        }

        @Test(arguments: Comparison.jobs) func jobsAreAsSqueueSays(comparison: Comparison) async throws {
            try await expectSame(comparison)
        }

        @Test(arguments: Comparison.owners) func ownersJobsAreAsSqueueSays(comparison: Comparison) async throws {
            try await expectSame(comparison)
        }

        private func expectSame(_ comparison: Comparison) async throws {
            let differences = comparison.differences(in: try await Moment.shared)
            #expect(differences == [])
        }

        @Test func noFamilyIsLeftOut() async throws {
            let compared = [
                Comparison.nodes, Comparison.eachNode, Comparison.partitions, Comparison.jobs, Comparison.owners,
            ].joined().map(\.metric)
            let others = ["slurm_exporter_", "slurm_scheduler_", "slurm_backfill_", "slurm_rpc_"] + Self.events
            let left = try await Moment.shared.scrape.names.subtracting(compared).filter { name in
                name.hasPrefix("slurm_") && !others.contains { name.hasPrefix($0) }
            }
            #expect(left == ["slurm_cluster_info", "slurm_controller_up", "slurm_controller_status"])
        }

        private static let events = [
            "slurm_job_wait_time_", "slurm_job_runtime_", "slurm_jobs_started_", "slurm_jobs_ended_",
            "slurm_jobs_completed_", "slurm_jobs_failed_",
        ]

        @Test func eventsCountFromNowOn() async throws {
            let scrape = try await Moment.shared.scrape
            for name in scrape.names where Self.events.contains(where: name.hasPrefix) {
                #expect(scrape[name] == 0, "\(name)")
            }
        }

        @Test func theControllerIsUp() async throws {
            let scrape = try await Moment.shared.scrape
            let slurm = try await StandingSlurm.shared.slurm
            let line = try await slurm.run("scontrol", "ping")
            let release = try await slurm.run("scontrol", "--version").split { !$0.isNumber && $0 != "." }.last
            let ping = try #require(line.firstMatch(of: /Slurmctld\((\w+)\) at (\S+) is UP/))
            #expect(scrape["slurm_controller_up", ["mode": String(ping.1), "host": String(ping.2)]] == 1)
            #expect(scrape["slurm_controller_status"] == 1)
            let info = ["cluster_name": "real", "version": String(release ?? ""), "control_host": String(ping.2)]
            #expect(scrape["slurm_cluster_info", info] == 1)
        }

        @Test func nothingStandsThereTwice() async throws {
            #expect(try await Moment.shared.scrape.duplicates == [])
        }
    }
}
