import Compression
import FederatedSeries
import HTTP
public import HTTPServer
import Selectors
import ServiceRuntime

extension Federation {
    /// Tells of which copy of the fleet's series an answer is made.
    public static let sourceField = "X-Slurm-Federate-Source"

    /// `GET /federate`: every `match[]` is a selector; what one of them selects is shown once.
    ///
    /// - Parameter source: shown in the answer, where there are several copies.
    public func answer(to request: RoutedRequest, source: String? = nil) -> Answer {
        let asked = FederateRequest(request, source: source)
        let published = published
        if let body = cache.ready(AnswerCache.Key(asked), of: published.number) {
            figures.countAnswer()
            // Only bodies that last are ready.
            let tag = tag(of: published)
            return .response(notModified(tag, asked) ?? response(body, to: asked, tag: tag))
        }
        return .work { [self] writer in
            do throws(SelectorError) {
                let selection = published.generation.select(try asked.parsed())
                figures.countAnswer()
                try await write(selection, of: published, to: asked, writer)
            } catch {
                figures.countRefusal(error.reason.label)
                writer.respond(
                    Response(.badRequest, ["X-Content-Type-Options": "nosniff"], text: error.description))
            }
        }
    }

    /// Beyond that a body is always made as its reader takes it: held whole, it would cost more than it saves.
    private static let mostHeldSeries = 400_000
    /// From there on it is only held once the same has been asked for twice, and where it can stay: memory for it is slower
    /// to get than its text is to write.
    private static let largeBody = 4 << 20
    private static let usualCompression = 8

    private func write(
        _ selection: Selection, of published: Published, to asked: FederateRequest, _ writer: ResponseWriter
    ) async throws(SelectorError) {
        guard published.waitingFor.isEmpty else {
            let missing = published.waitingFor.joined(separator: ", ")
            return writer.respond(Response(.serviceUnavailable, text: "Service Unavailable: waiting for \(missing)"))
        }
        let tag = selection.dependsOnTime ? nil : tag(of: published)
        if let known = notModified(tag, asked) { return writer.respond(known) }
        func stream() async { await self.stream(selection, by: published.settings, to: asked, tag: tag, writer) }
        if selection.count > Self.mostHeldSeries { return await stream() }
        let (key, bytes) = (AnswerCache.Key(asked), Self.expectedBytes(of: selection, asked))
        let isHeld = bytes < Self.largeBody || cache.holds(bytes) && cache.isAskedAgain(key, of: published.number)
        if !isHeld, await streams.take(stream) { return }
        let body = await cache.body(key, of: published.number, expecting: bytes) { [self] in
            makeBody(selection, by: published.settings, asked)
        }
        writer.respond(response(body, to: asked, tag: tag))
    }

    private static func expectedBytes(of selection: Selection, _ asked: FederateRequest) -> Int {
        selection.byteCount / (asked.isCompressed ? usualCompression : 1)
    }

    private func tag(of published: Published) -> EntityTag? {
        EntityTag("\(identity)-\(published.number)", isWeak: true)
    }

    private func notModified(_ tag: EntityTag?, _ asked: FederateRequest) -> Response? {
        guard let tag, tag.matches(ifNoneMatch: asked.knownTag) else { return nil }
        return Response(.notModified, asked.fields(tag: tag), pieces: [])
    }

    private func response(_ body: AnswerBody, to asked: FederateRequest, tag: EntityTag?) -> Response {
        Response(.ok, asked.fields(tag: tag), pieces: body.pieces)
    }

    private var now: Int64 { wallClock.now.nanoseconds / 1_000_000 }

    private func makeBody(
        _ selection: Selection, by settings: AnswerSettings, _ asked: FederateRequest
    ) -> AnswerBody {
        var rendering = selection.rendering(asked.format, settings, now: now)
        var pieces: [[UInt8]] = []
        var compressor = asked.isCompressed ? GzipCompressor() : nil
        while let piece = rendering.next() {
            guard compressor != nil else {
                pieces.append(piece)
                continue
            }
            var compressed: [UInt8] = []
            compressor?.write(piece.span.bytes, into: &compressed)
            pieces.append(compressed)
        }
        var end: [UInt8] = []
        compressor.take()?.finish(into: &end)
        pieces.append(end)
        return AnswerBody(pieces: pieces.filter { !$0.isEmpty }, isLasting: !selection.dependsOnTime)
    }

    private func stream(
        _ selection: Selection, by settings: AnswerSettings, to asked: FederateRequest, tag: EntityTag?,
        _ writer: ResponseWriter
    ) async {
        writer.start(.ok, asked.fields(tag: tag))
        var rendering = selection.rendering(asked.format, settings, now: now)
        var compressor = asked.isCompressed ? GzipCompressor() : nil
        do throws(CancellationError) {
            while let piece = rendering.next() {
                guard compressor != nil else {
                    try await writer.write(piece)
                    continue
                }
                var compressed: [UInt8] = []
                compressor?.write(piece.span.bytes, into: &compressed)
                try await writer.write(compressed)
            }
            var end: [UInt8] = []
            compressor.take()?.finish(into: &end)
            try await writer.write(end)
        } catch {
            // Nobody reads it any more.
        }
    }
}
