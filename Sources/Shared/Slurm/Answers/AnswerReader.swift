/// Reads an answer of slurmrestd from chunks of any size: its records one by one, and what stands around them.
///
/// A chunk is read where it is. Only what has begun at its end is kept until the next comes, with the record before it;
/// and of what goes on for long no value that nobody wants. So memory doesn't grow with the answer.
struct AnswerReader<Fields: RecordFields> {
    /// How far a record or a member of the envelope may go on, without what nobody wants of it.
    static var longestMember: Int { 4 << 20 }
    /// How far a record may go on until what nobody wants is left out while it comes.
    static var longestUnwanted: Int { 256 << 10 }
    /// How much of a chunk is looked at first for the rest of what has begun before it.
    private static var smallestPiece: Int { 8 << 10 }

    private(set) var parser = AnswerParser<Fields>()
    /// What has begun in earlier chunks, behind the record before; reading goes on there unless it's empty.
    private var window = AnswerWindow()
    /// How much of the chunk was read, or is in the window.
    private var taken = 0
    /// Of the answer, before the chunk.
    private var bytesBefore = 0
    private var known = KnownRecord()
    /// How many records have been read.
    private var recordCount = 0
    /// Passes over the value of a record that nobody wants, which starts at an offset.
    private var omission: (start: Int, skipper: ValueSkipper)?

    /// Where the record is that the next is compared with.
    private struct KnownRecord {
        var range = 0..<0
        var isInWindow = false
    }

    var symbols: Symbols { parser.decoder.reading.symbols }

    /// Reads on to the end of the next record, which is in `parser.decoder` then.
    ///
    /// - Parameter chunk: the same until there is no further record; then the next.
    /// - Returns: false where there is no record that is complete.
    mutating func next(in chunk: RawSpan) throws(AnswerError) -> Bool {
        do throws(JSONStop) {
            while recordCount == parser.recordCount {
                if window.isEmpty { try readChunk(chunk) } else { try readWindow(chunk) }
            }
            recordCount = parser.recordCount
            return true
        } catch {
            if case .malformed(let fault, let at) = error {
                throw AnswerError(fault: fault, offset: window.isEmpty ? bytesBefore + at : window.offset(of: at))
            }
            try end(chunk)
            return false
        }
    }

    /// Says that no chunk follows.
    mutating func finish() throws(AnswerError) -> Answer {
        guard let answer = parser.wholeAnswer else { throw AnswerError(fault: .truncated, offset: bytesBefore) }
        return answer
    }

    private mutating func readChunk(_ chunk: RawSpan) throws(JSONStop) {
        guard known.isInWindow else {
            try parser.advance(chunk, &taken, after: chunk.extracting(known.range))
            return noteRecord(isInWindow: false)
        }
        let bytes = window.bytes
        try parser.advance(chunk, &taken, after: bytes.span.bytes.extracting(known.range))
        noteRecord(isInWindow: false)
    }

    /// Reads on in the window, with as much of the chunk behind it as is needed.
    private mutating func readWindow(_ chunk: RawSpan) throws(JSONStop) {
        if taken == 0 { takePiece(of: chunk) }
        do throws(JSONStop) {
            try omit()
            try advanceInWindow()
        } catch {
            guard error == .needsMore, isBehindWindow || taken < chunk.byteCount else { throw error }
            if !isBehindWindow { takePiece(of: chunk) }
        }
        if isBehindWindow { leaveWindow() }
    }

    private mutating func advanceInWindow() throws(JSONStop) {
        let bytes = window.bytes
        let text = bytes.span.bytes
        let range = known.isInWindow ? known.range : 0..<0
        try parser.advance(text, &window.read, after: text.extracting(range))
        noteRecord(isInWindow: true)
    }

    private mutating func noteRecord(isInWindow: Bool) {
        if parser.recordCount != recordCount { known = KnownRecord(range: parser.record, isInWindow: isInWindow) }
    }

    private mutating func takePiece(of chunk: RawSpan) {
        let count = min(max(window.unread, Self.smallestPiece), chunk.byteCount - taken)
        window.append(chunk.extracting(taken..<taken + count))
        taken += count
    }

    /// Whether reading has come to what isn't only in the window.
    private var isBehindWindow: Bool { window.offset(of: window.read) >= bytesBefore }

    private mutating func leaveWindow() {
        taken = window.offset(of: window.read) - bytesBefore
        window.read = window.bytes.count
    }

    /// Keeps what is needed of the chunk when the next comes.
    private mutating func end(_ chunk: RawSpan) throws(AnswerError) {
        var unwanted = parser.decoder.unwantedValue
        if window.isEmpty {
            keepRest(of: chunk)
            unwanted = unwanted.map { $0 - taken + window.read }
        }
        bytesBefore += chunk.byteCount
        taken = 0
        try checkSize(unwanted)
    }

    private mutating func keepRest(of chunk: RawSpan) {
        if !parser.isInRecord { known = KnownRecord() }
        if known.isInWindow {
            window.keep(known.range, before: bytesBefore + taken)
        } else {
            window.keep(chunk.extracting(known.range), before: bytesBefore + taken)
        }
        known = KnownRecord(range: 0..<known.range.count, isInWindow: true)
        window.append(chunk.extracting(taken..<chunk.byteCount))
    }

    /// - Parameter unwanted: where in the window the value starts that reading stopped in, if nobody wants it.
    private mutating func checkSize(_ unwanted: Int?) throws(AnswerError) {
        guard window.unread > Self.longestUnwanted else { return }
        if omission == nil, parser.isInRecord, let unwanted {
            omission = (unwanted, ValueSkipper())
        } else if window.unread > Self.longestMember {
            throw AnswerError(fault: .tooLarge, offset: window.offset(of: window.read))
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
        parser.forgetSearch()
    }

    private mutating func skipOmitted(_ at: inout Int) throws(JSONStop) {
        let bytes = window.bytes
        try omission?.skipper.skip(bytes.span.bytes, from: &at)
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
