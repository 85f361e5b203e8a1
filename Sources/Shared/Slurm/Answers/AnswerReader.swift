/// Reads an answer of slurmrestd from chunks of any size: its records one by one, and what stands around them.
///
/// Only the text between a record's start and the newest chunk is kept, and of that no long value that nobody wants. So
/// memory doesn't grow with the answer.
struct AnswerReader<Fields: RecordFields> {
    /// How far a record or a member of the envelope may go on, without what nobody wants of it.
    static var longestMember: Int { 4 << 20 }
    /// How far a record may go on until what nobody wants is left out while it comes.
    static var longestUnwanted: Int { 256 << 10 }

    private(set) var answer = Answer()
    private(set) var decoder = RecordDecoder<Fields>()
    private let path = Fields.place.path
    private var place = Place.beforeAnswer
    private var depth = 0
    private var recordCount = 0
    private var hasRecords = false
    private var window = AnswerWindow()
    private var search = EndSearch()
    /// Passes over the value of a record that nobody wants, which starts at an offset.
    private var omission: (start: Int, skipper: ValueSkipper)?

    private enum Place {
        case beforeAnswer
        case beforeKey(first: Bool)
        case beforeRecord(first: Bool)
        case inSingle
        case inUnwanted(ValueSkipper)
        case afterAnswer
    }

    /// Takes a chunk; what is complete now comes with `next`.
    mutating func append(_ chunk: borrowing RawSpan) {
        makeRoom()
        window.append(chunk)
    }

    /// Reads on to the end of the next record, which is in `decoder` then.
    ///
    /// - Returns: false where there is no record that is complete.
    mutating func next() throws(AnswerError) -> Bool {
        let before = recordCount
        do throws(JSONStop) {
            while recordCount == before {
                try omit()
                window.read = try advance()
            }
            return true
        } catch {
            guard case .malformed(let fault, let at) = error else {
                try checkSize()
                return false
            }
            throw AnswerError(fault: fault, offset: window.offset(of: at))
        }
    }

    /// Says that no chunk follows.
    mutating func finish() throws(AnswerError) -> Answer {
        guard case .afterAnswer = place else {
            throw AnswerError(fault: .truncated, offset: window.offset(of: window.bytes.count))
        }
        answer.recordCount = hasRecords ? recordCount : nil
        answer.oddities = decoder.reading.oddities
        return answer
    }

    private mutating func makeRoom() {
        if !isInRecord { decoder.forgetText() }
        let count = decoder.neededStart(before: window.read)
        window.drop(count)
        decoder.shift(by: count)
        omission?.start -= count
    }

    private mutating func checkSize() throws(AnswerError) {
        guard window.unread > Self.longestUnwanted else { return }
        if omission == nil, isInRecord, let start = decoder.unwantedValue {
            omission = (start, ValueSkipper())
        } else if window.unread > Self.longestMember {
            throw AnswerError(fault: .tooLarge, offset: window.offset(of: window.read))
        }
    }

    private var isInRecord: Bool {
        switch place {
        case .beforeRecord, .inSingle: true
        case .beforeAnswer, .beforeKey, .inUnwanted, .afterAnswer: false
        }
    }

    /// Goes on with the omission of a value: what came of it leaves the window, and null stands for it in the end.
    private mutating func omit() throws(JSONStop) {
        guard let (start, _) = omission else { return }
        var at = start
        do throws(JSONStop) {
            try skipOmitted(&at)
        } catch {
            if error == .needsMore { window.cut(start..<at) }
            throw error
        }
        window.cut(start..<at, replacement: "null")
        omission = nil
        search.end()
    }

    private mutating func skipOmitted(_ at: inout Int) throws(JSONStop) {
        let bytes = window.bytes
        try omission?.skipper.skip(bytes.span.bytes, from: &at)
    }

    private mutating func advance() throws(JSONStop) -> Int {
        let bytes = window.bytes
        let text = bytes.span.bytes
        if case .inUnwanted = place { return try skipUnwanted(text) }
        let at = try text.skipSpace(window.read)
        switch place {
        case .beforeAnswer:
            guard try text.byte(at) == .openBrace else { throw .malformed(.wrongType, at: at) }
            place = .beforeKey(first: true)
            return at + 1
        case .beforeKey(let first): return try readMember(of: text, at: at, first: first)
        case .beforeRecord(let first): return try readRecord(of: text, at: at, first: first)
        case .inSingle:
            let end = try decode(text, at: at)
            place = .beforeKey(first: false)
            return end
        case .inUnwanted, .afterAnswer: throw .malformed(.trailingText, at: at)
        }
    }

    private mutating func skipUnwanted(_ text: JSONText) throws(JSONStop) -> Int {
        guard case .inUnwanted(var skipper) = place else { return window.read }
        do throws(JSONStop) {
            try skipper.skip(text, from: &window.read)
        } catch {
            place = .inUnwanted(skipper)
            throw error
        }
        place = .beforeKey(first: false)
        return window.read
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
        let key = text.extracting(at + 1..<(try text.skipString(at)) - 1)
        if depth < path.count, key.isWord(path[depth]) { return try enter(text, at: value) }
        if depth == 0, let member = Answer.Member(key) {
            try search.checkWorth(text, from: value)
            var tree = JSONValue.null
            let end = try text.readTree(value, into: &tree)
            search.end()
            answer.take(member, tree)
            place = .beforeKey(first: false)
            return end
        }
        place = .inUnwanted(ValueSkipper())
        return value
    }

    /// Goes on towards the records, the key for which stands before an offset.
    private mutating func enter(_ text: JSONText, at start: Int) throws(JSONStop) -> Int {
        let isLast = depth == path.count - 1
        switch try text.byte(start) {
        case .openBrace where isLast && Fields.place.isSingle:
            hasRecords = true
            place = .inSingle
            return start
        case .openBracket where isLast && !Fields.place.isSingle:
            hasRecords = true
            place = .beforeRecord(first: true)
            return start + 1
        case .openBrace where !isLast:
            depth += 1
            place = .beforeKey(first: true)
            return start + 1
        case UInt8(ascii: "n"): break
        default: decoder.countStranger()
        }
        place = .inUnwanted(ValueSkipper())
        return start
    }

    private mutating func readRecord(of text: JSONText, at start: Int, first: Bool) throws(JSONStop) -> Int {
        var at = start
        if try text.byte(at) == .closeBracket {
            place = .beforeKey(first: false)
            return at + 1
        }
        if !first { at = try skipComma(of: text, at: at) }
        if try text.byte(at) == .openBrace {
            at = try decode(text, at: at)
        } else {
            at = try text.skipValue(at)
            decoder.countStranger()
        }
        place = .beforeRecord(first: false)
        return at
    }

    private mutating func decode(_ text: JSONText, at start: Int) throws(JSONStop) -> Int {
        try search.checkWorth(text, from: start)
        let end = try decoder.decode(text, at: start)
        search.end()
        recordCount += 1
        return end
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

    public init(fault: JSONFault, offset: Int) {
        self.fault = fault
        self.offset = offset
    }

    public var description: String { "\(fault.rawValue) at byte \(offset)" }
}
