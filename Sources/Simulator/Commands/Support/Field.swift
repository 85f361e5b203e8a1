import SimulatedCluster

/// One thing that squeue and sinfo can say of a record.
struct Field<Record: Sendable>: Sendable {
    typealias Write = @Sendable (Record, Report, inout [UInt8]) -> Void

    /// For `--Format`, without regard to case; nothing where it only has a letter.
    let name: String
    /// For `--format`.
    let letter: Character?
    let header: StaticString
    /// The releases that know it.
    let releases: ClosedRange<Release>
    /// Whether it stays whole although it is too long for a column that is justified to the right.
    let overflows: Bool
    let write: Write

    init(
        _ name: String, _ letter: Character? = nil, _ header: StaticString, since first: Release = .oldest,
        upTo last: Release = .newest, overflows: Bool = false, write: @escaping Write
    ) {
        self.name = name
        self.letter = letter
        self.header = header
        releases = first...last
        self.overflows = overflows
        self.write = write
    }
}

/// A field in its place on a line: how wide, and what follows.
///
/// A class, since a line by line walk over values of this size would retain all of their parts each time.
final class Column<Record: Sendable>: Sendable {
    /// Nothing for text that stands for itself.
    let field: Field<Record>?
    /// 0 is as wide as its content.
    let width: Int
    let isRight: Bool
    let suffix: [UInt8]

    private let write: Field<Record>.Write
    private let overflows: Bool

    init(field: Field<Record>?, width: Int, isRight: Bool = false, suffix: [UInt8]) {
        self.field = field
        self.width = width
        self.isRight = isRight
        self.suffix = suffix
        write = field?.write ?? Self.nothing
        overflows = isRight && field?.overflows ?? false
    }

    private static var nothing: Field<Record>.Write { { _, _, _ in } }

    static func text(_ text: [UInt8]) -> Column {
        Column(field: nil, width: 0, suffix: text)
    }

    func widened(to width: Int) -> Column {
        Column(field: field, width: width, isRight: isRight, suffix: suffix)
    }

    @inline(__always)
    fileprivate func append(_ record: Record, _ report: Report, to buffer: inout [UInt8]) {
        let start = buffer.count
        write(record, report, &buffer)
        if width > 0 { fit(from: start, overflows: overflows, &buffer) }
        buffer.append(contentsOf: suffix)
    }

    fileprivate func append(headerTo buffer: inout [UInt8]) {
        if let field {
            let start = buffer.count
            buffer.append(ascii: field.header)
            if width > 0 { fit(from: start, overflows: false, &buffer) }
        }
        buffer.append(contentsOf: suffix)
    }

    /// Cuts or pads what has been written since `start`, byte for byte, as printf does.
    private func fit(from start: Int, overflows: Bool, _ buffer: inout [UInt8]) {
        if !isRight, width < 6, buffer[start...].elementsEqual("(null)".utf8) {
            // glibc writes a null pointer only where there is room for all of "(null)".
            buffer.removeSubrange(start...)
        }
        let missing = width - (buffer.count - start)
        if missing < 0 {
            if !overflows { buffer.removeLast(-missing) }
        } else if isRight {
            buffer.insert(contentsOf: repeatElement(UInt8(ascii: " "), count: missing), at: start)
        } else {
            buffer.append(contentsOf: repeatElement(UInt8(ascii: " "), count: missing))
        }
    }
}

extension [UInt8] {
    @inline(__always)
    mutating func append<Record>(_ record: Record, _ columns: [Column<Record>], _ report: Report) {
        for index in columns.indices { columns[index].append(record, report, to: &self) }
    }

    mutating func append<Record>(headersOf columns: [Column<Record>]) {
        for column in columns { column.append(headerTo: &self) }
    }
}
