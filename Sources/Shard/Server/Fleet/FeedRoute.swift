import Collectors
import Compression
import FleetProtocol
import HTTP
import HTTPServer
import Locks
import Metrics
import RecordFormat
import ServiceRuntime
import Slurm
import Upstreams

import enum HTTPServer.Answer

/// `GET /feeds/{cluster}/{feed}?slice=NAME`: the newest generation's records for a slice on another shard.
///
/// Of ended jobs `from`, `to` and `steps` say what the reader would like to have asked for next.
///
/// 304 where the reader has it already, 503 before there is any.
struct FeedRoute: Sendable {
    let exporter: FleetExporter
    let scopes: @Sendable () -> [Slice]

    /// Says how the last attempt to ask Slurm failed, and tells it from the one before.
    static let failureField = "Slurm-Feed-Failure"

    static func failure(in field: String) -> FeedFailure { FeedFailure(error: String(field.prefix { $0 != ";" })) }

    func answer(to request: RoutedRequest) -> Answer {
        guard let feed = Feed(rawValue: request.parameters["feed"]) else { return .response(Response(.notFound)) }
        let works = exporter.view.withLock { $0.works }
        guard let work = works.first(where: { $0.cluster == request.parameters["cluster"] }) else {
            return .response(Response(.notFound, text: "404 Not Found: this shard doesn't ask that cluster"))
        }
        guard let slice = scopes().first(where: { $0.id == request.query["slice"] }), slice.cluster == work.cluster
        else {
            return .response(Response(.notFound, text: "404 Not Found: the plan has no such slice of the cluster"))
        }
        if feed == .accounting, let wish = EndedJobsQuestion(request.query) { work.hub.wish(for: wish) }
        let state = work.hub.encoded(feed)
        if state.newest == nil { work.upstream.hasten(feed) }
        return answer(request, state, Scope(slice.scope))
    }

    private func answer(
        _ request: RoutedRequest, _ state: (newest: ClusterHub.Encoded?, failure: ClusterHub.Failure?), _ scope: Scope
    ) -> Answer {
        var fields: HTTPFields = ["Content-Type": "application/octet-stream", "Vary": "Accept-Encoding"]
        if let failure = state.failure { fields.set(Self.failureField, "\(failure.failure.error);\(failure.count)") }
        guard let newest = state.newest else { return .response(Response(.serviceUnavailable, fields, body: [])) }
        let tag = EntityTag("\(newest.generation.header.generation)", isWeak: false)
        if let tag { fields.set("ETag", tag.description) }
        guard tag?.matches(ifNoneMatch: request.fields.combined("If-None-Match")) != true else {
            return .response(Response(.notModified, fields, body: []))
        }
        let isCompressed =
            !request.peer.isLoopback && AcceptedCodings(request.fields.combined("Accept-Encoding")).prefersGzip
        if isCompressed { fields.set("Content-Encoding", "gzip") }
        return .work { [fields] writer in
            writer.start(.ok, fields)
            let age = newest.taken.duration(to: MonotonicClock.system.now)
            let pieces = newest.generation.stream(age: age, covers: scope.covers)
            guard isCompressed else {
                for piece in pieces { try await writer.write(piece) }
                return
            }
            try await Self.compress(pieces, to: writer)
        }
    }

    private static func compress(_ pieces: EncodedStream, to writer: ResponseWriter) async throws {
        var compressor = GzipCompressor()
        var bytes: [UInt8] = []
        for piece in pieces {
            bytes.removeAll(keepingCapacity: true)
            compressor.write(piece.span.bytes, into: &bytes)
            if !bytes.isEmpty { try await writer.write(bytes) }
        }
        bytes.removeAll()
        compressor.finish(into: &bytes)
        try await writer.write(bytes)
    }
}

extension EndedJobsQuestion {
    fileprivate init?(_ query: QueryParameters) {
        guard let from = query["from"].flatMap({ Int64($0) }), let to = query["to"].flatMap({ Int64($0) }),
            Timestamp(from).isPlausible, Timestamp(to).isPlausible, from < to
        else { return nil }
        self.init(from: Timestamp(from), to: Timestamp(to), includesSteps: query["steps"] == "1")
    }

    /// As the route reads it.
    var query: String { "&from=\(from.seconds)&to=\(to.seconds)&steps=\(includesSteps ? 1 : 0)" }
}
