import Exposition
import RealSlurm
import TestSupport
import Testing

extension RealSlurmTests {
    /// What the shard shows while parts of a real Slurm are away, and that it finds back by itself.
    struct ShardFaultTests {
        @Test func aStoppedControllerIsDownAndItsDataStaysUntilStale() async throws {
            let watched = try await WatchedSlurm()
            let before = try await watched.look()
            try await watched.slurm.controller.whileStopped { try await expectDataToGoStale(watched, before) }
            try await expectRecovery(watched, before)
        }

        @Test func aPausedControllerIsDownAndItsDataStaysUntilStale() async throws {
            let watched = try await WatchedSlurm()
            let before = try await watched.look()
            try await watched.slurm.controller.whilePaused { try await expectDataToGoStale(watched, before) }
            try await expectRecovery(watched, before)
            let timeouts = try await watched.shard.scrape()["slurm_exporter_upstream_errors_total", ["kind": "timeout"]]
            #expect(timeouts ?? 0 > 0)
        }

        private func expectDataToGoStale(_ watched: WatchedSlurm, _ before: Scrape) async throws {
            var last: Scrape?
            let isDown = try await watched.shows { scrape in
                last = scrape
                return scrape["slurm_exporter_up"] == 0
            }
            #expect(isDown)
            expectDataWhileFresh(try #require(last), before)
            let isStale = try await watched.shows { scrape in
                scrape["slurm_exporter_collector_stale"] == 7 && !scrape.names.contains("slurm_jobs_total")
                    && !scrape.names.contains("slurm_cluster_nodes_total")
            }
            #expect(isStale)
            #expect(try await watched.shard.get("/health").status == 200)
        }

        private func expectDataWhileFresh(_ scrape: Scrape, _ before: Scrape) {
            let age = "slurm_exporter_data_age_seconds"
            for (collector, isStale) in scrape.series("slurm_exporter_collector_stale") {
                #expect(isStale == 0 || scrape[age, collector] ?? .infinity >= 5, "\(collector)")
            }
            guard scrape[age, ["collector": "jobs"]] ?? .infinity < 4.9 else { return }
            #expect(!scrape.series("slurm_jobs_total").isEmpty)
            #expect(scrape.series("slurm_jobs_total") == before.series("slurm_jobs_total"))
        }

        private func expectRecovery(_ watched: WatchedSlurm, _ before: Scrape) async throws {
            #expect(try await watched.shows(\.isUp), "\(watched.shard.process.standardError.suffix(2_000))")
            try await RealSlurmTests.backToNormal()
            let after = try await watched.look()
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
            let watched = try await WatchedSlurm()
            let before = try await watched.look()
            let scrape = try await watched.slurm.database.whileStopped {
                _ = try await watched.look()
                #expect(try await watched.shows(\.isUp))
                return try await watched.shard.scrape()
            }
            for family in ["slurm_jobs_total", "slurm_cluster_nodes_total", "slurm_partition_nodes_total"] {
                #expect(scrape.series(family) == before.series(family), "\(family)")
            }
            try await RealSlurmTests.backToNormal()
        }

        @Test func anExpiredTokenIsRenewedInItsFile() async throws {
            let watched = try await WatchedSlurm()
            #expect(try await watched.shows(\.isUp))
            try watched.cluster.replaceToken(try await watched.slurm.token(lifespan: .seconds(2)))
            #expect(try await watched.shows { $0.isDown && $0.hasFailed("jobs", as: "auth") })
            let expiry = try #require(try await watched.shard.scrape()["slurm_exporter_token_expiry_timestamp_seconds"])
            try await watched.cluster.renewToken()
            #expect(try await watched.shows(\.isUp))
            #expect(try await watched.shard.scrape()["slurm_exporter_token_expiry_timestamp_seconds"] ?? 0 > expiry)
        }

        /// In all that 22.05 says of a wrong token there is no word of the token.
        @Test func aWrongTokenIsAFailureAndNoEmptyCluster() async throws {
            let watched = try await WatchedSlurm(token: "nonsense")
            #expect(try await watched.shard.becomesReady())
            #expect(try await watched.shows { $0.isDown && $0.hasFailed("jobs", as: "slurm_error") })
            let scrape = try await watched.shard.scrape()
            #expect(!scrape.names.contains { $0.hasPrefix("slurm_") && !$0.hasPrefix("slurm_exporter_") })
            try await watched.cluster.renewToken()
            #expect(try await watched.shows(\.isUp))
        }

        @Test func slurmrestdIsFoundAgain() async throws {
            let watched = try await WatchedSlurm()
            let isMissed = try await watched.slurm.rest.whileStopped {
                try await watched.shows { $0.isDown && $0.hasFailed("scheduler", as: "connect") }
            }
            #expect(isMissed)
            #expect(try await watched.shows(\.isUp))
        }

        @Test func aRestartOfTheControllerIsAResetOfItsCounters() async throws {
            let watched = try await WatchedSlurm()
            let since = "slurm_scheduler_last_reset_timestamp_seconds"
            let before = try await watched.look()
            try await watched.slurm.controller.restart()
            #expect(try await watched.shows { $0.isUp && $0[since] ?? 0 > before[since] ?? 0 })
            let text = try await watched.shard.get("/metrics", headers: ["Accept": "application/openmetrics-text"]).body
            let after = try Scrape(text, format: .openMetrics)
            #expect(after["slurm_scheduler_jobs_submitted_created"] == after[since])
            #expect(after["slurm_scheduler_jobs_submitted_total"] == 0)
            let calls = [before, after].map { $0["slurm_rpc_calls_total"] ?? -1 }
            #expect(0 < calls[1] && calls[1] < calls[0])
            for name in after.names where name.hasPrefix("slurm_") {
                #expect(after.series(name).values.allSatisfy { $0 >= 0 }, "\(name)")
            }
            try await expectRecovery(watched, before)
        }
    }
}
