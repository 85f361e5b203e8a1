import RealSlurm
import TestSupport

/// What the shard and Slurm's commands say of one moment.
struct Moment: Sendable {
    let scrape: Scrape
    let words: SlurmsWords

    /// The standing workload's.
    static var shared: Moment {
        get async throws { try await start.value }
    }

    private static let reasons = "slurm_jobs_pending_reason"

    private static let start = Task { try await take(StandingSlurm.shared.slurm) }

    /// Nothing has moved if the commands say the same before and after the collection.
    ///
    /// A scheduler at work takes the reason from jobs that wait, for the moment in which it looks at them: no job of the
    /// standing workload waits without one for longer.
    private static func take(_ slurm: RealSlurm) async throws -> Moment {
        let cluster = try await RealCluster(slurm)
        var (moment, moved) = (Moment?.none, [String]())
        let stands = try await eventually {
            do {
                let before = try await SlurmsWords(slurm)
                let scrape = try await cluster.collectOnce(limits: true)
                moved = try await SlurmsWords(slurm).differences(from: before) + unexplained(scrape)
                moment = Moment(scrape: scrape, words: before)
            } catch let failure as RealCluster.CollectionFailure {
                moved = [failure.output]
            }
            return moved.isEmpty
        }
        guard stands, let moment else { throw RealSlurm.NeverTrue(description: "Slurm doesn't stand: \(moved)") }
        return moment
    }

    private static func unexplained(_ scrape: Scrape) -> [String] {
        scrape.series(reasons).filter { $0.key["reason"] == "None" && $0.value > 0 }.keys.map {
            "a job without a reason in \($0["partition"] ?? "no partition")"
        }
    }
}
