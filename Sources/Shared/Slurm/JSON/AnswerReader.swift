/// Reads an answer of slurmrestd from chunks of any size: its records one by one, and what stands around them.
///
/// Only the text between a record's start and the newest chunk is kept, so memory doesn't grow with the answer.
struct AnswerReader<Fields: RecordFields> {
    /// How far a record or another member of the envelope may go on.
    static var longestMember: Int { 16 << 20 }

    private(set) var envelope: [String: JSONValue] = [:]
    private var decoder: RecordDecoder<Fields>
    /// The keys that lead from the answer's object to the array of records.
    private let path: [StaticString]
    private var place = Place.beforeAnswer
    private var depth = 0
    private var window: [UInt8] = []
    private var read = 0
    private var discarded = 0

    private enum Place {
        case beforeAnswer
        case beforeKey(first: Bool)
        case beforeRecord(first: Bool)
        case afterAnswer
    }

    init(_ fields: Fields, recordsAt path: [StaticString]) {
        decoder = RecordDecoder(fields)
        self.path = path
    }

    /// Reads on; `body` is called for each record that is complete now.
    mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing Fields.Record) -> Void
    ) throws(AnswerError) {
        makeRoom()
        chunk.withUnsafeBytes { window.append(contentsOf: $0) }
        do {
            while true { read = try advance(body) }
        } catch {
            guard case .malformed(let fault, let at) = error else {
                guard window.count - read <= Self.longestMember else {
                    throw AnswerError(fault: .tooLarge, offset: discarded + read)
                }
                return
            }
            throw AnswerError(fault: fault, offset: discarded + at)
        }
    }

    /// Says that no chunk follows.
    func finish() throws(AnswerError) {
        guard case .afterAnswer = place else { throw AnswerError(fault: .truncated, offset: discarded + window.count) }
    }

    private mutating func makeRoom() {
        guard read > 0 else { return }
        window.removeSubrange(0..<read)
        discarded += read
        read = 0
    }

    private mutating func advance(_ body: (borrowing Fields.Record) -> Void) throws(JSONStop) -> Int {
        let window = window
        let text = window.span.bytes
        let at = try text.skipSpace(read)
        switch place {
        case .beforeAnswer:
            guard try text.byte(at) == .openBrace else { throw .malformed(.wrongType, at: at) }
            place = .beforeKey(first: true)
            return at + 1
        case .beforeKey(let first): return try readMember(of: text, at: at, first: first)
        case .beforeRecord(let first): return try readRecords(of: text, at: at, first: first, body)
        case .afterAnswer: throw .malformed(.trailingText, at: at)
        }
    }

    private mutating func readMember(of text: JSONText, at start: Int, first: Bool) throws(JSONStop) -> Int {
        var at = start
        if try text.byte(at) == .closeBrace {
            place = depth == 0 ? .afterAnswer : .beforeKey(first: false)
            depth -= depth == 0 ? 0 : 1
            return at + 1
        }
        if !first { at = try skipComma(of: text, at: at) }
        let value = try text.skipKey(at)
        let keyEnd = try text.skipString(at) - 1
        let key = text.extracting(at + 1..<keyEnd)
        if depth < path.count, key.hasSameBytes(as: path[depth]) {
            if depth == path.count - 1, try text.byte(value) == .openBracket {
                place = .beforeRecord(first: true)
                return value + 1
            }
            if depth < path.count - 1, try text.byte(value) == .openBrace {
                depth += 1
                place = .beforeKey(first: true)
                return value + 1
            }
        }
        let end =
            try depth == 0
            ? readEnvelope(of: text, key: text.string(at + 1..<keyEnd), at: value) : text.skipValue(value)
        place = .beforeKey(first: false)
        return end
    }

    private mutating func readEnvelope(of text: JSONText, key: String, at start: Int) throws(JSONStop) -> Int {
        try text.readTree(start, into: &envelope[key, default: .null])
    }

    /// Reads as many records as there are: moving on between two of them costs no way through `advance`.
    private mutating func readRecords(
        of text: JSONText, at start: Int, first: Bool, _ body: (borrowing Fields.Record) -> Void
    ) throws(JSONStop) -> Int {
        var at = start
        if try text.byte(at) == .closeBracket {
            place = .beforeKey(first: false)
            return at + 1
        }
        if !first { at = try skipComma(of: text, at: at) }
        at = try decoder.decode(text, at: at)
        body(decoder.record)
        place = .beforeRecord(first: false)
        return at
    }

    private func skipComma(of text: JSONText, at: Int) throws(JSONStop) -> Int {
        guard try text.byte(at) == .comma else { throw .malformed(.unexpectedByte, at: at) }
        return try text.skipSpace(at + 1)
    }
}

/// Text that is no answer of slurmrestd's.
public struct AnswerError: Error, Equatable, Sendable, CustomStringConvertible {
    public let fault: JSONFault
    /// Where in the answer, in bytes from its start.
    public let offset: Int

    public var description: String { "\(fault.rawValue) at byte \(offset)" }
}
