import Configuration

/// What differs between two configurations, by key.
struct SettingsChange: Equatable, Sendable {
    /// Taken over by a reload.
    var atOnce: [String] = []
    /// Looked at when the process starts.
    var atRestart: [String] = []

    init(from old: ShardSettings, to new: ShardSettings) {
        for key in ShardSettings.schema.changes(from: old, to: new) {
            if Self.needsRestart(key) { atRestart.append(key) } else { atOnce.append(key) }
        }
    }

    /// Sockets stay bound, and the exporter's own histograms keep their buckets.
    static let sectionsAtRestart = ["web", "metrics.exporter"]

    private static func needsRestart(_ key: String) -> Bool {
        sectionsAtRestart.contains { key.hasPrefix($0 + ".") }
    }
}
