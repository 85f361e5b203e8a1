public import Metrics

/// Writes what a selection holds, piece by piece, in the order of families, then of names, then of parts.
public struct Rendering: Sendable {
    /// Rows of one name in one part.
    private struct Run {
        let heading: Int
        let member: Int
        let part: Int
        let name: Int
        /// Of the runs of a name, which are kept short enough for a piece.
        let order: Int
        let rows: RowSet
    }

    public let format: MetricsFormat
    private let headings: Headings
    private let writers: [SeriesWriter]
    private var runs: [Run]
    private var position = 0
    /// Parts that may have series that an earlier one has, too.
    private let sharing: Set<Int>
    /// The series of one name that were written already.
    private var seen = SeenSeries()
    private var seenName = (-1, -1)
    /// The heading under which the last lines were written.
    private var open: Int?
    private var rowsLeft = 0
    private var isEnded = false

    private static let pieceSize = 256 << 10
    private static let usualLine = 160
    private static let runLength = 1024

    init(
        _ selection: [RowSet], of generation: Generation, _ format: MetricsFormat, _ settings: AnswerSettings,
        now: Int64
    ) {
        self.format = format
        headings = generation.headings(format)
        sharing = generation.sharing
        let external = Appendix.external(settings.externalLabels)
        writers = generation.parts.map {
            SeriesWriter(
                part: $0, appendix: Appendix(external, to: $0.index), format: format,
                writesTimestamps: settings.writesTimestamps, now: now)
        }
        runs = []
        for (part, rows) in selection.enumerated() where !rows.isEmpty {
            appendRuns(of: rows, part, generation.parts[part].index)
        }
        rowsLeft = runs.reduce(0) { $0 + $1.rows.count }
        runs.sort { ($0.heading, $0.member, $0.part, $0.order) < ($1.heading, $1.member, $1.part, $1.order) }
    }

    private mutating func appendRuns(of rows: RowSet, _ part: Int, _ index: SeriesIndex) {
        for (name, rows) in rows.byName(in: index) {
            let place = headings.places[part][name]
            for (order, rows) in rows.cut(into: Self.runLength).enumerated() {
                runs.append(
                    Run(
                        heading: place.heading, member: place.member, part: part, name: name, order: order, rows: rows))
            }
        }
    }

    /// - Returns: about a quarter of a megabyte at a time, nil after the end.
    public mutating func next() -> [UInt8]? {
        guard !isEnded else { return nil }
        var piece: [UInt8] = []
        piece.reserveCapacity(min(rowsLeft * Self.usualLine, Self.pieceSize) + Self.pieceSize / 8)
        while position < runs.count, piece.count < Self.pieceSize { appendRun(to: &piece) }
        if position == runs.count {
            isEnded = true
            if format == .openMetrics { piece += "# EOF\n".utf8 }
        }
        return piece
    }

    /// A heading whose rows turn out to have ended is taken back.
    private mutating func appendRun(to piece: inout [UInt8]) {
        let number = runs[position].heading
        let heading = headings.headings[number]
        let start = piece.count
        if open != number { piece += heading.text }
        let bodyStart = piece.count
        if heading.isGrouped {
            let first = position
            while position < runs.count, runs[position].heading == number { position += 1 }
            appendGrouped(runs[first..<position], heading, to: &piece)
        } else {
            appendRows(of: runs[position], to: &piece)
            position += 1
        }
        if piece.count == bodyStart { piece.removeSubrange(start...) } else { open = number }
    }

    private mutating func appendRows(of run: Run, to piece: inout [UInt8]) {
        rowsLeft -= run.rows.count
        let writer = writers[run.part]
        let name = writer.part.index.names[run.name].text
        guard sharing.contains(run.part) else { return run.rows.append(with: writer, named: name, to: &piece) }
        if seenName != (run.heading, run.member) {
            seenName = (run.heading, run.member)
            seen.removeAll()
        }
        writer.append(seen.unseen(run.rows, of: writer), named: name, to: &piece)
    }

