import HTTPClient
import SnapshotFormat

/// Why a slice's document didn't come.
enum SliceFailure: Error, Sendable {
    case http(HTTPClientError)
    case status(Int)
    case document(SnapshotError)
    /// Nobody serves it.
    case nowhere

    /// Those that are shown before they happen, so that their first time is seen as a rise.
    static let expected: [SliceFailure] = [.status(503), .nowhere]

    /// Whether nothing came that is an answer.
    var isSilence: Bool {
        if case .http = self { true } else { false }
    }

    /// Whether the shard is there and hasn't the slice, which is so for a moment after each start and move.
    var isEarly: Bool {
        switch self {
        case .status(404), .status(503): true
        case .http, .status, .document, .nowhere: false
        }
    }

    /// One of a bounded set, for metrics.
    var label: String {
        switch self {
        case .http(let error): error.kind.label
        case .status: "status"
        case .document(let error): "document_" + error.label
        case .nowhere: "nowhere"
        }
    }
}

extension SliceFailure: CustomStringConvertible {
    var description: String {
        switch self {
        case .http(let error): error.description
        case .status(let code): "the shard answered with status \(code)"
        case .document(let error): error.description
        case .nowhere: "nobody serves it"
        }
    }
}

/// Asks for one slice's document, under the condition that it is another than the last.
struct SliceFetcher: Sendable {
    private let client: HTTPClient
    private let timeout: Duration
    private let limit: Int
    /// Of the last document, and where it came from.
    private var last: (address: String, tag: String)?
    /// Of the last document, in bytes.
    private var size = 0

    init(client: HTTPClient, timeout: Duration, limit: Int) {
        self.client = client
        self.timeout = timeout
        self.limit = limit
    }

    /// How much may wait to be read: all slices are asked at the same moment, and each request has a buffer.
    private static let backlog = (32 << 10)...(256 << 10)

    /// Whether the document that came last is the one that whoever is asked first has under this tag.
    func holds(_ tag: String?, of slice: ServedSlice) -> Bool {
        guard let last, let tag else { return false }
        return last == (slice.addresses.first, tag)
    }

    /// Asks the first of the addresses that gives an answer.
    ///
    /// - Returns: nil where it is the last one still.
    mutating func fetch(_ slice: ServedSlice) async throws(SliceFailure) -> SnapshotDocument? {
        var failure = SliceFailure.nowhere
        for address in slice.addresses {
            do throws(SliceFailure) { return try await fetch(slice, at: address) } catch { failure = error }
        }
        last = nil
        throw failure
    }

    private mutating func fetch(
        _ slice: ServedSlice, at address: String
    ) async throws(SliceFailure) -> SnapshotDocument? {
        let known = last?.address == address ? last?.tag : nil
        let response = try await send(slice, address, tag: known)
        if response.status == 304, known != nil { return nil }
        guard response.status == 200 else { throw .status(response.status) }
        let document = try await read(response.body)
        last = response.fields["ETag"].map { (address, $0) }
        return document
    }

    private func send(
        _ slice: ServedSlice, _ address: String, tag: String?
    ) async throws(SliceFailure) -> sending HTTPClient.Response {
        var fields: [(name: String, value: String)] = []
        if let token = slice.token { fields.append(("Authorization", "Bearer \(token)")) }
        if let tag { fields.append(("If-None-Match", tag)) }
        do throws(HTTPClientError) {
            var request = try HTTPClient.Request(.get, address, fields: fields)
            request.limit = limit
            request.backlog = min(max(size, Self.backlog.lowerBound), Self.backlog.upperBound)
            request.deadlines = HTTPClient.Deadlines(connect: timeout, stall: nil, total: timeout)
            return try await client.send(request)
        } catch { throw .http(error) }
    }

    private mutating func read(_ body: HTTPClient.Body) async throws(SliceFailure) -> SnapshotDocument {
        var reader = SnapshotReader()
        size = 0
        while let bytes = try await next(of: body) {
            size += bytes.count
            do throws(SnapshotError) { try reader.read(bytes.span) } catch { throw .document(error) }
        }
        do throws(SnapshotError) { return try reader.finish() } catch { throw .document(error) }
    }

    private func next(of body: HTTPClient.Body) async throws(SliceFailure) -> [UInt8]? {
        do throws(HTTPClientError) { return try await body.next() } catch { throw .http(error) }
    }
}
