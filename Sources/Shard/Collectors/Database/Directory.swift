import Metrics
import Slurm

/// Folds of what slurmdbd knows by name.
enum Directory {
    static func clusters() -> RecordFold<ClusterRecord> {
        RecordFold(DirectoryFigures.clusters) { cluster, symbols in [symbols[cluster.name]] }
    }

    static func resources() -> RecordFold<TrackedResourceRecord> {
        RecordFold([DirectoryFigures.resources]) { resource, symbols in
            // Where the numbers of resources begin that sites define: sacctmgr doesn't show it either.
            guard symbols[resource.type] != "dynamic_offset" else { return nil }
            return [resource.id.map { "\($0)" } ?? "", symbols[resource.type], symbols[resource.name]]
        }
    }
}

/// Workload keys: who has which, and how many there are.
struct WorkloadKeys: Fold {
    private static let total = FamilyGroup(labels: ["cluster_name"], merge: .replica, feed: .wckeys).gauge(
        "slurm_wckey_total", "Workload keys of a cluster, each once however many users have it.")

    private var each = RecordFold([DirectoryFigures.workloadKeys]) { key, symbols in
        let (name, isDefault) = Self.parts(of: symbols[key.name])
        return [name, symbols[key.user], isDefault ? "true" : "false", symbols[key.cluster]]
    }
    private var names: [Symbol: Set<String>] = [:]

    var families: [MetricFamily] { each.families + [Self.total] }

    mutating func begin(_ context: FoldContext) {
        each.begin(context)
        names.removeAll(keepingCapacity: true)
    }

    mutating func add(_ key: borrowing WorkloadKeyRecord, _ symbols: borrowing Symbols) {
        each.add(key, symbols)
        names[key.cluster, default: []].insert(Self.parts(of: symbols[key.name]).name)
    }

    /// Slurm marks a user's default key with a star.
    private static func parts(of text: String) -> (name: String, isDefault: Bool) {
        text.hasPrefix("*") ? (String(text.dropFirst()), true) : (text, false)
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        var totals = SeriesTable(Self.total)
        for (cluster, keys) in names {
            let row = totals.row(symbols[cluster])
            totals.set(Double(keys.count), at: row)
        }
        totals.settle()
        return each.end(symbols, at: time) + [totals]
    }
}
