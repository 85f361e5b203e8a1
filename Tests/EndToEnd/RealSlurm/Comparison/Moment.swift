import RealSlurm

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

    /// Nothing has moved if the commands say the same before and after the collection, and another collection does.
    ///
    /// A scheduler at work takes the reason from jobs that wait, for the moment in which it looks at them.
    private static func take(_ slurm: RealSlurm) async throws -> Moment {
        let cluster = try await RealCluster(slurm)
        var moment: Moment?
        try await slurm.waitUntil("the commands say the same before and after a collection") {
            let before = try await SlurmsWords(slurm)
            let scrape = try await cluster.collectOnce()
            let again = try await cluster.collectOnce()
            guard try await SlurmsWords(slurm) == before, again.series(reasons) == scrape.series(reasons)
            else { return false }
            moment = Moment(scrape: scrape, words: before)
            return true
        }
        return moment!
    }
}
