import Configuration
import Upstreams

/// What differs between two configurations, by key.
public struct SettingsChange: Equatable, Sendable {
    /// Taken over by a reload.
    public private(set) var atOnce: [String] = []
    /// Looked at when the process starts.
    public private(set) var atRestart: [String] = []

    public init(from old: ShardSettings, to new: ShardSettings) {
        let areOthers = old.clusters.map(\.name) != new.clusters.map(\.name)
        for key in ShardSettings.schema.changes(from: old, to: new) {
            if Self.needsRestart(key) || areOthers && !key.hasPrefix("log.") {
                atRestart.append(key)
            } else {
                atOnce.append(key)
            }
        }
    }

    /// Where and how often Slurm is asked, and what is logged. Everything else decides what series there are, or how long
    /// they hold. Clusters come and go at a start only.
    static let sectionsAtOnce = ["log", "slurm", "clusters", "collection"]
    static let collectorKeysAtOnce = [".interval", ".timeout"]
    /// Of those sections, what is looked at when the process starts all the same.
    static let exceptions = [
        "collection.staleness_factor", "collection.backoff_on_throttle", "collection.cpu_throttle_threshold",
    ]

    private static func needsRestart(_ key: String) -> Bool {
        if exceptions.contains(key) || isOfNoFeed(key) { return true }
        return !sectionsAtOnce.contains { key == $0 || key.hasPrefix($0 + ".") }
            && !(key.hasPrefix("collectors.") && collectorKeysAtOnce.contains { key.hasSuffix($0) })
    }

    /// Collectors that have no feed of their own take what others cause, at a pace that is set at the start.
    private static func isOfNoFeed(_ key: String) -> Bool {
        ["users", "accounts"].contains { key == "collectors.\($0).interval" || key == "collection.intervals.\($0)" }
    }
}
