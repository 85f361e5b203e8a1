import SimulatedCluster

/// One thing that sshare, sacct and sacctmgr can say of a record.
struct TableField<Record>: Sendable {
    typealias Write = @Sendable (Record, Report, inout [UInt8]) -> Void

    let name: String
    /// Bytes of the padded form; below zero is justified to the left.
    let width: Int
    let releases: ClosedRange<Release>
    /// Whether "+" shows that the padded form is cut. Numbers and times are not cut, and push the line out of shape.
    let isCut: Bool
    let write: Write

    init(
        _ name: String, _ width: Int, since first: Release = .oldest, upTo last: Release = .newest, isCut: Bool = true,
        write: @escaping Write
    ) {
        self.name = name
        self.width = width
        releases = first...last
        self.isCut = isCut
        self.write = write
    }
}

/// How a table is laid out.
struct TableStyle: Sendable {
    enum Ending: Sendable {
        /// In columns, with a ruler below the header.
        case padded
        /// A delimiter after every field.
        case everyField
        /// A delimiter between fields.
        case betweenFields
    }

    var ending = Ending.padded
    var delimiter: [UInt8] = [UInt8(ascii: "|")]
    var hasHeader = true
}

/// Columns of one request: fields, each with the width it was asked for.
struct Table<Record> {
    var fields: [(field: TableField<Record>, width: Int)] = []
    var style: TableStyle

    func append(headerTo stream: inout Stream) {
        guard style.hasHeader else { return }
        appendRow(to: &stream.bytes) { entry, buffer in buffer.append(contentsOf: entry.field.name.utf8) }
        stream.endLine()
        guard style.ending == .padded else { return }
        for entry in fields {
            stream.bytes.append(contentsOf: repeatElement(UInt8(ascii: "-"), count: abs(entry.width)))
            stream.bytes.append(UInt8(ascii: " "))
        }
        stream.endLine()
    }

    func append(_ record: Record, _ report: Report, to stream: inout Stream) {
        appendRow(to: &stream.bytes) { entry, buffer in entry.field.write(record, report, &buffer) }
        stream.endLine()
    }

    @inline(__always)
    private func appendRow(
        to buffer: inout [UInt8], _ write: ((field: TableField<Record>, width: Int), inout [UInt8]) -> Void
    ) {
        for index in fields.indices {
            let start = buffer.count
            write(fields[index], &buffer)
            switch style.ending {
            case .padded:
                fit(fields[index], from: start, &buffer)
                buffer.append(UInt8(ascii: " "))
            case .betweenFields where index == fields.count - 1: break
            case .everyField, .betweenFields: buffer.append(contentsOf: style.delimiter)
            }
        }
    }

    private func fit(_ entry: (field: TableField<Record>, width: Int), from start: Int, _ buffer: inout [UInt8]) {
        let width = abs(entry.width)
        let missing = width - (buffer.count - start)
        if missing < 0 {
            guard entry.field.isCut else { return }
            buffer.removeLast(-missing)
            if width > 0 { buffer[buffer.count - 1] = UInt8(ascii: "+") }
        } else if entry.width > 0 {
            buffer.insert(contentsOf: repeatElement(UInt8(ascii: " "), count: missing), at: start)
        } else {
            buffer.append(contentsOf: repeatElement(UInt8(ascii: " "), count: missing))
        }
    }
}
