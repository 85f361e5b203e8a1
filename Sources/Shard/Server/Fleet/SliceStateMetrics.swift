import FleetProtocol
import Metrics

/// Tells whoever scrapes shards directly which of two that show a slice has it.
enum SliceStateMetrics {
    private static let family = MetricFamily(
        "slurm_exporter_slice_state", .gauge,
        help:
            "How a slice is here: warming (nothing to show yet), serving, or leaving (somebody else has it, or will soon).",
        labels: ["slice", "cluster", "state"], merge: .union)
    private static let all = ["warming", "serving", "leaving"]

    static func register(
        in registry: MetricRegistry, _ states: @escaping @Sendable () -> [(slice: Slice, state: String)]
    ) {
        registry.collect([family]) { tables in
            for (slice, state) in states() {
                for one in all {
                    tables[0].set(one == state ? 1 : 0, at: tables[0].row(slice.id, slice.cluster, one))
                }
            }
        }
    }
}
