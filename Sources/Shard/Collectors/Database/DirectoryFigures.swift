import Metrics
import Slurm

/// What slurmdbd knows of clusters, of resources and of workload keys.
enum DirectoryFigures {
    private static let cluster = FamilyGroup(labels: ["cluster_name"], merge: .replica, feed: .clusters)
    private static let all = " Every cluster that slurmdbd keeps accounts of is there, by its own name."

    static let clusters: [Figure<ClusterRecord>] = [
        Figure(
            cluster.info(
                "slurm_cluster_registration_info",
                "Where the slurmctld of a cluster is, as it is registered with slurmdbd: empty while it isn't." + all,
                by: ["control_host", "control_port", "flags"])
        ) { record, symbols in
            let port = record.controllerPort.map { $0 == 0 ? "" : "\($0)" } ?? ""
            let flags = record.flags.map { symbols[$0] }.joined(separator: ",")
            return [Share(record.controllerHost, port, flags, number: 1)]
        },
        Figure(
            whole: cluster.gauge(
                "slurm_cluster_rpc_version", "Version of the protocol that a cluster's slurmctld speaks." + all)
        ) { $0.protocolVersion },
        Figure(
            cluster.info(
                "slurm_cluster_plugin_info",
                "The plugin by which a cluster selects nodes; absent since Slurm 24.05, which doesn't say it any more.",
                by: ["select_plugin"])
        ) { record, _ in record.selectPlugin.isEmpty ? [] : [Share(record.selectPlugin, number: 1)] },
        Figure(
            cluster.info(
                "slurm_cluster_federation_info",
                "A cluster that is in a federation. Slurm's REST API doesn't say in which one.", by: [])
        ) { record, symbols in
            record.flags.contains { symbols[$0].uppercased() == "FEDERATION" } ? [Share(number: 1)] : []
        },
        Figure(
            cluster.gauge(
                "slurm_tres_configured",
                "What a cluster has by kind of resource, memory in bytes, as it told slurmdbd." + all,
                by: ["tres_type", "tres_name"])
        ) { $0.configured.namedShares($1) },
    ]

    static let resources = Figure<TrackedResourceRecord>(
        FamilyGroup(labels: ["tres_id", "tres_type", "tres_name"], merge: .replica, feed: .tres).info(
            "slurm_tres_info", "A kind of resource that accounting tracks.", by: [])
    ) { _ in 1 }

    static let workloadKeys = Figure<WorkloadKeyRecord>(
        FamilyGroup(
            labels: ["wckey", "user", "default", "cluster_name"], level: .detailed, merge: .replica, feed: .wckeys
        ).info(
            "slurm_wckey_info", "A user of a workload key, and whether it is the user's default.", by: [])
    ) { _ in 1 }
}

extension ResourceAmounts {
    /// By type and name: `gres`, `gpu:h100`.
    func namedShares(_ symbols: borrowing Symbols) -> [Share] {
        var shares: [Share] = []
        for entry in entries {
            let parts = entry.kind.name(symbols).split(separator: "/", maxSplits: 1)
            let name = parts.count > 1 ? String(parts[1]) : ""
            shares.append(Share(String(parts.first ?? ""), name, number: entry.amount))
        }
        return shares
    }
}
