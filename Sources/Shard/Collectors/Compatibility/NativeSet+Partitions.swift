import Metrics
import Slurm

/// What `/metrics/partitions` says of partitions themselves.
extension NativeSet {
    private static let declare = PeerGroup<PartitionRecord>(labels: ["partition"], merge: .union, feed: .partitions)

    static let partitionCount = PeerRow(
        "slurm_partitions", "Partitions.", merge: .replica, feed: .partitions, as: "count(slurm_partition_info)")

    static let partitions: [PeerFigure<PartitionRecord>] = [
        declare.count(
            "slurm_partition_cpus", "CPUs that a partition is configured with.", as: "slurm_partition_configured_cpus"
        ) { $0.cpus },
        declare.count(
            "slurm_partition_nodes", "Nodes that a partition is configured with.",
            as: "slurm_partition_configured_nodes"
        ) { $0.nodes },
    ]
}
