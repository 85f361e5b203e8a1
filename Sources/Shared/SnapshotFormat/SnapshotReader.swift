import FoundationEssentials
import Metrics

/// Reads a document that comes in pieces.
///
/// After an error it can only be dropped.
public struct SnapshotReader: Sendable {
    public struct Limits: Sendable {
        /// Of one line, in bytes.
        public var line = 1 << 20
        public var families = 100_000
        public var series = 10_000_000
        /// Of all states.
        public var marks = 50_000_000

        public init() {}
    }

    private let limits: Limits
    /// What has come of a line that isn't complete.
    private var rest: [UInt8] = []
    private var lineNumber = 0
    private var document: SnapshotDocument?
    private var current: FamilyState?
    /// How many series of the current family or level are still to come.
    private var missing = 0
    private var counting: CountingReader?
    /// Of families.
    private var series = 0
    /// Of families and levels.
    private var read = 0
    private var marks = 0
    private var isSkipping = false
    private var isEnded = false

    public init(limits: Limits = Limits()) {
        self.limits = limits
    }

    public mutating func read(_ piece: Span<UInt8>) throws(SnapshotError) {
        var start = 0
        while let end = (start..<piece.count).first(where: { piece[$0] == UInt8(ascii: "\n") }) {
            try takeLine(piece.extracting(start..<end))
            start = end + 1
        }
        try keep(piece.extracting(start..<piece.count))
    }

    public consuming func finish() throws(SnapshotError) -> SnapshotDocument {
        guard isEnded, rest.isEmpty, let document else { throw .truncated }
        return document
    }

    public static func document(
        of bytes: [UInt8], limits: Limits = Limits()
    ) throws(SnapshotError) -> SnapshotDocument {
        var reader = SnapshotReader(limits: limits)
        try reader.read(bytes.span)
        return try reader.finish()
    }
}

extension SnapshotReader {
    private mutating func keep(_ piece: Span<UInt8>) throws(SnapshotError) {
        guard rest.count + piece.count <= limits.line else { throw .tooLarge("a line") }
        for index in piece.indices { rest.append(piece[index]) }
    }

    private mutating func takeLine(_ end: Span<UInt8>) throws(SnapshotError) {
        guard !rest.isEmpty else { return try take(end) }
        try keep(end)
        let line = rest
        rest.removeAll(keepingCapacity: true)
        try take(line.span)
    }

    private mutating func take(_ line: Span<UInt8>) throws(SnapshotError) {
        lineNumber += 1
        guard line.count <= limits.line else { throw .tooLarge("a line") }
        guard !isEnded else { throw .misplaced(line: lineNumber) }
        if line.count > 1, line[0] == UInt8(ascii: "{"), line[1] == UInt8(ascii: "\"") {
            try takeHeader(line.withUnsafeBytes { Data($0) })
        } else if !isSkipping {
            try takeSeries(line)
        }
    }

    private mutating func takeSeries(_ line: Span<UInt8>) throws(SnapshotError) {
        if counting?.wantsMarks == true { return try takeMark(line) }
        guard missing > 0 else { throw .misplaced(line: lineNumber) }
        do throws(InvalidSeriesLine) { try current?.table.addLine(line) } catch {
            throw .series(line: lineNumber, error)
        }
        missing -= 1
        read += 1
        guard read <= limits.series else { throw .tooLarge("the number of series") }
        if counting == nil { series += 1 }
        if missing == 0, counting != nil { try endFamily() }
    }

    private mutating func takeMark(_ line: Span<UInt8>) throws(SnapshotError) {
        guard counting?.take(mark: line) == true else { throw .mark(line: lineNumber) }
        marks += 1
        guard marks <= limits.marks else { throw .tooLarge("the number of marks") }
        endState()
    }

    private mutating func takeHeader(_ line: Data) throws(SnapshotError) {
        try endFamily()
        isSkipping = false
        let kind = try decode(KindLine.self, line).kind
        guard (kind == "level") == (counting != nil) else { throw .misplaced(line: lineNumber) }
        guard document != nil || kind == "snapshot" else { throw .misplaced(line: lineNumber) }
        switch kind {
        case "snapshot": try begin(decode(SnapshotLine.self, line))
        case "feed":
            if let state = try decode(FeedLine.self, line).state { document?.feeds.append(state) }
        case "family": try begin(decode(FamilyLine.self, line))
        case "state": try begin(decode(StateLine.self, line))
        case "level": try begin(decode(FamilyLine.self, line))
        case "end": try end(decode(EndLine.self, line))
        default: isSkipping = true
        }
    }

    private mutating func begin(_ header: SnapshotLine) throws(SnapshotError) {
        guard document == nil else { throw .misplaced(line: lineNumber) }
        guard header.version == SnapshotLine.currentVersion else { throw .version(header.version) }
        document = SnapshotDocument(
            slice: header.slice, generation: header.generation, collectors: header.collectors?.mapValues { Set($0) })
    }

    private mutating func begin(_ header: FamilyLine) throws(SnapshotError) {
        do {
            current = FamilyState(
                cluster: header.cluster, collector: header.collector, table: try header.table(),
                dropped: header.dropped)
        } catch { throw .header(line: lineNumber, "\(error)") }
        guard header.series >= 0 else { throw .header(line: lineNumber, "a negative number of series") }
        missing = header.series
        if missing == 0 { try endFamily() }
    }

    private mutating func begin(_ header: StateLine) throws(SnapshotError) {
        guard header.levels <= limits.families else { throw .tooLarge("the number of levels") }
        guard let reader = CountingReader(header) else { throw .header(line: lineNumber, "a state that can't be") }
        counting = reader
        endState()
    }

    /// A state is complete with its last level.
    private mutating func endState() {
        guard let state = counting?.state else { return }
        document?.states.append(state)
        counting = nil
    }

    private mutating func endFamily() throws(SnapshotError) {
        guard missing == 0, counting?.wantsMarks != true else { throw .misplaced(line: lineNumber) }
        guard var family = current.take() else { return }
        family.table.settle()
        if counting != nil {
            counting?.take(level: family.table)
            return endState()
        }
        document?.families.append(family)
        guard document?.families.count ?? 0 <= limits.families else { throw .tooLarge("the number of families") }
    }

    private mutating func end(_ header: EndLine) throws(SnapshotError) {
        guard header.families == document?.families.count, header.series == series,
            header.states ?? 0 == document?.states.count
        else { throw .incomplete }
        isEnded = true
    }

    private func decode<Line: Decodable>(_ type: Line.Type, _ line: Data) throws(SnapshotError) -> Line {
        do { return try JSONDecoder().decode(type, from: line) } catch {
            throw .header(line: lineNumber, "\(error)")
        }
    }
}
