import Configuration
import Upstreams

/// What differs between two configurations, by key.
struct SettingsChange: Equatable, Sendable {
    /// Taken over by a reload.
    var atOnce: [String] = []
    /// Looked at when the process starts.
    var atRestart: [String] = []

    init(from old: ShardSettings, to new: ShardSettings) {
        let areOthers = old.clusters.map(\.name) != new.clusters.map(\.name)
        for key in ShardSettings.schema.changes(from: old, to: new) {
            if Self.needsRestart(key) || areOthers && Self.keysOfNames.contains(key) {
                atRestart.append(key)
            } else {
                atOnce.append(key)
            }
        }
    }

    /// Where and how often Slurm is asked, and what is logged. Everything else decides what series there are.
    static let sectionsAtOnce = ["log", "slurm", "clusters", "collection"]
    /// Clusters come and go at a start only.
    static let keysOfNames = ["slurm.cluster", "clusters"]
    static let collectorKeysAtOnce = [".interval", ".timeout"]

    private static func needsRestart(_ key: String) -> Bool {
        !sectionsAtOnce.contains { key == $0 || key.hasPrefix($0 + ".") }
            && !(key.hasPrefix("collectors.") && collectorKeysAtOnce.contains { key.hasSuffix($0) })
    }
}
