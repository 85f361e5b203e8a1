import FoundationEssentials
import Metrics

/// Writes a document piece by piece, so that nobody has to hold all of it as text.
public struct SnapshotWriter: Sendable {
    private let document: SnapshotDocument
    private var stage = Stage.start
    private var lines: SeriesLines?
    private var series = 0

    private enum Stage {
        case start
        case family(Int)
        case state(Int)
        case mark(Int, of: Int)
        case level(Int, of: Int)
        case done
    }

    public init(_ document: SnapshotDocument) {
        self.document = document
    }

    /// - Parameter limit: about how many bytes to return at once.
    /// - Returns: nil after the end.
    public mutating func next(limit: Int = 64 << 10) -> [UInt8]? {
        if case .done = stage { return nil }
        var bytes: [UInt8] = []
        while bytes.count < limit, advance(&bytes, limit) {}
        return bytes
    }

    public static func bytes(of document: SnapshotDocument) -> [UInt8] {
        var writer = SnapshotWriter(document)
        return writer.next(limit: .max) ?? []
    }

    private mutating func advance(_ bytes: inout [UInt8], _ limit: Int) -> Bool {
        switch stage {
        case .start:
            appendStart(&bytes)
            stage = .family(0)
        case .family(let index) where index == document.families.count: stage = .state(0)
        case .family(let index):
            if case nil = lines { lines = begin(document.families[index], &bytes) }
            if writesAll(to: &bytes, limit) { stage = .family(index + 1) }
        case .state(let index) where index == document.states.count:
            appendEnd(&bytes)
            stage = .done
        case .state(let index):
            append(StateLine(document.states[index]), &bytes)
            stage = .mark(0, of: index)
        case .mark(let place, let index):
            let end = appendMarks(from: place, of: document.states[index].state, &bytes, limit)
            stage = end < document.states[index].state.marks.count ? .mark(end, of: index) : .level(0, of: index)
        case .level(let place, let index) where place == document.states[index].state.levels.count:
            stage = .state(index + 1)
        case .level(let place, let index):
            if case nil = lines { lines = beginLevel(place, of: document.states[index], &bytes) }
            if writesAll(to: &bytes, limit) { stage = .level(place + 1, of: index) }
        case .done:
            return false
        }
        return true
    }

    /// - Returns: whether the table's lines are all there now.
    private mutating func writesAll(to bytes: inout [UInt8], _ limit: Int) -> Bool {
        if lines?.write(to: &bytes, limit: limit) == true { return false }
        lines = nil
        return true
    }

    /// - Returns: which mark is the next to be written.
    private func appendMarks(from start: Int, of state: CounterState, _ bytes: inout [UInt8], _ limit: Int) -> Int {
        var place = start
        while place < state.marks.count, bytes.count < limit {
            let end = place + state.markWidth
            bytes.append(addingCapacity: state.markWidth * (Number.longest + 1)) { out in
                for number in place..<end {
                    out.append(integer: Int64(state.marks[number]))
                    out.append(UInt8(ascii: number + 1 < end ? " " : "\n"))
                }
            }
            place = end
        }
        return place
    }

    private func beginLevel(_ place: Int, of state: CountingState, _ bytes: inout [UInt8]) -> SeriesLines {
        let table = state.state.levels[place]
        var line = FamilyLine(
            FamilyState(cluster: state.cluster, collector: state.collector, table: table), series: table.count)
        line.kind = "level"
        append(line, &bytes)
        return SeriesLines(table)
    }

    private func appendEnd(_ bytes: inout [UInt8]) {
        let states = document.states.isEmpty ? nil : document.states.count
        append(EndLine(families: document.families.count, series: series, states: states), &bytes)
    }

    private func appendStart(_ bytes: inout [UInt8]) {
        append(
            SnapshotLine(
                version: SnapshotLine.currentVersion, slice: document.slice, generation: document.generation,
                collectors: document.collectors?.mapValues { $0.sorted() }), &bytes)
        for feed in document.feeds { append(FeedLine(feed), &bytes) }
    }

    private mutating func begin(_ family: FamilyState, _ bytes: inout [UInt8]) -> SeriesLines {
        let table = family.dropped == nil ? family.table : SeriesTable(family.table.family)
        append(FamilyLine(family, series: table.count), &bytes)
        series += table.count
        return SeriesLines(table)
    }

    private func append(_ header: some Encodable, _ bytes: inout [UInt8]) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { bytes += try encoder.encode(header) } catch { preconditionFailure("\(error)") }
        bytes.append(UInt8(ascii: "\n"))
    }
}
