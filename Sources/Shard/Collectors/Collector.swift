public import Metrics
public import Slurm

/// A named group of families that is switched on or off as one, with the folds that make them, by feed.
public struct Collector: Sendable {
    public let name: Name
    public var jobs: [any Fold<JobRecord>] = []
    public var nodes: [any Fold<NodeRecord>] = []
    public var partitions: [any Fold<PartitionRecord>] = []
    public var controllers: [any Fold<ControllerRecord>] = []
    public var scheduler: [any Fold<SchedulerRecord>] = []

    public enum Name: String, CaseIterable, Sendable {
        case cluster, nodes, partitions, jobs, users, accounts, scheduler
    }

    public init(_ name: Name) {
        self.name = name
    }

    /// The feeds that it folds.
    public var feeds: [Feed] {
        let folded: [(Feed, Bool)] = [
            (.jobs, jobs.isEmpty), (.nodes, nodes.isEmpty), (.partitions, partitions.isEmpty),
            (.ping, controllers.isEmpty), (.diag, scheduler.isEmpty),
        ]
        return folded.filter { !$0.1 }.map(\.0)
    }

    public var families: [MetricFamily] {
        jobs.flatMap(\.families) + nodes.flatMap(\.families) + partitions.flatMap(\.families)
            + controllers.flatMap(\.families) + scheduler.flatMap(\.families)
    }
}
