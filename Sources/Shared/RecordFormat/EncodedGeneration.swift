import Slurm

/// The records of one generation as bytes, of which each slice is sent its part.
public struct EncodedGeneration: Sendable {
    public let header: FeedHeader
    private let bytes: [UInt8]
    private let parts: [Part]
    /// Distinct combinations of partitions that records have.
    private let memberships: [[String]]

    /// Frames in a row that go to the same slices.
    struct Part: Sendable {
        var range: Range<Int>
        var records: Int
        /// Nil for what everybody is sent.
        var membership: Int?
    }

    init(header: FeedHeader, bytes: [UInt8], parts: [Part], memberships: [[String]]) {
        self.header = header
        self.bytes = bytes
        self.parts = parts
        self.memberships = memberships
    }

    public var byteCount: Int { bytes.count }

    /// The stream of what a slice counts, in pieces of about `size` bytes.
    ///
    /// - Parameters:
    ///   - age: since the answer was complete.
    ///   - covers: whether a partition is in the slice; the empty one stands for having none.
    public func stream(age: Duration, size: Int = 128 << 10, covers: (String) -> Bool) -> EncodedStream {
        let verdicts = memberships.map { $0.isEmpty ? covers("") : $0.contains(where: covers) }
        var head = header
        head.ageMilliseconds = Int(max(age, .zero) / .milliseconds(1))
        var ranges: [Range<Int>] = []
        var records = 0
        for part in parts where part.membership.map({ verdicts[$0] }) ?? true {
            records += part.records
            if let last = ranges.last, last.upperBound == part.range.lowerBound, last.count < size {
                ranges[ranges.count - 1] = last.lowerBound..<part.range.upperBound
            } else {
                ranges.append(part.range)
            }
        }
        return EncodedStream(bytes: bytes, ranges: ranges, head: Self.head(head), end: Self.end(records), size: size)
    }

    private static func head(_ header: FeedHeader) -> [UInt8] {
        var writer = FieldWriter()
        var header = header
        // Writing can't fail: it is reading that throws.
        try? writer.carry(&header)
        var bytes = Frame.signature
        bytes.append(Frame.version)
        bytes.append(.header, writer.bytes)
        return bytes
    }

    private static func end(_ records: Int) -> [UInt8] {
        var count = GrowingBytes()
        count.append(UInt64(records))
        var bytes: [UInt8] = []
        bytes.append(.end, count)
        return bytes
    }
}

/// Bytes for one reader, piece by piece.
public struct EncodedStream: Sequence, IteratorProtocol, Sendable {
    let bytes: [UInt8]
    let ranges: [Range<Int>]
    let head: [UInt8]
    let end: [UInt8]
    let size: Int
    private var place = -1

    init(bytes: [UInt8], ranges: [Range<Int>], head: [UInt8], end: [UInt8], size: Int) {
        self.bytes = bytes
        self.ranges = ranges
        self.head = head
        self.end = end
        self.size = size
    }

    public mutating func next() -> [UInt8]? {
        defer { if place <= ranges.count { place += 1 } }
        if place == -1 { return head }
        if place == ranges.count { return end }
        guard place < ranges.count else { return nil }
        var piece = Array(bytes[ranges[place]])
        while piece.count < size, place + 1 < ranges.count {
            place += 1
            piece += bytes[ranges[place]]
        }
        return piece
    }
}
