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

        @Test(arguments: Comparison.limits) func limitsAreAsSacctmgrSays(comparison: Comparison) async throws {
            try await expectSame(comparison)
        }

        @Test(arguments: Comparison.accounting) func endedJobsAreAsSacctSays(comparison: Comparison) async throws {
            #expect(try await Moment.shared.words.endedJobs.count > 5)
            try await expectSame(comparison)
        }

        private func expectSame(_ comparison: Comparison) async throws {
            let differences = comparison.differences(in: try await Moment.shared)
            #expect(differences == [])
        }

        @Test func noFamilyIsLeftOut() async throws {
            let compared = [
                Comparison.nodes, Comparison.eachNode, Comparison.partitions, Comparison.jobs, Comparison.owners,
                Comparison.limits,
            ].joined().map(\.metric)
            let others =
                ["slurm_exporter_", "slurm_scheduler_", "slurm_backfill_", "slurm_rpc_", "slurm_dbd_"] + Self.events
                + Self.endedJobs
            let left = try await Moment.shared.scrape.names.subtracting(compared).filter { name in
                name.hasPrefix("slurm_") && !others.contains { name.hasPrefix($0) }
            }
            let controllers = ["slurm_cluster_info", "slurm_controller_up", "slurm_controller_status"]
            #expect(left == Set(controllers + Self.ofMoments))
        }

        /// The time goes on between a command and a collection, and hasn't begun to with the first; slurmdbd says no more of
        /// itself.
        private static let ofMoments = [
            "slurm_reservation_remaining_seconds", "slurm_node_gpu_seconds_total", "slurm_database_up",
            "slurm_cluster_plugin_info",
        ]

        @Test func theDatabaseIsUpAndCounts() async throws {
            let scrape = try await Moment.shared.scrape
            #expect(scrape["slurm_dbd_up"] == 1 && scrape["slurm_database_up"] == 1)
            #expect(scrape["slurm_dbd_rpc_calls_total", ["message_type": "DBD_GET_QOS"]] ?? 0 > 0)
            #expect(scrape["slurm_dbd_last_reset_timestamp_seconds"] ?? 0 > 0)
            #expect(scrape.series("slurm_reservation_remaining_seconds").count == 3)
            // 22.05 answers for no workload keys with an error.
            #expect(scrape["slurm_exporter_collector_up", ["collector": "accounting"]] == 1)
            // v0.0.38 has no shares: of fair share there are the limits.
            #expect(scrape["slurm_exporter_collector_up", ["collector": "fairshare"]] == 1)
            #expect(scrape.series("slurm_user_fairshare").isEmpty)
        }

        private static let events = [
            "slurm_job_wait_time_", "slurm_job_runtime_", "slurm_jobs_started_", "slurm_jobs_ended_",
            "slurm_jobs_completed_", "slurm_jobs_failed_", "slurm_node_unavailable_", "slurm_node_draining_",
        ]

        /// Compared by some of their families.
        private static let endedJobs = [
            "slurm_accounting_", "slurm_jobs_terminal_", "slurm_job_cpu_hours_", "slurm_account_cpu_hours_",
            "slurm_job_cpu_efficiency_", "slurm_job_efficiency_", "slurm_job_waste_", "slurm_job_step_",
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
