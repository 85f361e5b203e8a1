/// What is kept of an answer's text: the record before, which was read, and what has begun but wasn't complete.
struct AnswerWindow {
    private(set) var bytes: [UInt8] = []
    /// Where reading goes on.
    var read = 0
    /// Of the answer before what isn't read, less the bytes that were.
    private var bytesBefore = 0
    /// What was cut out of the window, by its place there.
    private var cuts: [(at: Int, count: Int)] = []

    var unread: Int { bytes.count - read }
    var isEmpty: Bool { unread == 0 }

    mutating func append(_ chunk: RawSpan) {
        chunk.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    /// Keeps nothing but bytes that were read; what is appended next stands at an offset in the answer.
    mutating func keep(_ read: RawSpan, before offset: Int) {
        bytes.removeAll(keepingCapacity: true)
        append(read)
        startAnew(at: offset)
    }

    mutating func keep(_ range: Range<Int>, before offset: Int) {
        bytes.removeSubrange(range.upperBound...)
        bytes.removeSubrange(..<range.lowerBound)
        startAnew(at: offset)
    }

    private mutating func startAnew(at offset: Int) {
        read = bytes.count
        bytesBefore = offset - read
        cuts.removeAll()
    }

    /// Takes bytes out that nobody wants, and puts others in their place.
    mutating func cut(_ range: Range<Int>, replacement: StaticString = "") {
        replacement.withUTF8Buffer { bytes.replaceSubrange(range, with: $0) }
        let count = range.count - replacement.utf8CodeUnitCount
        if let last = cuts.last, last.at == range.lowerBound {
            cuts[cuts.count - 1].count += count
        } else {
            cuts.append((range.lowerBound, count))
        }
    }

    /// Where in the answer something in the window is.
    func offset(of place: Int) -> Int {
        cuts.reduce(bytesBefore + place) { $1.at <= place ? $0 + $1.count : $0 }
    }
}
