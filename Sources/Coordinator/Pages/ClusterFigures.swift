import Merging
import Metrics

/// A cluster at a glance; what isn't known has no number.
struct ClusterFigures: Encodable, Sendable {
    /// Share of its slices that show current data.
    let coverage: Double
    /// Families that are left out because a part of them is missing: how many, and the first by name.
    let missingCount: Int
    let missing: [String]
    /// By state.
    let nodes: [String: Double]
    let jobs: [String: Double]
    /// From 0 to 1, by what is used.
    let utilization: [String: Double]

    private static let used: [(name: String, family: MetricName)] = [
        ("cpus", "slurm_cluster_utilization"), ("memory", "slurm_cluster_memory_utilization_ratio"),
        ("gpus", "slurm_cluster_gpu_utilization_ratio"),
    ]
    private static let mostMissing = 3

    init(_ cluster: String, of fleet: MergedFleet) {
        let tables = fleet.tables.first { $0.cluster == cluster }?.tables ?? []
        let families = Dictionary(tables.map { ($0.family.name, $0) }) { first, _ in first }
        coverage = fleet.coverage[cluster] ?? 0
        let incomplete = fleet.completeness[cluster, default: [:]].filter { !$0.value }.map(\.key.text)
        missingCount = incomplete.count
        missing = Array(incomplete.sorted().prefix(Self.mostMissing))
        nodes = (families["slurm_cluster_nodes_total"] ?? families["slurm_nodes_total"])?.byState ?? [:]
        jobs = (families["slurm_cluster_jobs_total"] ?? families["slurm_jobs_total"])?.byState ?? [:]
        utilization = Dictionary(
            uniqueKeysWithValues: Self.used.compactMap { name, family in
                families[family]?.onlyValue.map { (name, $0) }
            })
    }
}

extension SeriesTable {
    fileprivate var byState: [String: Double] { totals(by: "state").mapValues(\.sum).filter(\.value.isFinite) }

    fileprivate var onlyValue: Double? { rows.first.map { value(at: $0) }.flatMap { $0.isFinite ? $0 : nil } }
}
