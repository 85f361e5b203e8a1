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
        case .family(let index) where index == document.families.count:
            append(EndLine(families: document.families.count, series: series), &bytes)
            stage = .done
        case .family(let index):
            if lines == nil { lines = begin(document.families[index], &bytes) }
            if lines?.write(to: &bytes, limit: limit) == true { return true }
            lines = nil
            stage = .family(index + 1)
        case .done:
            return false
        }
        return true
    }

    private func appendStart(_ bytes: inout [UInt8]) {
        append(
            SnapshotLine(version: SnapshotLine.currentVersion, slice: document.slice, generation: document.generation),
            &bytes)
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
