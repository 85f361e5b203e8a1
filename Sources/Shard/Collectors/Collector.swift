public import Metrics
public import Slurm

/// A named group of families that is switched on or off as one, with the folds that make them, by feed.
public struct Collector: Sendable {
    public let name: Name
    public var jobs: [any Fold<JobRecord>] = []
    public var nodes: [any Fold<NodeRecord>] = []
    public var partitions: [any Fold<PartitionRecord>] = []
    public var reservations: [any Fold<ReservationRecord>] = []
    public var licenses: [any Fold<LicenseRecord>] = []
    public var scheduler: [any Fold<SchedulerRecord>] = []
    public var controllers: [any Fold<ControllerRecord>] = []
    public var shares: [any Fold<ShareRecord>] = []
    public var accountedJobs: [any Fold<AccountedJobRecord>] = []
    public var associations: [any Fold<AssociationRecord>] = []
    public var qos: [any Fold<QOSRecord>] = []
    public var database: [any Fold<DatabaseRecord>] = []
    public var clusters: [any Fold<ClusterRecord>] = []
    public var trackedResources: [any Fold<TrackedResourceRecord>] = []
    public var workloadKeys: [any Fold<WorkloadKeyRecord>] = []

    public enum Name: String, CaseIterable, Sendable {
        case cluster, nodes, partitions, jobs, users, accounts, qos, reservations, licenses, scheduler
        case fairshare, accounting
    }

    public init(_ name: Name) {
        self.name = name
    }

    /// The feeds that it folds.
    public var feeds: [Feed] { byFeed.filter { !$0.folds.isEmpty }.map(\.feed) }

    public var families: [MetricFamily] { byFeed.flatMap(\.folds).flatMap(\.families) }

    private var byFeed: [(feed: Feed, folds: [any Fold])] {
        [
            (.jobs, jobs), (.nodes, nodes), (.partitions, partitions), (.reservations, reservations),
            (.licenses, licenses), (.diag, scheduler), (.ping, controllers), (.shares, shares),
            (.accounting, accountedJobs), (.associations, associations), (.qos, qos), (.dbd, database),
            (.clusters, clusters), (.tres, trackedResources), (.wckeys, workloadKeys),
        ]
    }
}
