/// The body of an answer, which is written piece by piece and never there as a whole.
///
/// A value: a copy writes the same bytes from where the original stood.
public struct Body: Sendable {
    enum Part: Sendable {
        case literal([UInt8])
        case records(Records)
    }

    private let parts: [Part]
    private let dialect: Dialect
    private var part = 0
    private var position = 0
    private var hasWrittenRecord = false

    init(_ parts: [Part], _ dialect: Dialect) {
        self.parts = parts
        self.dialect = dialect
    }

    /// Appends to a buffer until it holds `size` bytes or the body is complete, and returns whether there is more.
    ///
    /// A record is written whole, so the buffer may end up longer by one record.
    public mutating func write(into buffer: inout [UInt8], upTo size: Int) -> Bool {
        var writer = JSONWriter(dialect)
        swap(&writer.bytes, &buffer)
        defer { swap(&writer.bytes, &buffer) }
        while part < parts.count {
            guard writer.bytes.count < size else { return true }
            writePart(upTo: size, to: &writer)
        }
        return false
    }

    /// How many bytes are still to come: counted by writing them, into a buffer that is thrown away.
    public func measureRest() -> Int {
        var rest = self
        var piece: [UInt8] = []
        var total = 0
        var isOpen = true
        while isOpen {
            piece.removeAll(keepingCapacity: true)
            isOpen = rest.write(into: &piece, upTo: Self.pieceSize)
            total += piece.count
        }
        return total
    }

    private static let pieceSize = 64 * 1024

    private mutating func writePart(upTo size: Int, to writer: inout JSONWriter) {
        switch parts[part] {
        case .literal(let bytes):
            writer.bytes.append(contentsOf: bytes)
            part += 1
        case .records(let records):
            writeRecords(records, upTo: size, to: &writer)
            guard position == records.positions else { return }
            part += 1
            position = 0
            hasWrittenRecord = false
        }
    }

    private mutating func writeRecords(_ records: Records, upTo size: Int, to writer: inout JSONWriter) {
        writer.depth = records.depth
        writer.isFirst = !hasWrittenRecord
        while position < records.positions, writer.bytes.count < size {
            records.write(position, &writer)
            position += 1
        }
        hasWrittenRecord = !writer.isFirst
    }
}

/// The elements of one list in an answer.
struct Records: Sendable {
    /// More than there are elements where some positions have none.
    let positions: Int
    let depth: Int
    /// Writes the element at a position with its separator, or nothing.
    let write: @Sendable (Int, inout JSONWriter) -> Void
}
