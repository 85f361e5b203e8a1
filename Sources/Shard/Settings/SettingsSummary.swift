import Collectors
public import Configuration
import Metrics
import Upstreams

extension ShardSettings {
    /// What `check` prints: all settings, and what follows from them as comments.
    public static func effective(_ loaded: Loaded<ShardSettings>) -> String {
        schema.effective(loaded) + "\n" + loaded.settings.summary
    }

    /// The intervals after all rules, in YAML's comments.
    var summary: String {
        let names = enabledCollectors.map(\.rawValue).joined(separator: ", ")
        let lines = ["What follows from it:", "collectors: \(names)"] + clusters.flatMap(summary)
        return lines.map { "# \($0)\n" }.joined()
    }

    private func summary(of cluster: ClusterSettings) -> [String] {
        let name = cluster.name.isEmpty ? "the cluster" : "cluster \(cluster.name)"
        return ["\(name) at \(place(of: cluster)):"]
            + schedule(of: cluster).map { "  \(summary(of: $0))" }
    }

    private func place(of cluster: ClusterSettings) -> String {
        switch cluster.source {
        case .rest: cluster.rest.addresses.joined(separator: ", ")
        case .cli: "the commands in \(cluster.commands.directory ?? "PATH")"
        }
    }

    private func summary(of feed: ScheduledFeed) -> String {
        let why = feed.decidedBy.map { " (\($0))" } ?? ""
        return "\(feed.feed.rawValue) every \(feed.interval.asWritten)\(why), in at most \(feed.timeout.asWritten),"
            + " shown for \(lifetime(of: feed).asWritten)"
    }
}
