/// Takes records out of chunks of any size: each ends with the same bytes.
///
/// Only what came of a record that isn't complete is kept.
struct DelimitedText {
    /// A record doesn't go on for longer.
    static var longestRecord: Int { 4 << 20 }

    private let terminator: [UInt8]
    private(set) var bytes: [UInt8] = []
    /// Up to where no terminator ends, and from where on no record has been taken.
    private var searched = 0
    private var start = 0
    /// How many bytes were dropped before those that are kept.
    private var dropped = 0

    /// - Parameter terminator: at least one byte.
    init(endingWith terminator: [UInt8] = [UInt8(ascii: "\n")]) {
        self.terminator = terminator
    }

    /// Whether the text ended behind a record.
    var isAtEnd: Bool { start == bytes.count }

    /// Where the text ended, in bytes from its start.
    var offset: Int { dropped + bytes.count }

    mutating func append(_ chunk: borrowing RawSpan) throws(AnswerError) {
        bytes.removeSubrange(0..<start)
        dropped += start
        searched -= start
        start = 0
        guard bytes.count <= Self.longestRecord else { throw AnswerError(fault: .tooLarge, offset: dropped) }
        chunk.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    /// - Returns: where in `bytes` the next record is that is complete.
    mutating func next() -> Range<Int>? {
        let last = terminator[terminator.count - 1]
        while searched < bytes.count {
            searched += 1
            guard bytes[searched - 1] == last, isTerminated(at: searched) else { continue }
            defer { start = searched }
            return start..<searched - terminator.count
        }
        return nil
    }

    private func isTerminated(at end: Int) -> Bool {
        let start = end - terminator.count
        return start >= self.start && terminator.indices.allSatisfy { bytes[start + $0] == terminator[$0] }
    }
}
