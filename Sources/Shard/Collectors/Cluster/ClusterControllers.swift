import Metrics
import Slurm

/// The cluster's controllers, and what the cluster is.
struct ClusterControllers: Fold {
    private struct Cluster: Sendable {
        var name = ""
        var release = ""
        var controllers: [ControllerRecord] = []

        var primary: String { controllers.first { $0.role == "primary" }?.host ?? controllers.first?.host ?? "" }

        var backups: String {
            controllers.map(\.host).filter { $0 != primary }.joined(separator: ",")
        }
    }

    private static let controller = FamilyGroup(
        labels: ["host", "mode"], level: .critical, merge: .replica, feed: .ping)
    private static let cluster = FamilyGroup(level: .critical, merge: .replica, feed: .ping)

    private var controllers = FigureTables<ControllerRecord>([
        Figure(whole: controller.gauge("slurm_controller_up", "Whether a controller answers: 1 or 0.")) {
            $0.isUp.map { $0 ? 1 : 0 }
        },
        Figure(
            controller.gauge(
                "slurm_controller_ping_latency_seconds", "How long a controller took to answer a ping.",
                unit: "seconds", level: .important)
        ) { $0.latencySeconds },
    ])
    private var clusters = FigureTables<Cluster>([
        Figure(
            whole: cluster.gauge(
                "slurm_controller_status",
                "1 if at least one controller answers, 0 if none does; slurm_controller_up has each.")
        ) { cluster in
            let states = cluster.controllers.compactMap(\.isUp)
            return states.isEmpty ? nil : states.contains(true) ? 1 : 0
        },
        Figure(
            cluster.info(
                "slurm_cluster_info", "What the cluster is: its name, Slurm's release, its controllers' hosts.",
                by: ["cluster_name", "version", "control_host", "backup_host"], level: .important)
        ) { cluster, _ in
            [Share(cluster.name, cluster.release, cluster.primary, cluster.backups, number: 1)]
        },
    ])
    private var state = Cluster()

    var families: [MetricFamily] { controllers.families + clusters.families }

    mutating func begin(_ context: FoldContext) {
        state = Cluster(name: context.clusterName, release: context.release)
        controllers.begin()
    }

    mutating func add(_ record: borrowing ControllerRecord, _ symbols: borrowing Symbols) {
        state.controllers.append(copy record)
        controllers.add(record, labels: [record.host, record.role], symbols)
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        clusters.begin()
        clusters.add(state, labels: [], symbols)
        return controllers.end() + clusters.end()
    }
}
