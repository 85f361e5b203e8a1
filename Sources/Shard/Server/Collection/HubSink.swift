import Collectors
import Metrics
import RecordFormat
import Slurm

/// Gives each record of one generation to everybody who counts it.
final class HubSink: RecordSink {
    struct Share {
        let collection: ClusterCollection
        let folds: FeedFolds
    }

    let shares: [Share]
    /// Of whoever decides about labels.
    let decisive: FeedFolds?
    private let folds: [FeedFolds]
    /// Of this generation, where the feed is that of the partitions.
    private(set) var partitionNames: [String] = []
    private let encoder: GenerationEncoder?
    private let context: FoldContext

    init(_ shares: [Share], decisive: FeedFolds?, encoder: GenerationEncoder?, context: FoldContext) {
        self.shares = shares
        self.decisive = decisive
        folds = shares.map(\.folds) + (decisive.map { [$0] } ?? [])
        self.encoder = encoder
        self.context = context
    }

    /// The generation for readers elsewhere; nil where there are none.
    func encoded(_ feed: Feed, _ generation: Generation) -> EncodedGeneration? {
        encoder?.finish(
            FeedHeader(
                feed: feed, cluster: context.clusterName, release: context.release, generation: generation.number,
                answered: generation.time, expected: context.expectedTime, partitions: context.partitions,
                durationMilliseconds: Int(generation.duration / .milliseconds(1)),
                intervalMilliseconds: Int(generation.interval / .milliseconds(1)), endedJobs: context.endedJobs,
                kept: generation.kept))
    }
}

extension HubSink {
    func take(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        for fold in folds { fold.take(job, symbols) }
        encoder?.take(job, symbols)
    }

    func take(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) {
        for fold in folds { fold.take(node, symbols) }
        encoder?.take(node, symbols)
    }

    func take(_ partition: borrowing PartitionRecord, _ symbols: borrowing Symbols) {
        partitionNames.append(symbols[partition.name])
        for fold in folds { fold.take(partition, symbols) }
        encoder?.take(partition, symbols)
    }

    func take(_ reservation: borrowing ReservationRecord, _ symbols: borrowing Symbols) {
        for fold in folds { fold.take(reservation, symbols) }
        encoder?.take(reservation, symbols)
    }

    func take(_ license: borrowing LicenseRecord, _ symbols: borrowing Symbols) {
        for fold in folds { fold.take(license, symbols) }
        encoder?.take(license, symbols)
    }

    func take(_ controller: borrowing ControllerRecord, _ symbols: borrowing Symbols) {
        for fold in folds { fold.take(controller, symbols) }
        encoder?.take(controller, symbols)
    }

    func take(_ scheduler: borrowing SchedulerRecord, _ symbols: borrowing Symbols) {
        for fold in folds { fold.take(scheduler, symbols) }
        encoder?.take(scheduler, symbols)
    }

    func take(_ share: borrowing ShareRecord, _ symbols: borrowing Symbols) {
        for fold in folds { fold.take(share, symbols) }
        encoder?.take(share, symbols)
    }

    func take(_ job: borrowing AccountedJobRecord, _ symbols: borrowing Symbols) {
        for fold in folds { fold.take(job, symbols) }
        encoder?.take(job, symbols)
    }

    func take(_ association: borrowing AssociationRecord, _ symbols: borrowing Symbols) {
        for fold in folds { fold.take(association, symbols) }
        encoder?.take(association, symbols)
    }

    func take(_ qos: borrowing QOSRecord, _ symbols: borrowing Symbols) {
        for fold in folds { fold.take(qos, symbols) }
        encoder?.take(qos, symbols)
    }

    func take(_ database: borrowing DatabaseRecord, _ symbols: borrowing Symbols) {
        for fold in folds { fold.take(database, symbols) }
        encoder?.take(database, symbols)
    }

    func take(_ cluster: borrowing ClusterRecord, _ symbols: borrowing Symbols) {
        for fold in folds { fold.take(cluster, symbols) }
        encoder?.take(cluster, symbols)
    }

    func take(_ resource: borrowing TrackedResourceRecord, _ symbols: borrowing Symbols) {
        for fold in folds { fold.take(resource, symbols) }
        encoder?.take(resource, symbols)
    }

    func take(_ key: borrowing WorkloadKeyRecord, _ symbols: borrowing Symbols) {
        for fold in folds { fold.take(key, symbols) }
        encoder?.take(key, symbols)
    }
}
