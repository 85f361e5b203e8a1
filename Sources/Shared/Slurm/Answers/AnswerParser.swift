/// Reads an answer of slurmrestd step by step from text that may end anywhere: its records, and what stands around them.
struct AnswerParser<Fields: RecordFields> {
    private(set) var answer = Answer()
    private(set) var decoder = RecordDecoder<Fields>()
    private(set) var recordCount = 0
    /// Where the newest record stands in the text it was read from; nothing where the next can't be compared with it.
    private(set) var record = 0..<0
    private let path = Fields.place.path
    private var place = Place.beforeAnswer
    private var depth = 0
    private var hasRecords = false
    private var search = EndSearch()

    private enum Place {
        case beforeAnswer
        case beforeKey(first: Bool)
        case beforeRecord(first: Bool)
        case inSingle
        case inUnwanted(ValueSkipper)
        case afterAnswer
    }

    var isInRecord: Bool {
        switch place {
        case .beforeRecord, .inSingle: true
        case .beforeAnswer, .beforeKey, .inUnwanted, .afterAnswer: false
        }
    }

    /// What the answer said; nil where it isn't at its end.
    var wholeAnswer: Answer? {
        guard case .afterAnswer = place else { return nil }
        var answer = answer
        answer.recordCount = hasRecords ? recordCount : nil
        answer.oddities = decoder.reading.oddities
        return answer
    }

    /// The value that is being read has changed.
    mutating func forgetSearch() { search.end() }

    /// Moves `at` on, at most to the end of the next record, which is in `decoder` then.
    ///
    /// After `needsMore` the text from `at` on has to come again with more behind it.
    ///
    /// - Parameter known: the newest record, or nothing.
    @inline(__always)
    mutating func advance(_ text: JSONText, _ at: inout Int, after known: RawSpan) throws(JSONStop) {
        if case .inUnwanted = place { return try skipUnwanted(text, &at) }
        let start = try text.skipSpace(at)
        switch place {
        case .beforeAnswer:
            guard try text.byte(start) == .openBrace else { throw .malformed(.wrongType, at: start) }
            place = .beforeKey(first: true)
            at = start + 1
        case .beforeKey(let first): at = try readMember(of: text, at: start, first: first)
        case .beforeRecord(let first): at = try readRecord(of: text, at: start, first: first, after: known)
        case .inSingle:
            at = try decode(text, at: start, after: known)
            place = .beforeKey(first: false)
        case .inUnwanted, .afterAnswer: throw .malformed(.trailingText, at: start)
        }
    }

    private mutating func skipUnwanted(_ text: JSONText, _ at: inout Int) throws(JSONStop) {
        guard case .inUnwanted(var skipper) = place else { return }
        do throws(JSONStop) {
            try skipper.skip(text, from: &at)
        } catch {
            place = .inUnwanted(skipper)
            throw error
        }
        place = .beforeKey(first: false)
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

    private mutating func readRecord(
        of text: JSONText, at start: Int, first: Bool, after known: RawSpan
    ) throws(JSONStop) -> Int {
        var at = start
        if try text.byte(at) == .closeBracket {
            place = .beforeKey(first: false)
            return at + 1
        }
        if !first { at = try skipComma(of: text, at: at) }
        if try text.byte(at) == .openBrace {
            at = try decode(text, at: at, after: known)
        } else {
            at = try text.skipValue(at)
            decoder.countStranger()
        }
        place = .beforeRecord(first: false)
        return at
    }

    private mutating func decode(
        _ text: JSONText, at start: Int, after known: RawSpan
    ) throws(JSONStop) -> Int {
        try search.checkWorth(text, from: start)
        let end = try decoder.decode(text, at: start, after: known)
        search.end()
        record = decoder.isComparable ? start..<end : 0..<0
        recordCount += 1
        return end
    }

    private func skipComma(of text: JSONText, at: Int) throws(JSONStop) -> Int {
        guard try text.byte(at) == .comma else { throw .malformed(.unexpectedByte, at: at) }
        return try text.skipSpace(at + 1)
    }
}