    private func appendGrouped(_ runs: ArraySlice<Run>, _ heading: Headings.Heading, to piece: inout [UInt8]) {
        var seen: [Int: SeenSeries] = [:]
        for part in Set(runs.map(\.part)).sorted() {
            let writer = writers[part]
            let index = writer.part.index
            let own = heading.ownLabel.flatMap { index.pairs.column(named: $0)?.pairs } ?? 0..<0
            var lines: [GroupedLine] = []
            for run in runs where run.part == part {
                let rows =
                    sharing.contains(part)
                    ? seen[run.member, default: SeenSeries()].unseen(run.rows, of: writer) : run.rows.all
                for row in rows where writer.part.shows(row, at: writer.now) {
                    lines.append(GroupedLine(row, run.member, own, in: index))
                }
            }
            for line in lines.sorted() {
                writer.append(line.row, named: index.names[index.name(of: line.row)].text, ownLabel: own, to: &piece)
            }
        }
    }
}

/// A line among others of the same family, in OpenMetrics' order: label set by label set, and in each bucket by bucket.
private struct GroupedLine: Comparable {
    let row: Int
    private let labels: [UInt32]
    private let member: Int
    private let bound: Double

    init(_ row: Int, _ member: Int, _ own: Range<Int>, in index: SeriesIndex) {
        self.row = row
        self.member = member
        labels = index.rowPairs[index.pairRange(of: row)].filter { !own.contains(Int($0)) }
        bound = index.pair(of: row, among: own).flatMap(index.number) ?? 0
    }

    static func < (left: Self, right: Self) -> Bool {
        if left.labels != right.labels { return left.labels.lexicographicallyPrecedes(right.labels) }
        return (left.member, left.bound) < (right.member, right.bound)
    }
}

/// The series of one name that were written already, by labels alone.
private struct SeenSeries {
    private var hashes: Set<UInt64> = []

    mutating func removeAll() {
        hashes.removeAll(keepingCapacity: true)
    }

    mutating func unseen(_ rows: RowSet, of writer: SeriesWriter) -> [Int] {
        rows.all.filter { row in
            writer.part.shows(row, at: writer.now) && hashes.insert(writer.part.index.labelHash(of: row)).inserted
        }
    }
}

extension SeriesIndex {
    /// Equal for equal labels, also in another index of this process; by chance for no others that there will ever be.
    fileprivate func labelHash(of row: Int) -> UInt64 {
        var hasher = Hasher()
        for place in pairRange(of: row) {
            let range = pairs.written(Int(rowPairs[place]))
            hasher.combine(range.count)
            pairs.texts.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0[range])) }
        }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}

extension RowSet {
    fileprivate var all: [Int] {
        var all: [Int] = []
        all.reserveCapacity(count)
        forEach { all.append($0) }
        return all
    }

    fileprivate func cut(into length: Int) -> [RowSet] {
        guard count > length else { return [self] }
        switch self {
        case .ranges(let ranges):
            return ranges.flatMap { range in
                stride(from: range.lowerBound, to: range.upperBound, by: length).map {
                    .ranges([$0..<min($0 + length, range.upperBound)])
                }
            }
        case .rows(let rows):
            return stride(from: 0, to: rows.count, by: length).map {
                .rows(Array(rows[$0..<min($0 + length, rows.count)]))
            }
        }
    }

    fileprivate func append(with writer: SeriesWriter, named name: [UInt8], to bytes: inout [UInt8]) {
        switch self {
        case .ranges(let ranges): for range in ranges { writer.append(range, named: name, to: &bytes) }
        case .rows(let rows): writer.append(rows.lazy.map { Int($0) }, named: name, to: &bytes)
        }
    }

    /// Cut at the borders of names.
    fileprivate func byName(in index: SeriesIndex) -> [(name: Int, rows: RowSet)] {
        switch self {
        case .ranges(let ranges):
            var cut: [(name: Int, rows: RowSet)] = []
            for range in ranges {
                var name = index.name(of: range.lowerBound)
                while name < index.names.count, index.names[name].rows.lowerBound < range.upperBound {
                    cut.append((name, .ranges([index.names[name].rows.clamped(to: range)])))
                    name += 1
                }
            }
            return cut
        case .rows(let rows):
            var cut: [(name: Int, rows: RowSet)] = []
            var start = 0
            while start < rows.count {
                let name = index.name(of: Int(rows[start]))
                let limit = index.names[name].rows.upperBound
                let end = rows[start...].partitioningIndex { Int($0) >= limit }
                cut.append((name, .rows(Array(rows[start..<end]))))
                start = end
            }
            return cut
        }
    }
}

extension ArraySlice<UInt32> {
    /// The first element from which on a condition holds.
    fileprivate func partitioningIndex(_ holds: (UInt32) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
