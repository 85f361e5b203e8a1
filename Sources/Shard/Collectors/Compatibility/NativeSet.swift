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
        case .users: collector.jobs = [KeyedFold(users, by: .owner(excluded: settings.users.excluded) { $0.user })]
        case .accounts:
            collector.jobs = [KeyedFold(accounts, by: .owner(excluded: settings.accounts.excluded) { $0.account })]
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

/// How many records there are.
struct RecordCount<Record: Sendable>: Fold {
    private let family: MetricFamily
    private var count = 0

    init(_ family: MetricFamily) {
        self.family = family
    }

    var families: [MetricFamily] { [family] }

    mutating func begin(_ context: FoldContext) {
        count = 0
    }

    mutating func add(_ record: borrowing Record, _ symbols: borrowing Symbols) {
        count += 1
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        var table = SeriesTable(family)
        let row = table.row()
        table.set(Double(count), at: row)
        return [table]
    }
}
