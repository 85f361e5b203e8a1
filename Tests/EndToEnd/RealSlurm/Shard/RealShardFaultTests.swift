import Exposition
import RealSlurm
import TestSupport
import Testing

extension RealSlurmTests {
    /// What the shard shows while parts of a real Slurm are away, and that it finds back by itself.
    struct ShardFaultTests {
        @Test func aStoppedControllerIsDownAndItsDataStaysUntilStale() async throws {
            let (slurm, shard) = try await standing()
            let before = try #require(await shard.scrape(newerThan: .now))
            try await slurm.controller.whileStopped { try await expectDataToGoStale(shard, before) }
            try await expectRecovery(shard, before)
        }

        @Test func aPausedControllerIsDownAndItsDataStaysUntilStale() async throws {
            let (slurm, shard) = try await standing()
            let before = try #require(await shard.scrape(newerThan: .now))
            try await slurm.controller.whilePaused { try await expectDataToGoStale(shard, before) }
            try await expectRecovery(shard, before)
            #expect(try await shard.scrape().hasFailed("jobs", as: "timeout"))
        }

        private func expectDataToGoStale(_ shard: RunningShard, _ before: Scrape) async throws {
            var last: Scrape?
            let isDown = try await shard.shows { scrape in
                last = scrape
                return scrape.isDown
            }
            #expect(isDown)
            #expect(last?.series("slurm_jobs_total") == before.series("slurm_jobs_total"))
            #expect(last?["slurm_exporter_collector_stale", ["collector": "jobs"]] == 0)
            let isStale = try await shard.shows { scrape in
                scrape["slurm_exporter_collector_stale"] == 7 && !scrape.names.contains("slurm_jobs_total")
                    && !scrape.names.contains("slurm_cluster_nodes_total")
            }
            #expect(isStale)
            #expect(try await shard.get("/health").status == 200)
        }

        private func expectRecovery(_ shard: RunningShard, _ before: Scrape) async throws {
            let isBack = try await eventually(within: .seconds(60)) { try await shard.scrape().isUp }
            #expect(isBack, "\(shard.process.standardError.suffix(2_000))")
            try await RealSlurmTests.backToNormal()
            let after = try #require(await shard.scrape(newerThan: .now))
            #expect(after.series("slurm_jobs_total") == before.series("slurm_jobs_total"))
            expectNoEvents(after)
        }

        /// Nothing has started or ended meanwhile, and no counter went back.
        private func expectNoEvents(_ scrape: Scrape) {
            for family in ["started_total", "ended_total", "completed_total", "failed_total"] {
                #expect(scrape["slurm_jobs_\(family)"] == 0, "\(family)")
            }
        }

        @Test func withoutADatabaseJobsAndNodesGoOn() async throws {
            let (slurm, shard) = try await standing()
            let before = try #require(await shard.scrape(newerThan: .now))
            let meanwhile = try await slurm.database.whileStopped { try await shard.scrape(newerThan: .now) }
            let scrape = try #require(meanwhile)
            #expect(scrape.isUp)
            for family in ["slurm_jobs_total", "slurm_cluster_nodes_total", "slurm_partition_nodes_total"] {
                #expect(scrape.series(family) == before.series(family), "\(family)")
            }
            try await RealSlurmTests.backToNormal()
        }

        @Test func anExpiredTokenIsRenewedInItsFile() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let cluster = try await RealCluster(slurm, token: try await slurm.token(lifespan: .seconds(4)))
            let shard = try await RunningShard(configuration: cluster.configuration())
            #expect(try await shard.shows(\.isUp))
            let expiry = try #require(try await shard.scrape()["slurm_exporter_token_expiry_timestamp_seconds"])
            #expect(try await shard.shows { $0.isDown && $0.hasFailed("jobs", as: "auth") })
            try await cluster.renewToken()
            #expect(try await shard.shows { $0.isUp })
            #expect(try await shard.scrape()["slurm_exporter_token_expiry_timestamp_seconds"] ?? 0 > expiry)
        }

        /// In all that 22.05 says of a wrong token there is no word of the token.
        @Test func aWrongTokenIsAFailureAndNoEmptyCluster() async throws {
            let cluster = try await RealCluster(try await StandingSlurm.shared.slurm, token: "nonsense")
            let shard = try await RunningShard(configuration: cluster.configuration())
            #expect(try await shard.becomesReady())
            let scrape = try await shard.scrape()
            #expect(scrape.isDown && scrape.hasFailed("jobs", as: "slurm_error"))
            #expect(!scrape.names.contains { $0.hasPrefix("slurm_") && !$0.hasPrefix("slurm_exporter_") })
            try await cluster.renewToken()
            #expect(try await shard.shows(\.isUp))
        }

        @Test func slurmrestdIsFoundAgain() async throws {
            let (slurm, shard) = try await standing()
            let isMissed = try await slurm.rest.whileStopped {
                try await shard.shows { $0.isDown && $0.hasFailed("jobs", as: "connect") }
            }
            #expect(isMissed)
            #expect(try await shard.shows(\.isUp))
        }

        @Test func aRestartOfTheControllerIsAResetOfItsCounters() async throws {
            let (slurm, shard) = try await standing()
            let since = "slurm_scheduler_last_reset_timestamp_seconds"
            let before = try #require(await shard.scrape(newerThan: .now))
            try await slurm.controller.restart()
            let isReset = try await eventually(within: .seconds(60)) {
                let scrape = try await shard.scrape()
                return scrape.isUp && scrape[since] ?? 0 > before[since] ?? 0
            }
            #expect(isReset)
            let text = try await shard.get("/metrics", headers: ["Accept": "application/openmetrics-text"]).body
            let after = try Scrape(text, format: .openMetrics)
            #expect(after["slurm_scheduler_jobs_submitted_created"] == after[since])
            #expect(after["slurm_scheduler_jobs_submitted_total"] == 0)
            let calls = [before, after].map { $0["slurm_rpc_calls_total"] ?? -1 }
            #expect(0 < calls[1] && calls[1] < calls[0])
            for name in after.names where name.hasPrefix("slurm_") {
                #expect(after.series(name).values.allSatisfy { $0 >= 0 }, "\(name)")
            }
            try await expectRecovery(shard, before)
        }

        private func standing() async throws -> (slurm: RealSlurm, shard: RunningShard) {
            let slurm = try await StandingSlurm.shared.slurm
            let shard = try await RunningShard(configuration: try await RealCluster(slurm).configuration())
            try #require(await shard.becomesReady())
            return (slurm, shard)
        }
    }
}

extension Scrape {
    var isUp: Bool { self["slurm_exporter_up"] == 1 && self["slurm_exporter_collector_up"] == 7 }

    var isDown: Bool { self["slurm_exporter_up"] == 0 && self["slurm_exporter_collector_up"] == 0 }

    func hasFailed(_ collector: String, as type: String) -> Bool {
        self["slurm_exporter_collection_errors_total", ["collector": collector, "error_type": type]] ?? 0 > 0
    }
}
