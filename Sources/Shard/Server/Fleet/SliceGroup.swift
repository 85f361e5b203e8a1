import FleetProtocol
import Metrics
import ShardSettings
import Snapshots

/// The slices of one name that run here, one of each cluster: they have one prefix, and so are shown as one.
struct SliceGroup: Sendable {
    let name: String
    let snapshots: Snapshots

    init(_ slice: Slice, prefix: MetricPrefix, _ settings: ShardSettings) {
        name = slice.name
        var shown = SnapshotSettings(settings)
        shown.prefix = prefix
        shown.slice = slice.name
        snapshots = Snapshots(shown, registry: MetricRegistry())
    }
}
