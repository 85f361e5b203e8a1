import Collectors
import Configuration
import Metrics
import Program

extension ShardSettings {
    static let schema = schema(KnownFamilies(Catalogue()))

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
        Check(\.several) { settings in
            guard !settings.several.isEmpty, settings.slurm != ClusterEntry() else { return nil }
            return "stands beside keys of slurm: name the one cluster under slurm, or all of them here"
        }
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
    }
}
