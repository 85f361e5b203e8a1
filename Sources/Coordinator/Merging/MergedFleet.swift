public import Metrics
public import ServiceRuntime

/// The fleet as one: each family once for every cluster.
public struct MergedFleet: Sendable {
    public internal(set) var tables: [(cluster: String, tables: [SeriesTable])] = []
    /// By cluster and family, whether all parts were there.
    public private(set) var completeness: [String: [MetricName: Bool]] = [:]
    /// By cluster, the part of its slices that show something current.
    public internal(set) var coverage: [String: Double] = [:]
    /// Slices of which something is missing: what they would show isn't known, nor that it is missing.
    public internal(set) var gaps = 0
    /// Series that two slices had although each has its own.
    public internal(set) var clashes = 0
    /// From then on something in it isn't current any more.
    public internal(set) var expires: MonotonicClock.Instant?

    var isComplete: Bool { gaps == 0 && completeness.values.allSatisfy { $0.values.allSatisfy(\.self) } }

    mutating func note(_ family: MetricName, of cluster: String, isComplete: Bool) {
        completeness[cluster, default: [:]][family] = isComplete
    }

    /// Nothing is said of what is computed of families that nobody knows.
    mutating func note(_ figure: FleetFigure, of cluster: String) {
        let operands = figure.operands.map { completeness[cluster]?[$0] }
        guard !operands.contains(nil) else { return }
        note(figure.family.name, of: cluster, isComplete: operands.allSatisfy { $0 == true })
    }

    /// Everything as families whose series come from several clusters, by name.
    var families: [[FamilyPart]] {
        var parts: [MetricName: [FamilyPart]] = [:]
        for (cluster, tables) in tables {
            for table in tables {
                let part = FamilyPart(table, constantLabels: [SeriesLabel("cluster", cluster)])
                parts[table.family.name, default: []].append(part)
            }
        }
        for table in ownTables { parts[table.family.name] = [FamilyPart(table)] }
        return parts.sorted { $0.key < $1.key }.map(\.value)
    }

    private static let complete = MetricFamily(
        "slurm_fleet_family_complete", .gauge,
        help: "Whether every slice that counts a part of the family has a current one; sums are left out otherwise.",
        labels: ["cluster", "family"], merge: .union)
    private static let coverageRatio = MetricFamily(
        "slurm_fleet_coverage_ratio", .gauge, help: "Share of a cluster's slices that show current data.",
        unit: "ratio", labels: ["cluster"], merge: .union)

    private var ownTables: [SeriesTable] {
        var (complete, ratio) = (SeriesTable(Self.complete), SeriesTable(Self.coverageRatio))
        for (cluster, families) in completeness {
            for (family, isComplete) in families {
                let row = complete.row(cluster, family.text)
                complete.set(isComplete ? 1 : 0, at: row)
            }
        }
        for (cluster, share) in coverage {
            let row = ratio.row(cluster)
            ratio.set(share, at: row)
        }
        complete.settle()
        ratio.settle()
        return [complete, ratio]
    }
}
