/// The part of an answer that is looked at, up to the end of the newest chunk.
struct AnswerWindow {
    private(set) var bytes: [UInt8] = []
    /// Where reading goes on.
    var read = 0
    /// How many bytes of the answer stand no longer before the window.
    private var discarded = 0
    /// What was cut out of the window, by its place there.
    private var cuts: [(at: Int, count: Int)] = []

    var unread: Int { bytes.count - read }

    mutating func append(_ chunk: borrowing RawSpan) {
        chunk.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    /// Drops the first bytes, all of which were read.
    mutating func drop(_ count: Int) {
        guard count > 0 else { return }
        bytes.removeSubrange(0..<count)
        discarded += count
        for cut in cuts where cut.at < count { discarded += cut.count }
        cuts = cuts.filter { $0.at >= count }.map { ($0.at - count, $0.count) }
        read -= count
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
        cuts.reduce(discarded + place) { $1.at <= place ? $0 + $1.count : $0 }
    }
}
