import Locks
public import Metrics
import ServiceRuntime

extension FleetGatherer {
    private static let clashes = MetricFamily(
        "slurm_fleet_slice_clashes", .gauge, help: "Series that two slices show although each has its own.",
        merge: .union)
    private static let copyAge = MetricFamily(
        "slurm_fleet_copy_age_seconds", .gauge,
        help:
            "How old this coordinator's copy of the fleet's series may be: the time since the slice was asked that hasn't"
            + " answered for longest.",
        unit: "seconds", merge: .union)
    private static let errors = MetricFamily(
        "slurm_fleet_slice_errors_total", .counter, help: "Documents of slices that did not come, by reason.",
        labels: ["reason"], merge: .union)

    public func register(in registry: MetricRegistry) {
        registry.collect([Self.clashes, Self.errors, Self.copyAge]) { [weak self] tables in
            guard let self else { return }
            let (clashes, errors) = state.withLock { ($0.clashes, $0.errors) }
            if let silence { tables[2].set(silence / .seconds(1), at: tables[2].row()) }
            tables[0].set(Double(clashes), at: tables[0].row())
            for (reason, count) in errors { tables[1].set(Double(count), at: tables[1].row(reason)) }
        }
    }
}
