import RealSlurm
import TestSupport
import Testing

extension RealSlurmTests {
    /// Fair share, of which v0.0.38 says nothing, by Slurm's commands.
    struct ShareTests {
        private static let columns: [(name: String, of: @Sendable (ShareReading) -> Double?)] = [
            ("raw_shares", { $0.shares.map(Double.init) }), ("norm_shares", \.normalizedShares),
            ("raw_usage", { Double($0.usage) }), ("norm_usage", \.normalizedUsage),
            ("effective_usage", \.effectiveUsage),
        ]

        @Test func sharesAreAsSshareSays() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            var differences: [String] = []
            _ = try await eventually(within: .seconds(60)) {
                let shares = try await slurm.shares()
                differences = differencesOf(try await RealCluster.collectByCommands(slurm), shares)
                return differences.isEmpty && !shares.isEmpty
            }
            #expect(differences == [])
        }

        private func differencesOf(_ scrape: Scrape, _ shares: [ShareReading]) -> [String] {
            shares.flatMap { share in
                let labels = ["account": share.account, "user": share.user].compactMapValues(\.self)
                let owner = share.user == nil ? "account" : "user"
                return Self.columns.compactMap { name, column in
                    let shown = scrape["slurm_\(owner)_fairshare_\(name)", labels]
                    return shown == column(share) ? nil : "\(name) \(labels): \(shown ?? .nan), \(share)"
                } + (share.factor == nil || scrape["slurm_user_fairshare", labels] == share.factor ? [] : ["\(share)"])
            }
        }

        /// sshare writes use in seconds, and resources times minutes beside it. What is billed has a fraction in one only.
        @Test func useIsInOneUnit() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            var compared = 0
            try await slurm.waitUntil("something was used", within: .seconds(150)) {
                let scrape = try await RealCluster.collectByCommands(slurm)
                compared = 0
                for (labels, usage) in scrape.series("slurm_user_fairshare_raw_usage") where usage > 600 {
                    let minutes = scrape[
                        "slurm_association_tres_minutes_used", labels.merging(["tres": "billing"]) { $1 }]
                    #expect(abs((minutes ?? 0) * 60 - usage) < usage / 10 + 60, "\(labels)")
                    compared += 1
                }
                return compared > 1
            }
        }

        /// What jobs that run have left is about what they may run: Slurm doesn't look again when a limit is changed.
        @Test func minutesRunningAreThoseOfTheJobs() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let scrape = try await RealCluster.collectByCommands(slurm)
            let jobs = try await slurm.jobRecords().filter { Self.running.contains($0["JobState"] ?? "") }
            for (account, resource) in [("bio", "cpu"), ("bio", "mem"), ("hep", "cpu"), ("hep", "mem")] {
                let most = jobs.filter { $0["Account"] == account }.reduce(0.0) { sum, job in
                    sum + job.resources("TRES")[resource] * Double(job.seconds("TimeLimit") ?? 0) / 60
                }
                let shown = scrape[
                    "slurm_association_tres_minutes_running", ["account": account, "user": "", "tres": resource]]
                #expect(most > 0 && (0.5 * most...2 * most).contains(shown ?? 0), "\(account) \(resource)")
            }
        }

        private static let running = ["RUNNING", "SUSPENDED", "CONFIGURING"]
    }
}
