import Lease
import Metrics
import ServiceRuntime

/// Who leads, as this coordinator sees it, and how the lease is kept.
enum LeaseMetrics {
    struct View {
        var figures: LeaseFigures
        var leads: Bool
        var epoch: UInt64
        var age: Duration?
        var hasNamesake: Bool
        var isOnNetwork: Bool
    }

    private static func gauge(_ name: MetricName, _ help: String, unit: String? = nil) -> MetricFamily {
        MetricFamily(name, .gauge, help: help, unit: unit, merge: .union)
    }

    private static let leads = gauge("slurm_fleet_is_leader", "Whether this coordinator leads.")
    private static let epoch = gauge(
        "slurm_fleet_leader_epoch", "The number of the last term that this coordinator knows of.")
    private static let changes = MetricFamily(
        "slurm_fleet_leader_changes_total", .counter,
        help: "How many times another leader was seen than the one before.", merge: .union)
    private static let age = gauge(
        "slurm_fleet_lease_age_seconds", "Time since the last renewal of the lease that this coordinator knows of.",
        unit: "seconds")
    private static let renewal = gauge(
        "slurm_fleet_lease_renewal_seconds", "How long this coordinator's last write of the lease took.",
        unit: "seconds")
    private static let errors = MetricFamily(
        "slurm_fleet_lease_errors_total", .counter, help: "Looks at the lease, and writes, that failed, by kind.",
        labels: ["kind"], merge: .union)
    private static let namesake = gauge(
        "slurm_fleet_coordinator_name_conflict", "Whether another process runs under the name of this coordinator.")
    private static let network = gauge(
        "slurm_fleet_store_on_network", "Whether the store is on a network file system, whose locks may not hold.")

    static func register(in registry: MetricRegistry, _ view: @escaping @Sendable () -> View?) {
        registry.collect([leads, epoch, changes, age, renewal, errors, namesake, network]) { tables in
            guard let view = view() else { return }
            let values: [Double?] = [
                view.leads ? 1 : 0, Double(view.epoch), Double(view.figures.changes), view.age.map { $0 / .seconds(1) },
                view.figures.lastWrite.map { $0 / .seconds(1) }, nil, view.hasNamesake ? 1 : 0,
                view.isOnNetwork ? 1 : 0,
            ]
            for (place, value) in values.enumerated() {
                if let value { tables[place].set(value, at: tables[place].row()) }
            }
            for kind in LeaseFailure.Kind.allCases {
                let count = view.figures.errors[kind] ?? 0
                tables[5].set(Double(count), at: tables[5].row(kind.rawValue))
            }
        }
    }
}
