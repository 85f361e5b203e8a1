import Configuration
import Exposition
import FederatedSeries
import HTTPClient

/// Asks one target, again and again, and remembers what it said last: what didn't change costs next to nothing.
struct Scraper {
    struct Result {
        let part: SeriesPart
        let samples: Int
        /// Whether it shows what the last one did.
        let isUnchanged: Bool
    }

    private let target: StaticTarget
    private let labels: TargetLabels
    private let request: HTTPClient.Request
    private let client: HTTPClient
    private var layout: PartLayout?
    /// What the last good scrape gave, and what it was made of; nil after a failure.
    private var last: (result: Result, content: Content)?

    /// What names the content of a body: its tag, and its bytes.
    private struct Content {
        var tag: String?
        var digest: UInt64?
    }

    init(_ target: StaticTarget, client: HTTPClient) throws(HTTPClientError) {
        self.target = target
        self.client = client
        labels = TargetLabels(target.allLabels, honorsLabels: target.honorsLabels)
        request = try Self.request(target)
    }

    /// - Parameter now: in milliseconds since 1970.
    mutating func scrape(at now: Int64) async throws(ScrapeError) -> Result {
        let before = last
        last = nil
        let (result, content) = try await read(at: now, after: before)
        last = (result, content)
        return result
    }

    private mutating func read(
        at now: Int64, after before: (result: Result, content: Content)?
    ) async throws(ScrapeError) -> (Result, Content) {
        let response = try await send(tag: before?.content.tag)
        if response.status == 304, let before { return (before.result.again(at: now), before.content) }
        guard response.status == 200 else { throw .status(response.status) }
        var content = Content(tag: response.fields["ETag"])
        let isCompressed = try Self.isCompressed(response.fields)
        let kind = response.fields["Content-Type"]
        guard let format = ExpositionFormat(contentType: kind, rule: .lenient) else { throw .format(kind ?? "") }
        var held = try await hold(response.body)
        if held.isWhole {
            content.digest = Self.digest(of: held.blocks, isCompressed, format)
            if let before, before.content.digest == content.digest { return (before.result.again(at: now), content) }
        }
        let limits = ExpositionLimits(documentBytes: target.bodyLimit)
        var reader = BodyReader(
            isCompressed: isCompressed,
            PartReader(format, labels: labels, limits: limits, after: layout, time: now), limit: target.bodyLimit)
        while let bytes = try await held.next(response.body) { try await reader.read(bytes) }
        let read = try reader.finish()
        layout = read.layout
        return (Result(part: read.part, samples: read.samples, isUnchanged: false), content)
    }

    private func send(tag: String?) async throws(ScrapeError) -> sending HTTPClient.Response {
        let added = [try authorization, tag.map { ("If-None-Match", $0) }].compactMap(\.self)
        do throws(HTTPClientError) {
            guard !added.isEmpty else { return try await client.send(request) }
            let fields = request.fields.map { ($0.name, $0.value) } + added
            var asked = try HTTPClient.Request(.get, target.url.percentEncoded, fields: fields)
            asked.limits(as: request)
            return try await client.send(asked)
        } catch { throw ScrapeError(error, limit: target.bodyLimit) }
    }

    private var authorization: (name: String, value: String)? {
        get throws(ScrapeError) {
            do throws(SecretUnavailable) {
                return try target.token.map { token throws(SecretUnavailable) in
                    ("Authorization", "Bearer \(try token.reveal())")
                }
            } catch { throw .token("\(error)") }
        }
    }
}

extension Scraper {
    /// The beginning of a body; all of it, where it is short enough to be compared before it is read.
    private struct Held {
        var blocks: [[UInt8]] = []
        var byteCount = 0
        var isWhole = false
        let limit: Int

        /// Of a size that is given back to the kernel when it isn't needed any more, and grows by no more than itself.
        private static let blockSize = 1 << 20

        mutating func append(_ chunk: [UInt8]) {
            byteCount += chunk.count
            var rest = chunk[...]
            while !rest.isEmpty {
                if blocks.last.map({ $0.count == Self.blockSize }) ?? true {
                    blocks.append([])
                    blocks[blocks.count - 1].reserveCapacity(Self.blockSize)
                }
                let piece = rest.prefix(Self.blockSize - blocks[blocks.count - 1].count)
                blocks[blocks.count - 1] += piece
                rest = rest.dropFirst(piece.count)
            }
        }

        mutating func next(_ body: HTTPClient.Body) async throws(ScrapeError) -> [UInt8]? {
            guard blocks.isEmpty else { return blocks.removeFirst() }
            guard !isWhole else { return nil }
            do throws(HTTPClientError) { return try await body.next() } catch {
                throw ScrapeError(error, limit: limit)
            }
        }
    }

    /// As it comes over the wire: most targets compress, which makes a body an eighth or less.
    private static let heldBytes = 4 << 20

    private func hold(_ body: HTTPClient.Body) async throws(ScrapeError) -> Held {
        var held = Held(limit: target.bodyLimit)
        do throws(HTTPClientError) {
            while held.byteCount < Self.heldBytes {
                guard let chunk = try await body.next() else {
                    held.isWhole = true
                    break
                }
                held.append(chunk)
            }
        } catch { throw ScrapeError(error, limit: target.bodyLimit) }
        return held
    }

    /// Keyed by the process, so that no target can send two bodies with the same.
    private static func digest(of blocks: [[UInt8]], _ isCompressed: Bool, _ format: ExpositionFormat) -> UInt64 {
        var hasher = Hasher()
        for block in blocks { block.withUnsafeBytes { hasher.combine(bytes: $0) } }
        hasher.combine(isCompressed)
        hasher.combine(format)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    private static func isCompressed(_ fields: HTTPClient.Fields) throws(ScrapeError) -> Bool {
        switch fields["Content-Encoding"]?.lowercased() {
        case nil, "", "identity": return false
        case "gzip", "x-gzip": return true
        case let other?: throw .format(other)
        }
    }

    private static func request(_ target: StaticTarget) throws(HTTPClientError) -> HTTPClient.Request {
        var request = try HTTPClient.Request(
            .get, target.url.percentEncoded,
            fields: [
                ("Accept", accept), ("Accept-Encoding", "gzip"), ("User-Agent", "slurm-coordinator"),
                ("X-Prometheus-Scrape-Timeout-Seconds", "\(target.timeout / .seconds(1))"),
            ])
        request.gzip = false
        request.limit = target.bodyLimit
        request.deadlines = HTTPClient.Deadlines(connect: target.timeout, stall: nil, total: target.timeout)
        return request
    }

    /// What Prometheus 2 sends.
    private static let accept =
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
}

extension Scraper.Result {
    fileprivate func again(at time: Int64) -> Self {
        Self(part: part.read(at: time), samples: samples, isUnchanged: true)
    }
}

extension ScrapeError {
    fileprivate init(_ error: HTTPClientError, limit: Int) {
        self = error.kind == .tooLarge ? .tooLarge(limit: limit) : .http(error)
    }
}

extension HTTPClient.Request {
    fileprivate mutating func limits(as other: Self) {
        gzip = other.gzip
        limit = other.limit
        deadlines = other.deadlines
    }
}

extension String {
    /// With everything escaped that a URL can't hold as it is, such as the braces of a selector.
    fileprivate var percentEncoded: String {
        var encoded = ""
        for byte in utf8 {
            if byte > 0x20, byte < 0x7F, !"\"<>\\^`{|}".utf8.contains(byte) {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return encoded
    }
}
