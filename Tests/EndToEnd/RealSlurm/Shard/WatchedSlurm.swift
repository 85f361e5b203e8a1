import RealSlurm
import TestSupport

/// A shard that looks at the standing Slurm each second.
struct WatchedSlurm {
    let slurm: RealSlurm
    /// The token's file goes with it.
    let cluster: RealCluster
    let shard: RunningShard

    /// - Parameter token: nil for one that lasts.
    init(token: String? = nil) async throws {
        slurm = try await StandingSlurm.shared.slurm
        cluster = try await RealCluster(slurm, token: token)
        shard = try await RunningShard(configuration: cluster.configuration())
    }

    /// What is shown after everything has been asked once more.
    func look() async throws -> Scrape {
        let moment = ContinuousClock.now
        try await slurm.waitUntil("the shard has asked everything anew: \(shard.process.standardError.suffix(500))") {
            let scrape = try await shard.scrape()
            let elapsed = ContinuousClock.now - moment
            return scrape.secondsSinceAsked.map { .seconds($0) < elapsed } ?? false
        }
        return try await shard.scrape()
    }

    /// Waits as long as a daemon may take to come back.
    func shows(_ condition: (Scrape) -> Bool) async throws -> Bool {
        try await eventually(within: .seconds(40)) { condition(try await shard.scrape()) }
    }
}

extension Scrape {
    /// How long ago the oldest of the questions was asked whose answers are shown; nil before all are.
    fileprivate var secondsSinceAsked: Double? {
        let feeds = series("slurm_exporter_feed_interval_seconds").keys
        let ages = feeds.compactMap { feed -> Double? in
            guard let age = self["slurm_exporter_feed_age_seconds", feed] else { return nil }
            return age + (self["slurm_exporter_feed_duration_seconds", feed] ?? 0)
        }
        return ages.count == feeds.count ? ages.max() : nil
    }

    var isUp: Bool { self["slurm_exporter_up"] == 1 && self["slurm_exporter_collector_up"] == 7 }

    var isDown: Bool { self["slurm_exporter_up"] == 0 && self["slurm_exporter_collector_up"] == 0 }

    func hasFailed(_ collector: String, as type: String) -> Bool {
        self["slurm_exporter_collection_errors_total", ["collector": collector, "error_type": type]] ?? 0 > 0
    }
}
