import Collectors
import Metrics
import Slurm

/// What all collectors of a cluster make of one feed: takes the records of one generation after another.
///
/// Unchecked, because an upstream lends it to one generation at a time.
final class FeedFolds: RecordSink, @unchecked Sendable {
    private var jobs: [Folding<JobRecord>] = []
    private var nodes: [Folding<NodeRecord>] = []
    private var partitions: [Folding<PartitionRecord>] = []
    private var controllers: [Folding<ControllerRecord>] = []
    private var scheduler: [Folding<SchedulerRecord>] = []
    /// Of this generation, where the feed is that of the partitions.
    private(set) var partitionNames: [String] = []

    /// A fold and whose it is.
    private struct Folding<Record: Sendable>: Sendable {
        let collector: Collector.Name
        var fold: any Fold<Record>
    }

    init(of feed: Feed, _ collectors: [Collector]) {
        for collector in collectors {
            switch feed {
            case .jobs: jobs += collector.jobs.map { Folding(collector: collector.name, fold: $0) }
            case .nodes: nodes += collector.nodes.map { Folding(collector: collector.name, fold: $0) }
            case .partitions: partitions += collector.partitions.map { Folding(collector: collector.name, fold: $0) }
            case .ping: controllers += collector.controllers.map { Folding(collector: collector.name, fold: $0) }
            case .diag: scheduler += collector.scheduler.map { Folding(collector: collector.name, fold: $0) }
            default: break
            }
        }
    }

    func begin(_ context: FoldContext) {
        partitionNames.removeAll(keepingCapacity: true)
        for index in jobs.indices { jobs[index].fold.begin(context) }
        for index in nodes.indices { nodes[index].fold.begin(context) }
        for index in partitions.indices { partitions[index].fold.begin(context) }
        for index in controllers.indices { controllers[index].fold.begin(context) }
        for index in scheduler.indices { scheduler[index].fold.begin(context) }
    }

    func take(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        for index in jobs.indices { jobs[index].fold.add(job, symbols) }
    }

    func take(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) {
        for index in nodes.indices { nodes[index].fold.add(node, symbols) }
    }

    func take(_ partition: borrowing PartitionRecord, _ symbols: borrowing Symbols) {
        partitionNames.append(symbols[partition.name])
        for index in partitions.indices { partitions[index].fold.add(partition, symbols) }
    }

    func take(_ controller: ControllerRecord) {
        for index in controllers.indices { controllers[index].fold.add(controller, Symbols()) }
    }

    func take(_ record: SchedulerRecord) {
        for index in scheduler.indices { scheduler[index].fold.add(record, Symbols()) }
    }

    /// The tables of the generation that is complete now, by collector.
    func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [(collector: Collector.Name, tables: [SeriesTable])] {
        Self.end(&jobs, symbols, at: time) + Self.end(&nodes, symbols, at: time)
            + Self.end(&partitions, symbols, at: time) + Self.end(&controllers, symbols, at: time)
            + Self.end(&scheduler, symbols, at: time)
    }

    private static func end<Record>(
        _ foldings: inout [Folding<Record>], _ symbols: borrowing Symbols, at time: Timestamp
    ) -> [(collector: Collector.Name, tables: [SeriesTable])] {
        var ended: [(collector: Collector.Name, tables: [SeriesTable])] = []
        for index in foldings.indices {
            ended.append((foldings[index].collector, foldings[index].fold.end(symbols, at: time)))
        }
        return ended
    }
}
