import Metrics
import Slurm

/// What slurmctld exports itself from Slurm 25.11 on, with MetricsType=metrics/openmetrics.
enum NativeSet {
    static var rows: [PeerRow] {
        everyNode.map(\.row) + nodes.map(\.row) + jobs.map(\.row) + users.map(\.row) + accounts.map(\.row)
            + [partitionCount] + partitions.map(\.row) + partitionNodes.map(\.row) + partitionJobs.map(\.row)
            + scheduler.map(\.row)
    }

    /// Slurm's paths below /metrics, and the collectors whose families each shows.
    static let paths: KeyValuePairs<String, [Collector.Name]> = [
        "nodes": [.nodes], "jobs": [.jobs], "jobs-users-accts": [.users, .accounts], "partitions": [.partitions],
        "scheduler": [.scheduler],
    ]

    static func fill(_ collector: inout Collector, _ settings: CollectionSettings) {
        switch collector.name {
        case .nodes:
            collector.nodes = [KeyedFold(nodes, by: .whole)]
            if settings.nodes.includesSeries { collector.nodes.append(everyNode(NodeSelection(settings.nodes))) }
        case .jobs: collector.jobs = [KeyedFold(jobs, by: .whole)]
        case .users: collector.jobs = [KeyedFold(users, by: .users(settings))]
        case .accounts: collector.jobs = [KeyedFold(accounts, by: .accounts(settings))]
        case .partitions:
            collector.partitions = [
                RecordFold(partitions.map(\.figure)) { partition, symbols in [symbols[partition.name]] },
                RecordCount(partitionCount.family),
            ]
            collector.nodes = [KeyedFold(partitionNodes, by: .partitions { $0.partitions })]
            collector.jobs = [KeyedFold(partitionJobs, by: .partitions { $0.partitions })]
        case .scheduler: collector.scheduler = [RecordFold(scheduler.map(\.figure)) { _, _ in [] }]
        default: break
        }
    }

    private static func everyNode(_ selection: NodeSelection) -> RecordFold<NodeRecord> {
        RecordFold(everyNode.map(\.figure)) { node, symbols in
            node.name.isEmpty || !selection.includes(node, symbols) ? nil : [node.name]
        }
    }

    static let bytes = "In bytes; Slurm shows its own megabytes (2^20) under this name."
    static let wraps = "Slurm's number begins again at 0 above 65,535."
}
