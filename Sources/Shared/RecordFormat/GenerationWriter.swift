import Slurm

/// Frames of records, and to which slices they go.
struct GenerationWriter: ~Copyable {
    private var writer = FieldWriter()
    private var bytes: [UInt8] = []
    private var parts: [EncodedGeneration.Part] = []
    private var memberships = Memberships()

    init(expectedBytes: Int) {
        bytes.reserveCapacity(expectedBytes)
    }

    func finish(_ header: FeedHeader) -> EncodedGeneration {
        EncodedGeneration(header: header, bytes: bytes, parts: parts, memberships: memberships.names)
    }

    /// - Parameter partitions: those that the record is in; nil where it is for everybody.
    mutating func add(
        _ partitions: [Symbol]?, _ symbols: borrowing Symbols,
        _ carry: (inout FieldWriter) throws(RecordFormatError) -> Void
    ) {
        writer.clear()
        // Writing can't fail: it is reading that throws.
        do throws(RecordFormatError) { try carry(&writer) } catch { preconditionFailure("\(error)") }
        if !writer.fresh.isEmpty { addNames(symbols) }
        let start = bytes.count
        bytes.append(.record, writer.bytes)
        note(start..<bytes.count, records: 1, partitions.map { memberships.number(of: $0, symbols) })
    }

    private mutating func addNames(_ symbols: borrowing Symbols) {
        var payload = GrowingBytes()
        for symbol in writer.fresh {
            var text = symbols[symbol]
            payload.append(&text)
        }
        let start = bytes.count
        bytes.append(.names, payload)
        note(start..<bytes.count, records: 0, nil)
    }

    private mutating func note(_ range: Range<Int>, records: Int, _ membership: Int?) {
        if let last = parts.last, last.membership == membership {
            parts[parts.count - 1].range = last.range.lowerBound..<range.upperBound
            parts[parts.count - 1].records += records
        } else {
            parts.append(EncodedGeneration.Part(range: range, records: records, membership: membership))
        }
    }
}
