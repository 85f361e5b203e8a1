import HTTP
public import HTTPServer
import Locks
import Metrics
import ServiceRuntime
import Slurm
import SnapshotFormat

public import enum HTTPServer.Answer

extension Snapshots {
    /// `/snapshots/{slice}`: a slice's families for the fleet. A client that has this generation already gets 304.
    public func document(for request: RoutedRequest) -> Answer {
        let slice = request.parameters["slice"]
        guard slice == settings.slice else {
            return .response(
                Response(.notFound, text: "404 Not Found: no slice '\(slice)'; there is: \(settings.slice)"))
        }
        return document(for: request, slice: slice, of: nil)
    }

    /// The same for a slice that shows some of the clusters.
    ///
    /// - Parameter clusters: nil for all.
    public func document(for request: RoutedRequest, slice: String, of clusters: Set<String>?) -> Answer {
        let isCompressed = AcceptedCodings(request.fields.combined("Accept-Encoding")).prefersGzip
        let wanted = request.fields.combined("If-None-Match")
        return .work { [self] writer in
            let (publication, status) = await current
            var fields: HTTPFields = ["Content-Type": "application/x-ndjson; charset=utf-8", "Vary": "Accept-Encoding"]
            let tag = tag(of: publication, status)
            if let tag { fields.set("ETag", tag.description) }
            guard tag?.matches(ifNoneMatch: wanted) != true else {
                return writer.respond(Response(.notModified, fields, body: []))
            }
            if isCompressed { fields.set("Content-Encoding", "gzip") }
            try await streams.take(writer) {
                writer.start(.ok, fields)
                let document = document(of: publication, status, slice: slice, clusters)
                try await stream(document, isCompressed: isCompressed, to: writer)
            }
        }
    }

    /// The entity tag of a slice's document, as it would be answered with now.
    public var documentTag: String? {
        get async {
            let (publication, status) = await current
            return tag(of: publication, status)?.description
        }
    }

    /// What was answered by this status is in the publication.
    private var current: (Publication, CollectionStatus) {
        get async {
            let status = status.withLock { $0 }
            return (await publisher.current(), status)
        }
    }

    /// The same for all ways in which a document is encoded.
    private func tag(of publication: Publication, _ status: CollectionStatus) -> EntityTag? {
        EntityTag(generation(of: publication, status), isWeak: true)
    }

    private func generation(of publication: Publication, _ status: CollectionStatus) -> String {
        "\(identity)-\(publication.page.number)-\(status.turns)"
    }

    private func stream(_ document: SnapshotDocument, isCompressed: Bool, to writer: ResponseWriter) async throws {
        var stream = BodyStream(isCompressed: isCompressed)
        var lines = SnapshotWriter(document)
        while let bytes = lines.next() { try await writer.write(stream.take(bytes)) }
        try await writer.write(stream.end())
    }

    private func document(
        of publication: Publication, _ status: CollectionStatus, slice: String, _ clusters: Set<String>?
    ) -> SnapshotDocument {
        let now = clock.now
        let held = Dictionary(
            uniqueKeysWithValues: publication.holdings.snapshots
                .filter { clusters?.contains($0.cluster) ?? true }.map { (FeedKey($0.cluster, $0.feed), $0) })
        let shown = status.clusters.filter { clusters?.contains($0.key) ?? true }
        let expected = shown.flatMap { cluster, status in status.feeds.keys.map { FeedKey(cluster, $0) } }
        let feeds = Set(held.keys).union(expected).sorted().map { key in
            FeedState(
                cluster: key.cluster, feed: key.feed,
                isUp: status.clusters[key.cluster]?.feeds[key.feed]?.isUp ?? (held[key] != nil),
                data: held[key].map { FeedState.Data($0, at: now) })
        }
        let families = publication.holdings.families(of: clusters).map {
            FamilyState(
                cluster: $0.cluster, collector: $0.collector, table: $0.table, dropped: $0.dropped?.rawValue)
        }
        return SnapshotDocument(
            slice: slice, generation: generation(of: publication, status),
            collectors: shown.filter(\.value.isExpected).mapValues { Set($0.collectors.keys) }, feeds: feeds,
            families: families,
            states: publication.holdings.states.filter { clusters?.contains($0.cluster) ?? true })
    }
}

private struct FeedKey: Hashable, Comparable {
    let cluster: String
    let feed: Feed

    init(_ cluster: String, _ feed: Feed) {
        self.cluster = cluster
        self.feed = feed
    }

    static func < (left: Self, right: Self) -> Bool {
        (left.cluster, left.feed.rawValue) < (right.cluster, right.feed.rawValue)
    }
}

extension FeedState.Data {
    fileprivate init(_ snapshot: FeedSnapshot, at now: MonotonicClock.Instant) {
        self.init(
            generation: snapshot.generation, answered: snapshot.answered.seconds,
            age: snapshot.taken.duration(to: now) / .seconds(1), lifetime: snapshot.lifetime / .seconds(1))
    }
}
