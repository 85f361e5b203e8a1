public import Configuration
import FleetProtocol
import Slices

extension Section where Root: Sendable {
    /// The keys under `fleet`.
    public static func fleet(_ settings: any WritableKeyPath<Root, FleetSettings> & Sendable) -> Section {
        Section("fleet", settings, "Shards, and how the work is shared out among them.") {
            Setting(
                "configuration", \.configuration, .string,
                "The file with the keys of slurm-shard that all shards get. Secrets stand in it as `file:` or `${VARIABLE}`, which each shard looks up itself.",
                unset: "none")
            Setting(
                "split", \.split, .enumeration("split"),
                "How the work is split: by category, by the groups of partitions, or both. `slices` comes in its place."
            )
            Setting(
                "groups", \.groups, .map(of: .list(of: .string)),
                "Sets of partitions that are counted by themselves, by name: names, or patterns with `*` and `?`. Everything else is in `rest`."
            )
            Setting(
                "slices", \.slices, .list(of: .section(SliceEntry.schema, name: "slice")),
                "The slices of the work, where no built-in split fits.")
            Check(
                \.split,
                withOrigins: { $0.slices.isEmpty ? nil : $1["fleet.split"].map { _ in SliceEntry.besideSlices } })
            Check(\.groups) { $0.groups.isEmpty || $0.slices.isEmpty ? nil : SliceEntry.besideSlices }
            Check(\.groups, severity: .warning) {
                guard $0.split == .category, !$0.groups.isEmpty, $0.slices.isEmpty else { return nil }
                return "has no effect with split: category: write split: partition or split: both, or leave it out"
            }
            Setting(
                "tokens", \.tokens.secrets, .list(of: .secret(file: .mayComeLater)),
                "What members of the fleet are known by; while it is rotated the new token and after it the old one.")
            Check(\.tokens.secrets) {
                $0.tokens.secrets.count > FleetTokens.limit ? "has more than \(FleetTokens.limit) tokens" : nil
            }
            Setting("store", \.store, .string, "The file that the plan is kept in.")
            Setting(
                "scrape_interval", \.scrapeInterval, .duration,
                "How often shards are scraped: for so long the former owner of a slice goes on beside the new one.")
            Setting(
                "heartbeat_interval", \.heartbeatInterval, .duration(in: .milliseconds(50)...),
                "How often shards report.")
            Setting(
                "lost_after", \.lostAfter, .duration(in: .milliseconds(100)...),
                "How long a shard may be silent before its work is given to others.")
            Check(\.lostAfter) {
                $0.lostAfter < $0.heartbeatInterval * 2 ? "is less than two heartbeats" : nil
            }
            Setting(
                "rebalance_interval", \.rebalanceInterval, .duration, "How often a slice may move for even loads.")
        }
    }
}

extension SliceEntry {
    fileprivate static let besideSlices = "has no effect beside slices: keep one of them"

    static let schema = Schema(SliceEntry()) {
        Setting("name", \.name, .string, "What it is called.", required: true)
        Setting("collectors", \.collectors, .list(of: .string), "What it collects.", required: true)
        Setting("clusters", \.clusters, .list(of: .string), "Of which clusters; of all by default.")
        Setting("partitions", \.partitions, .list(of: .string), "The partitions that it counts: names or patterns.")
        Setting("rest", \.takesRest, .boolean, "Whether it counts the partitions that no other slice names.")
        Check(\.takesRest) { $0.takesRest && !$0.partitions.isEmpty ? "stands beside partitions" : nil }
        Setting("prefix", \.prefix, .string, "Stands in place of `slurm_` in its metrics.", unset: "auto")
    }
}
