import Collectors
public import Configuration
import Metrics
import Program

extension ShardSettings {
    public static let schema = schema(KnownFamilies(Catalogue()))

    /// - Parameter families: what `metrics.levels` and `metrics.label_limits` can name, and what a prefix renames.
    static func schema(_ families: KnownFamilies) -> Schema<ShardSettings> {
        Schema(ShardSettings(), environmentPrefix: "SLURM_EXPORTER") {
            clusterKeys
            collectorKeys
            collectionKeys
            metricsKeys(families)
            processKeys
            Section.web(\.web)
            Section.log(\.log)
            fleetKeys
            foreignKeys
            Option("once", \.runsOnce, .boolean, "Ask Slurm once, print what /metrics would show, and end.")
        }
    }

    @SchemaBuilder<ShardSettings> private static var clusterKeys: SchemaPart<ShardSettings> {
        Section(
            "slurm", \.slurm, "Where Slurm is asked, and as whom. For one cluster; for several there is `clusters`."
        ) {
            Setting(
                "cluster", \.name, .string, "The value of the label `cluster`; `auto` is what Slurm says it is called.",
                unset: "auto")
            Alias("name", of: \.name)
            ClusterEntry.keys
        }
        Setting(
            "clusters", \.several, .list(of: .section(ClusterEntry.schema, name: "cluster")),
            "Several clusters, in place of `slurm`.")
        // Slurm's own commands know these variables, so that they are set for reasons of their own.
        Check(
            \.several,
            withOrigins: { settings, origins in
                guard !settings.several.isEmpty, settings.slurm != ClusterEntry(),
                    origins.isGiven(in: "slurm", otherThanBy: ["SLURM_JWT", "SLURM_REST_URL"])
                else { return nil }
                return "stands beside keys of slurm: name the one cluster under slurm, or all of them here"
            })
        Check(\.several) { settings in
            var names: Set<String?> = []
            let twice = settings.several.first { !names.insert($0.name).inserted }
            return twice?.name.map { "names the cluster \($0) twice" }
        }
    }

    @SchemaBuilder<ShardSettings> private static var collectionKeys: SchemaPart<ShardSettings> {
        Section("collection", \.pace, "How often and how hard Slurm is asked.") { PaceSettings.keys }
        Check(\.pace.jitter) { settings in
            let feeds = settings.clusters.flatMap { settings.schedule(of: $0) }
            guard let shortest = feeds.min(by: { $0.interval < $1.interval }), settings.pace.jitter >= shortest.interval
            else { return nil }
            return "is no less than the shortest interval, \(shortest.interval.asWritten) of \(shortest.feed.rawValue)"
        }
        for name in Collector.Name.allCases {
            Check(\.collectors[name].interval, severity: .warning) {
                $0.haste(decidedBy: "collectors.\(name.rawValue).interval")
            }
            Check(\.pace.intervals[name], severity: .warning) {
                $0.haste(decidedBy: "collection.intervals.\(name.rawValue)")
            }
        }
    }

    /// What is wrong with an interval that makes answers too old while an answer is waited for that doesn't come: by
    /// whoever asked, and by whoever takes over from it.
    private func haste(decidedBy key: String) -> String? {
        let feeds = clusters.flatMap { schedule(of: $0) }.filter { $0.decidedBy == key }
        guard let feed = feeds.first(where: { $0.timeout > lifetime(of: $0) }) else { return nil }
        return "lets \(feed.feed.rawValue) be shown for \(lifetime(of: feed).asWritten), and an answer may take "
            + "\(feed.timeout.asWritten): when one stays away, or whoever waits for it dies, there is nothing to show"
            + " before the next"
    }
}
