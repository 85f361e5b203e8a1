import Foundation
import RealSlurm
import TestSupport
import Testing

extension RealSlurmTests {
    /// Jobs that really start and end, while a shard looks on.
    struct EventTests {
        /// What sacct says of how they ended.
        private static let commands =
            Array(repeating: "true", count: 6) + Array(repeating: "exit 3", count: 3)
            + Array(repeating: "sleep 2", count: 3)

        @Test func everyStartAndEndCountsOnce() async throws {
            let watched = try await WatchedSlurm()
            _ = try await watched.look()
            let slurm = watched.slurm
            var identifiers: Set<String> = []
            for command in Self.commands { identifiers.insert(try await submit(command, to: slurm)) }
            let array = try await submit("true", to: slurm, "--array=1-4%2")
            identifiers.formUnion((1...4).map { "\(array)_\($0)" })
            let unstarted = try await submit("true", to: slurm, "-H")
            identifiers.insert(unstarted)
            try await slurm.run("scancel", unstarted)
            try await expectSame(try await ended(identifiers, slurm), watched)
        }

        private func submit(_ command: String, to slurm: RealSlurm, _ options: String...) async throws -> String {
            let arguments = ["--parsable", "-A", "ops", "-w", "m1", "-t", "5", "-o", "/dev/null", "-e", "/dev/null"]
            let output = try await slurm.run("sbatch", arguments + options + ["--wrap", command], as: "eva")
            return String(output.prefix(while: \.isNumber))
        }

        private func ended(_ identifiers: Set<String>, _ slurm: RealSlurm) async throws -> [AccountedJobReading] {
            var jobs: [AccountedJobReading] = []
            try await slurm.waitUntil("accounting knows how all ended") {
                jobs = try await slurm.accountedJobs(identifiers)
                return jobs.count == identifiers.count && jobs.allSatisfy { $0.ended != nil }
            }
            return jobs
        }

        private func expectSame(_ jobs: [AccountedJobReading], _ watched: WatchedSlurm) async throws {
            #expect(try await watched.shows { $0["slurm_jobs_ended_total"] ?? 0 >= Double(jobs.count) })
            // One look later nothing has been counted again.
            let scrape = try await watched.look()
            let ran = jobs.filter { $0.resources.processors > 0 }
            #expect(scrape["slurm_jobs_started_total"] == Double(ran.count))
            for (state, count) in jobs.tally(by: \.state) {
                #expect(scrape["slurm_jobs_ended_total", ["state": state.lowercased()]] == Double(count), "\(state)")
            }
            #expect(scrape["slurm_jobs_ended_total"] == Double(jobs.count))
            let eva = ["partition": "batch", "user": "eva", "account": "ops"]
            #expect(scrape["slurm_jobs_completed_total", eva] == Double(jobs.count { $0.state == "COMPLETED" }))
            #expect(scrape["slurm_jobs_failed_total", eva] == Double(jobs.count { $0.state == "FAILED" }))
            #expect(scrape["slurm_jobs_completed_total"] == scrape["slurm_jobs_completed_total", eva])
            expectHistogram("slurm_job_wait_time_seconds", ran.map { seconds($0.eligible, $0.started) }, scrape)
            expectHistogram("slurm_job_runtime_seconds", ran.map { seconds($0.started, $0.ended) }, scrape)
        }

        private func expectHistogram(_ name: String, _ seconds: [Double], _ scrape: Scrape) {
            let labels = ["partition": "batch", "qos": "normal"]
            #expect(scrape["\(name)_count"] == Double(seconds.count))
            #expect(scrape["\(name)_sum"] == seconds.reduce(0, +))
            #expect(scrape["\(name)_count", labels] == Double(seconds.count))
            for (key, value) in scrape.series("\(name)_bucket") where labels.allSatisfy({ key[$0.key] == $0.value }) {
                let bound = key["le"].flatMap(Double.init) ?? .infinity
                #expect(value == Double(seconds.count { $0 <= bound }), "\(name) \(key)")
            }
        }

        private func seconds(_ start: Date?, _ end: Date?) -> Double {
            guard let start, let end else { return .nan }
            return end.timeIntervalSince(start)
        }

        @Test func aLargeArrayIsOneRecordAndAllItsTasks() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let cluster = try await RealCluster(slurm)
            let before = try await cluster.collectOnce()
            let arrays = ["1-500%3", "0-998:2"]
            var identifiers: [String] = []
            for array in arrays {
                identifiers.append(try await submit("true", to: slurm, "-H", "-c", "2", "--array=\(array)"))
            }
            let after = try await cluster.collectOnce()
            for identifier in identifiers { try await slurm.run("scancel", identifier) }
            func growth(_ metric: String, _ labels: Scrape.Labels) -> Double {
                (after[metric, labels] ?? 0) - (before[metric, labels] ?? 0)
            }
            #expect(growth("slurm_jobs_pending", ["partition": "batch"]) == 1_000)
            #expect(growth("slurm_jobs_records", ["partition": "batch"]) == 2)
            #expect(growth("slurm_jobs_array_records_cut", [:]) == 0)
            #expect(growth("slurm_jobs_held", ["partition": "batch"]) == 1_000)
            #expect(growth("slurm_jobs_pending_reason", ["reason": "JobHeldUser"]) == 1_000)
            #expect(growth("slurm_user_jobs_total", ["user": "eva", "state": "pending"]) == 1_000)
            #expect(growth("slurm_user_cpus_requested", ["user": "eva"]) == 2_000)
        }
    }
}
