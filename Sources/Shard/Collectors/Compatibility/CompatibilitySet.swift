public import Metrics

/// Another exporter's metrics: its names, labels and meaning, for dashboards and rules that were written for it.
public enum CompatibilitySet: String, CaseIterable, Sendable {
    case vpenso, rivosinc, native

    /// A collector of the set's families, based on the same feeds as this exporter's own of that name; one without feeds
    /// has none.
    public func collector(_ name: Collector.Name, _ settings: CollectionSettings) -> Collector {
        var collector = Collector(name)
        switch self {
        case .vpenso: VpensoSet.fill(&collector, settings)
        case .rivosinc: RivosincSet.fill(&collector, settings)
        case .native: NativeSet.fill(&collector, settings)
        }
        return collector
    }

    /// All families, with everything that can be switched on.
    public var rows: [PeerRow] {
        switch self {
        case .vpenso: VpensoSet.rows
        case .rivosinc: RivosincSet.rows + PeerScrape.all.map { $0.row }
        case .native: NativeSet.rows
        }
    }

    /// Collectors that a part of the original's metrics is asked for by, by its path below `/metrics`.
    public var paths: [(path: String, collectors: [Collector.Name])] {
        self == .native ? NativeSet.paths.map { ($0.key, $0.value) } : []
    }
}

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
