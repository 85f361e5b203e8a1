import Collectors
import Metrics
import Slurm

/// What all collectors of a cluster make of one feed: takes the records of one generation after another.
///
/// Unchecked, because an upstream lends it to one generation at a time.
final class FeedFolds: RecordSink, @unchecked Sendable {
    private var jobs: Foldings<JobRecord>?
    private var nodes: Foldings<NodeRecord>?
    private var partitions: Foldings<PartitionRecord>?
    private var reservations: Foldings<ReservationRecord>?
    private var licenses: Foldings<LicenseRecord>?
    private var scheduler: Foldings<SchedulerRecord>?
    private var controllers: Foldings<ControllerRecord>?
    private var shares: Foldings<ShareRecord>?
    private var accountedJobs: Foldings<AccountedJobRecord>?
    private var associations: Foldings<AssociationRecord>?
    private var qos: Foldings<QOSRecord>?
    private var database: Foldings<DatabaseRecord>?
    private var clusters: Foldings<ClusterRecord>?
    private var trackedResources: Foldings<TrackedResourceRecord>?
    private var workloadKeys: Foldings<WorkloadKeyRecord>?
    /// The one that is there.
    private let all: any FoldingsOfAnyRecord
    /// Of this generation, where the feed is that of the partitions.
    private(set) var partitionNames: [String] = []

    init(of feed: Feed, _ collectors: [Collector]) {
        func foldings<Record>(_ folds: (Collector) -> [any Fold<Record>]) -> Foldings<Record> {
            Foldings(collectors, folds)
        }
        switch feed {
        case .jobs:
            let foldings = foldings(\.jobs)
            (jobs, all) = (foldings, foldings)
        case .nodes:
            let foldings = foldings(\.nodes)
            (nodes, all) = (foldings, foldings)
        case .partitions:
            let foldings = foldings(\.partitions)
            (partitions, all) = (foldings, foldings)
        case .reservations:
            let foldings = foldings(\.reservations)
            (reservations, all) = (foldings, foldings)
        case .licenses:
            let foldings = foldings(\.licenses)
            (licenses, all) = (foldings, foldings)
        case .diag:
            let foldings = foldings(\.scheduler)
            (scheduler, all) = (foldings, foldings)
        case .ping:
            let foldings = foldings(\.controllers)
            (controllers, all) = (foldings, foldings)
        case .shares:
            let foldings = foldings(\.shares)
            (shares, all) = (foldings, foldings)
        case .accounting:
            let foldings = foldings(\.accountedJobs)
            (accountedJobs, all) = (foldings, foldings)
        case .associations:
            let foldings = foldings(\.associations)
            (associations, all) = (foldings, foldings)
        case .qos:
            let foldings = foldings(\.qos)
            (qos, all) = (foldings, foldings)
        case .dbd:
            let foldings = foldings(\.database)
            (database, all) = (foldings, foldings)
        case .clusters:
            let foldings = foldings(\.clusters)
            (clusters, all) = (foldings, foldings)
        case .tres:
            let foldings = foldings(\.trackedResources)
            (trackedResources, all) = (foldings, foldings)
        case .wckeys:
            let foldings = foldings(\.workloadKeys)
            (workloadKeys, all) = (foldings, foldings)
        }
    }

    func begin(_ context: FoldContext) {
        partitionNames.removeAll(keepingCapacity: true)
        all.begin(context)
    }

    /// The generation is complete.
    func end(_ symbols: borrowing Symbols, at time: Timestamp) {
        all.end(symbols, at: time)
    }

    /// Of the last whole generation, by collector.
    var tables: [(collector: Collector.Name, tables: [SeriesTable])] { all.tables }

    /// What somebody else needs to count on, by collector.
    var states: [Collector.Name: CounterState] { all.states }

    func restore(_ state: CounterState, of collector: Collector.Name) -> Bool { all.restore(state, of: collector) }

    /// The counters of the last generation don't hold, as their state can't be kept.
    func retract() { all.retract() }

    /// Counters begin anew.
    func forget() { all.forget() }

    func ask(at now: Timestamp) -> EndedJobsQuestion? { accountedJobs?.ask(at: now) }

    var isBehind: Bool { accountedJobs?.isBehind ?? false }

    func take(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        jobs?.take(job, symbols)
    }

    func take(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) {
        nodes?.take(node, symbols)
    }

    func take(_ partition: borrowing PartitionRecord, _ symbols: borrowing Symbols) {
        partitionNames.append(symbols[partition.name])
        partitions?.take(partition, symbols)
    }

    func take(_ reservation: borrowing ReservationRecord, _ symbols: borrowing Symbols) {
        reservations?.take(reservation, symbols)
    }

    func take(_ license: borrowing LicenseRecord, _ symbols: borrowing Symbols) {
        licenses?.take(license, symbols)
    }

    func take(_ record: borrowing SchedulerRecord, _ symbols: borrowing Symbols) {
        scheduler?.take(record, symbols)
    }

    func take(_ controller: borrowing ControllerRecord, _ symbols: borrowing Symbols) {
        controllers?.take(controller, symbols)
    }

    func take(_ share: borrowing ShareRecord, _ symbols: borrowing Symbols) {
        shares?.take(share, symbols)
    }

    func take(_ job: borrowing AccountedJobRecord, _ symbols: borrowing Symbols) {
        accountedJobs?.take(job, symbols)
    }

    func take(_ association: borrowing AssociationRecord, _ symbols: borrowing Symbols) {
        associations?.take(association, symbols)
    }

    func take(_ quality: borrowing QOSRecord, _ symbols: borrowing Symbols) {
        qos?.take(quality, symbols)
    }

    func take(_ figures: borrowing DatabaseRecord, _ symbols: borrowing Symbols) {
        database?.take(figures, symbols)
    }

    func take(_ cluster: borrowing ClusterRecord, _ symbols: borrowing Symbols) {
        clusters?.take(cluster, symbols)
    }

    func take(_ resource: borrowing TrackedResourceRecord, _ symbols: borrowing Symbols) {
        trackedResources?.take(resource, symbols)
    }

    func take(_ key: borrowing WorkloadKeyRecord, _ symbols: borrowing Symbols) {
        workloadKeys?.take(key, symbols)
    }
}
