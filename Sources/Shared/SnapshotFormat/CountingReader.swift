import Metrics

/// Puts one state together from its lines.
struct CountingReader: Sendable {
    private let header: StateLine
    private let feed: Feed
    private let numbers: Int
    private var marks: [UInt32] = []
    private var levels: [SeriesTable] = []

    /// - Returns: nil for what no state is.
    init?(_ header: StateLine) {
        guard let feed = Feed(rawValue: header.feed), header.markWidth > 0, header.marks >= 0, header.levels >= 0
        else { return nil }
        let (numbers, isTooMany) = header.marks.multipliedReportingOverflow(by: header.markWidth)
        guard !isTooMany else { return nil }
        self.header = header
        self.feed = feed
        self.numbers = numbers
    }

    var wantsMarks: Bool { marks.count < numbers }

    /// - Returns: false for a line that is none.
    mutating func take(mark line: Span<UInt8>) -> Bool {
        var (number, digits, count) = (UInt64(0), 0, 0)
        for place in 0...line.count {
            let byte = place < line.count ? line[place] : UInt8(ascii: " ")
            if byte == UInt8(ascii: " ") {
                guard digits > 0, let value = UInt32(exactly: number) else { return false }
                marks.append(value)
                (number, digits, count) = (0, 0, count + 1)
            } else {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), digits < 10 else { return false }
                (number, digits) = (number * 10 + UInt64(byte - UInt8(ascii: "0")), digits + 1)
            }
        }
        return count == header.markWidth
    }

    mutating func take(level table: SeriesTable) {
        levels.append(table)
    }

    /// Nil as long as something is missing.
    var state: CountingState? {
        guard !wantsMarks, levels.count == header.levels else { return nil }
        return CountingState(
            cluster: header.cluster, collector: header.collector, feed: feed,
            generation: header.generation ?? 0,
            state: CounterState(
                name: header.name, numbers: header.numbers, marks: marks, markWidth: header.markWidth, levels: levels))
    }
}
