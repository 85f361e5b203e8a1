public import Metrics

/// What rivosinc's exporter says of its own work, by the feed that it is of.
public struct PeerScrape: Sendable {
    public let row: PeerRow
    public let feed: Feed
    public let isError: Bool

    public static let all = durations + errors

    private static let durations = [
        ("slurm_job_scrape_duration", Feed.jobs), ("slurm_node_scrape_duration", .nodes),
        ("slurm_diag_scrape_duration", .diag), ("slurm_limit_scrape_duration", .associations),
    ].map { name, feed in
        PeerScrape(
            row: PeerRow(
                MetricName(stringLiteral: name), "How long Slurm's last answer took, in milliseconds: \(feed).",
                feed: feed, as: "slurm_exporter_collection_duration_seconds"),
            feed: feed, isError: false)
    }

    private static let errors = [
        ("slurm_job_scrape_error", Feed.jobs), ("slurm_node_scrape_error", .nodes), ("slurm_diag_scrape_error", .diag),
        ("slurm_lic_scrape_error", .licenses), ("slurm_account_scrape_error", .associations),
        ("slurm_account_collect_error", .associations),
    ].map { name, feed in
        PeerScrape(
            row: PeerRow(
                MetricName(stringLiteral: name), "Questions to Slurm that failed: \(feed).", type: .counter, feed: feed,
                as: "slurm_exporter_collection_errors_total"),
            feed: feed, isError: true)
    }
}
