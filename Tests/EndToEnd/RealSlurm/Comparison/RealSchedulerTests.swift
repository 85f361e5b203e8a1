import RealSlurm
import Testing

extension RealSlurmTests {
    /// slurmctld's own figures against those of sdiag.
    struct SchedulerTests {
        @Test func figuresAreThoseOfSdiag() async throws {
            let (before, scrape, after) = try await unmoved()
            for (metric, name, divisor) in Self.figures {
                let said = try #require(before.figures[name], "\(name)")
                // Of 0 can be said nothing: an aborted cycle, or none yet.
                #expect(scrape[metric] == Double(said) / divisor || said == 0, "\(metric), \(name): \(said)")
            }
            // Each question takes a thread for itself.
            #expect(scrape["slurm_scheduler_threads"] ?? 0 > 0)
            let since = try #require(before.since)
            #expect(scrape["slurm_scheduler_last_reset_timestamp_seconds"] == Double(since))
            expectCallsBetween(before, scrape, after)
        }

        /// A cycle of the scheduler's can come at any time.
        private func unmoved() async throws -> (before: SchedulerReading, scrape: Scrape, after: SchedulerReading) {
            let slurm = try await StandingSlurm.shared.slurm
            let cluster = try await RealCluster(slurm)
            var found: (SchedulerReading, Scrape, SchedulerReading)?
            try await slurm.waitUntil("sdiag says the same before and after a collection") {
                let before = try await slurm.scheduler()
                guard let scrape = try await cluster.collectOnceIfAnswered() else { return false }
                let after = try await slurm.scheduler()
                found = (before, scrape, after)
                return Self.figures.allSatisfy { before.figures[$0.name] == after.figures[$0.name] }
            }
            return found!
        }

        /// Calls are counted as they are made, ours and sdiag's too.
        private func expectCallsBetween(_ before: SchedulerReading, _ scrape: Scrape, _ after: SchedulerReading) {
            #expect(!before.messages.isEmpty)
            for (name, calls) in before.messages {
                let labels = ["message_type": name]
                let count = scrape["slurm_rpc_calls_total", labels] ?? -1
                let microseconds = (scrape["slurm_rpc_duration_seconds_total", labels] ?? -1) * 1e6
                let last = after.messages[name] ?? calls
                #expect(Double(calls.count) <= count && count <= Double(last.count), "\(name)")
                #expect(Double(calls.totalTime) - 0.5 <= microseconds, "\(name)")
                #expect(microseconds <= Double(last.totalTime) + 0.5, "\(name)")
            }
        }

        @Test func ourOwnQuestionsAreCounted() async throws {
            let watched = try await WatchedSlurm()
            let first = try await watched.look()
            let second = try await watched.look()
            for name in ["REQUEST_JOB_INFO", "REQUEST_NODE_INFO", "REQUEST_PARTITION_INFO", "REQUEST_STATS_INFO"] {
                let labels = ["message_type": name]
                let counts = [first, second].map { $0["slurm_rpc_calls_total", labels] ?? 0 }
                #expect(counts[0] < counts[1], "\(name)")
            }
        }

        private static let figures: [(metric: String, name: String, divisor: Double)] =
            [
                ("agent_queue_size", "Agent queue size"),
                ("agent_count", "Agent count"), ("agent_threads", "Agent thread count"),
                ("dbd_queue_size", "DBD Agent queue size"), ("jobs_submitted_total", "Jobs submitted"),
                ("jobs_started_total", "Jobs started"), ("jobs_completed_total", "Jobs completed"),
                ("jobs_canceled_total", "Jobs canceled"), ("jobs_failed_total", "Jobs failed"),
                ("jobs_pending", "Jobs pending"), ("jobs_running", "Jobs running"),
                ("job_states_timestamp_seconds", "Job states ts"), ("cycles_total", main + "Total cycles"),
                ("cycle_depth_mean", main + "Mean depth cycle"), ("queue_length", main + "Last queue length"),
            ].map { ("slurm_scheduler_\($0)", $1, 1) }
            + [("last", "Last"), ("max", "Max"), ("mean", "Mean")].flatMap { metric, name in
                [
                    ("slurm_scheduler_cycle_\(metric)_seconds", "\(main)\(name) cycle", 1e6),
                    ("slurm_backfill_cycle_\(metric)_seconds", "\(backfill)\(name) cycle", 1e6),
                ]
            }
            + [
                ("jobs_total", "Total backfilled jobs (since last slurm start)"),
                ("jobs_today_total", "Total backfilled jobs (since last stats cycle start)"),
                ("het_jobs_total", "Total backfilled heterogeneous job components"),
                ("cycles_total", "Total cycles"), ("last_cycle_timestamp_seconds", "Last cycle when"),
                ("depth_mean", "Depth Mean"), ("depth_try_mean", "Depth Mean (try depth)"),
                ("queue_length", "Last queue length"), ("queue_length_mean", "Queue length mean"),
                ("table_size", "Last table size"), ("table_size_mean", "Mean table size"),
            ].map { ("slurm_backfill_\($0)", backfill + $1, 1) }

        private static let main = "Main schedule statistics/"
        private static let backfill = "Backfilling stats/"
    }
}
