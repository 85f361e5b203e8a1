import Metrics
public import Slurm

/// Reads a stream of records, however it is cut into chunks.
public struct GenerationDecoder: Sendable {
    /// Nil before it is there.
    public private(set) var header: FeedHeader?
    public private(set) var symbols = Symbols()
    public private(set) var records = 0
    /// Whether the stream has come to its end, with as many records as it says.
    public private(set) var isComplete = false
    /// By number on the wire.
    private var numbers: [Symbol] = [.empty]
    private var pending: [UInt8] = []
    private var isStarted = false

    public init() {}

    /// - Parameter sink: where records go; asked for with each chunk that has some.
    public mutating func take(
        _ chunk: [UInt8], into sink: (FeedHeader) -> any RecordSink
    ) throws(RecordFormatError) {
        if pending.isEmpty { pending = chunk } else { pending += chunk }
        var place = 0
        if !isStarted, let start = try Self.start(pending) {
            place = start
            isStarted = true
        }
        var destination: (any RecordSink)?
        while isStarted, let frame = try Self.frame(pending, at: place) {
            guard !isComplete else { throw .malformed("something follows the end") }
            if frame.kind == .record, destination == nil { destination = header.map(sink) }
            try take(frame.kind, frame.payload, into: destination)
            place = frame.payload.upperBound
        }
        pending.removeFirst(place)
    }

    /// - Throws: if the stream has not come to its end.
    public func finish() throws(RecordFormatError) {
        guard isComplete, pending.isEmpty else { throw .truncated }
    }

    /// - Returns: where the frames start; nil for too few bytes to say.
    private static func start(_ bytes: [UInt8]) throws(RecordFormatError) -> Int? {
        let signature = Frame.signature
        guard zip(bytes, signature).allSatisfy({ $0 == $1 }) else { throw .notRecords }
        guard bytes.count > signature.count else { return nil }
        let version = bytes[signature.count]
        guard version == Frame.version else { throw .version(version) }
        return signature.count + 1
    }

    /// - Returns: nil where it isn't whole yet.
    private static func frame(
        _ bytes: [UInt8], at start: Int
    ) throws(RecordFormatError) -> (kind: Frame, payload: Range<Int>)? {
        guard start < bytes.count else { return nil }
        guard let kind = Frame(rawValue: bytes[start]) else { throw .malformed("a frame of an unknown kind") }
        guard let (length, place) = WireNumber.read(bytes, at: start + 1) else { return nil }
        guard length <= Frame.limit else { throw .tooLong }
        return length <= bytes.count - place ? (kind, place..<place + Int(length)) : nil
    }

    private mutating func take(
        _ kind: Frame, _ payload: Range<Int>, into destination: (any RecordSink)?
    ) throws(RecordFormatError) {
        // Names are read without those before them: who held these would have them copied with each frame.
        var reader = FieldReader(pending, payload, symbols: kind == .names ? [] : numbers)
        switch kind {
        case .header:
            guard header == nil else { throw .malformed("a second header") }
            header = try Self.header(&reader)
        case .names: try takeNames(&reader)
        case .record:
            guard let feed = header?.feed, let destination else { throw .malformed("a record before the header") }
            try Self.take(&reader, of: feed, into: destination, symbols)
            records += 1
        case .end:
            var count: UInt64 = 0
            try reader.carry(&count)
            guard header != nil, count == UInt64(records) else { throw .malformed("records are missing") }
            isComplete = true
        }
        guard reader.isAtEnd else { throw .malformed("a frame is longer than what is in it") }
    }

    private static func header(_ reader: inout FieldReader) throws(RecordFormatError) -> FeedHeader {
        var header = FeedHeader(
            feed: .jobs, cluster: "", release: "", generation: 0, answered: Timestamp(0), expected: Timestamp(0))
        try reader.carry(&header)
        let times = [header.ageMilliseconds, header.durationMilliseconds, header.intervalMilliseconds]
        guard times.allSatisfy({ (0...1 << 40).contains($0) }) else { throw .malformed("a time that can't be") }
        return header
    }

    private mutating func takeNames(_ reader: inout FieldReader) throws(RecordFormatError) {
        while !reader.isAtEnd {
            var text = ""
            try reader.carry(&text)
            numbers.append(symbols.intern(text))
        }
    }

    private static func take(
        _ reader: inout FieldReader, of feed: Feed, into sink: any RecordSink, _ symbols: borrowing Symbols
    ) throws(RecordFormatError) {
        switch feed {
        case .jobs:
            var record = JobRecord()
            try reader.carry(&record)
            sink.take(record, symbols)
        case .nodes:
            var record = NodeRecord()
            try reader.carry(&record)
            sink.take(record, symbols)
        case .partitions:
            var record = PartitionRecord()
            try reader.carry(&record)
            sink.take(record, symbols)
        case .reservations:
            var record = ReservationRecord()
            try reader.carry(&record)
            sink.take(record, symbols)
        case .licenses:
            var record = LicenseRecord()
            try reader.carry(&record)
            sink.take(record, symbols)
        case .diag:
            var record = SchedulerRecord()
            try reader.carry(&record)
            sink.take(record, symbols)
        case .ping:
            var record = ControllerRecord()
            try reader.carry(&record)
            sink.take(record, symbols)
        case .shares:
            var record = ShareRecord()
            try reader.carry(&record)
            sink.take(record, symbols)
        case .accounting:
            var record = AccountedJobRecord()
            try reader.carry(&record)
            sink.take(record, symbols)
        case .associations:
            var record = AssociationRecord()
            try reader.carry(&record)
            sink.take(record, symbols)
        case .qos:
            var record = QOSRecord()
            try reader.carry(&record)
            sink.take(record, symbols)
        case .dbd:
            var record = DatabaseRecord()
            try reader.carry(&record)
            sink.take(record, symbols)
        case .clusters:
            var record = ClusterRecord()
            try reader.carry(&record)
            sink.take(record, symbols)
        case .tres:
            var record = TrackedResourceRecord()
            try reader.carry(&record)
            sink.take(record, symbols)
        case .wckeys:
            var record = WorkloadKeyRecord()
            try reader.carry(&record)
            sink.take(record, symbols)
        }
    }
}
