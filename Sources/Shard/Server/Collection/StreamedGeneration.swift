import Collectors
import Metrics
import RecordFormat
import ServiceRuntime
import Slurm

/// A generation that comes to a collection as a stream of records.
struct StreamedGeneration {
    private let feed: Feed
    private let collection: ClusterCollection
    private var decoder = GenerationDecoder()
    private var folds: FeedFolds?

    init(of feed: Feed, to collection: ClusterCollection) {
        self.feed = feed
        self.collection = collection
    }

    mutating func take(_ chunk: [UInt8]) throws(RecordFormatError) {
        let (feed, collection) = (feed, collection)
        var begun = folds
        defer { folds = begun }
        try decoder.take(chunk) { header in
            let folds = begun ?? collection.folds(of: feed, header)
            begun = folds
            return folds
        }
    }

    /// The stream has come to its end.
    ///
    /// - Parameter received: when its header was.
    mutating func end(received: MonotonicClock.Instant) async throws(RecordFormatError) -> Generation {
        try decoder.finish()
        guard let header = decoder.header, header.feed == feed else { throw .malformed("it is another feed") }
        let generation = Generation(header, received: received)
        await collection.end(feed, folds ?? collection.folds(of: feed, header), generation, decoder.symbols)
        return generation
    }
}

extension ClusterCollection {
    /// What isn't needed here goes nowhere.
    fileprivate func folds(of feed: Feed, _ header: FeedHeader) -> FeedFolds {
        begin(feed, FoldContext(header)) ?? FeedFolds(of: feed, [])
    }
}

extension FoldContext {
    fileprivate init(_ header: FeedHeader) {
        self.init(
            expectedTime: header.expected, partitions: header.partitions, clusterName: header.cluster,
            release: header.release, endedJobs: header.endedJobs)
    }
}

extension Generation {
    fileprivate init(_ header: FeedHeader, received: MonotonicClock.Instant) {
        self.init(
            number: header.generation, time: header.answered,
            taken: received.advanced(by: .zero - .milliseconds(header.ageMilliseconds)),
            duration: .milliseconds(header.durationMilliseconds), interval: .milliseconds(header.intervalMilliseconds),
            release: header.release, cluster: header.cluster, kept: header.kept)
    }
}
