import FleetProtocol
import Metrics
import Planning

/// How the fleet is, for whoever scrapes the coordinator.
enum FleetMetrics {
    private static func gauge(_ name: MetricName, _ help: String, _ labels: [LabelName] = []) -> MetricFamily {
        MetricFamily(name, .gauge, help: help, labels: labels, merge: .union)
    }

    private static let shards = gauge("slurm_fleet_shards", "Shards by state.", ["state"])
    private static let slices = gauge("slurm_fleet_slices", "Slices by state.", ["state"])
    private static let moves = MetricFamily(
        "slurm_fleet_moves_total", .counter, help: "Slices and upstreams that were given to a shard.", merge: .union)
    private static let epoch = gauge("slurm_fleet_epoch", "How many times leadership has changed.")
    private static let revision = gauge("slurm_fleet_revision", "The number of the plan.")
    private static let age = gauge(
        "slurm_fleet_heartbeat_age_seconds", "Time since a shard was heard.", ["shard"])
    private static let load = gauge(
        "slurm_fleet_shard_load", "Weight of all that a shard owns, in seconds of work a minute.", ["shard"])
    private static let weight = gauge(
        "slurm_fleet_slice_weight", "Weight of a slice, in seconds of work a minute.", ["slice"])
    private static let refusals = gauge(
        "slurm_fleet_refused_plans", "Plans that shards refused since their last one, by reason.", ["shard", "reason"])
    private static let cuts = gauge(
        "slurm_fleet_unreachable_shards", "Shards that another one can't reach.", ["shard"])
    private static let conflicts = MetricFamily(
        "slurm_fleet_refused_heartbeats_total", .counter,
        help: "Heartbeats that were refused, since another process has the shard's name, by shard.", labels: ["shard"],
        merge: .union)
    private static let errors = MetricFamily(
        "slurm_fleet_store_errors_total", .counter, help: "Plans that could not be kept.", merge: .union)

    private static let families = [
        shards, slices, moves, epoch, revision, age, load, weight, refusals, cuts, conflicts, errors,
    ]

    static func register(
        in registry: MetricRegistry, _ status: @escaping @Sendable () -> (FleetStatus, storeErrors: Int)?
    ) {
        registry.collect(families) { tables in
            guard let (status, storeErrors) = status() else { return }
            func set(_ family: MetricFamily, _ labels: String..., to value: Double) {
                guard let place = families.firstIndex(of: family) else { return }
                tables[place].set(value, at: tables[place].row(labels))
            }
            for state in ShardState.allCases {
                set(shards, state.rawValue, to: Double(status.shards.count { $0.state == state }))
            }
            for state in SliceState.allCases {
                set(slices, state.rawValue, to: Double(status.slices.count { $0.state == state }))
            }
            set(moves, to: Double(status.moves))
            set(epoch, to: Double(status.plan.epoch))
            set(revision, to: Double(status.plan.revision))
            set(errors, to: Double(storeErrors))
            for shard in status.shards {
                if let heard = shard.heartbeatAgeSeconds { set(age, shard.id, to: heard) }
                set(load, shard.id, to: shard.load)
                set(cuts, shard.id, to: Double(shard.unreachable.count))
                set(conflicts, shard.id, to: Double(shard.refusedHeartbeats))
                for reason in PlanRefusal.allCases {
                    let count = shard.refusals.count { $0.reason == reason }
                    set(refusals, shard.id, reason.rawValue, to: Double(count))
                }
            }
            for slice in status.slices { set(weight, slice.id, to: slice.weight) }
        }
    }
}
