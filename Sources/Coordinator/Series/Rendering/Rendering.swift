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
        /// Whether another part may have some of the series.
        var isShared = false
    }

    public let format: MetricsFormat
    private let headings: Headings
    private let writers: [SeriesWriter]
    private var runs: [Run]
    private var position = 0
    /// The series of one name that were written already.
    private var seen = SeenSeries()
    private var seenName = (-1, -1)
    /// The heading under which the last lines were written.
    private var open: Int?
    private var rowsLeft = 0
    private var isEnded = false

    private static let pieceSize = 256 << 10
    static let usualLine = 160
    private static let runLength = 1024

    init(
        _ selection: [RowSet], of generation: Generation, _ format: MetricsFormat, _ settings: AnswerSettings,
        now: Int64
    ) {
        self.format = format
        headings = generation.headings(format)
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
        markShared(generation.sharing)
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

    /// - Parameter sharing: by part, those that may have series in common with it.
    private mutating func markShared(_ sharing: [Set<Int>]) {
        var start = 0
        while start < runs.count {
            var end = start
            var parts: Set<Int> = []
            while end < runs.count, runs[end].heading == runs[start].heading, runs[end].member == runs[start].member {
                parts.insert(runs[end].part)
                end += 1
            }
            if parts.count > 1 {
                for place in start..<end { runs[place].isShared = !sharing[runs[place].part].isDisjoint(with: parts) }
            }
            start = end
        }
    }

    /// - Returns: about a quarter of a megabyte at a time, nil after the end.
    public mutating func next() -> [UInt8]? {
        guard !isEnded else { return nil }
        var piece: [UInt8] = []
        piece.reserveCapacity(min((rowsLeft + 2) * Self.usualLine, Self.pieceSize + Self.pieceSize / 8))
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
        guard run.isShared else { return run.rows.append(with: writer, named: name, to: &piece) }
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
                    run.isShared
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
