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
        // Moved, not copied: of a frame that comes in many chunks most is there already.
        var bytes: [UInt8] = []
        swap(&bytes, &pending)
        if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
        let taken = try bytes.withUnsafeBufferPointer { bytes throws(RecordFormatError) in
            try takeFrames(UnsafeRawBufferPointer(bytes), into: sink)
        }
        bytes.removeFirst(taken)
        pending = bytes
    }

    /// - Returns: how many bytes they are.
    private mutating func takeFrames(
        _ bytes: UnsafeRawBufferPointer, into sink: (FeedHeader) -> any RecordSink
    ) throws(RecordFormatError) -> Int {
        var place = 0
        if !isStarted, let start = try Self.start(bytes) {
            place = start
            isStarted = true
        }
        var destination: (any RecordSink)?
        while isStarted, let frame = try Self.frame(UnsafeRawBufferPointer(rebasing: bytes[place...])) {
            guard !isComplete else { throw .malformed("something follows the end") }
            if frame.kind == .record, destination == nil { destination = header.map(sink) }
            try take(frame.kind, frame.payload, into: destination)
            place += frame.count
        }
        return place
    }

    /// - Throws: if the stream has not come to its end.
    public func finish() throws(RecordFormatError) {
        guard isComplete, pending.isEmpty else { throw .truncated }
    }

    /// - Returns: where the frames start; nil for too few bytes to say.
    private static func start(_ bytes: UnsafeRawBufferPointer) throws(RecordFormatError) -> Int? {
        let signature = Frame.signature
        guard zip(bytes, signature).allSatisfy({ $0 == $1 }) else { throw .notRecords }
        guard bytes.count > signature.count else { return nil }
        let version = bytes[signature.count]
        guard version == Frame.version else { throw .version(version) }
        return signature.count + 1
    }

    /// - Returns: the first one; nil where it isn't whole yet.
    private static func frame(
        _ bytes: UnsafeRawBufferPointer
    ) throws(RecordFormatError) -> (kind: Frame, payload: UnsafeRawBufferPointer, count: Int)? {
        guard let first = bytes.first else { return nil }
        guard let kind = Frame(rawValue: first) else { throw .malformed("a frame of an unknown kind") }
        let rest = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
        guard let length = WireNumber.read(rest) else { return nil }
        guard length.number <= Frame.limit else { throw .tooLong }
        guard length.number <= rest.count - length.count else { return nil }
        let end = length.count + Int(length.number)
        return (kind, UnsafeRawBufferPointer(rebasing: rest[length.count..<end]), 1 + end)
    }

    private mutating func take(
        _ kind: Frame, _ payload: UnsafeRawBufferPointer, into destination: (any RecordSink)?
    ) throws(RecordFormatError) {
        switch kind {
        case .header: try takeHeader(payload)
        case .names: try takeNames(payload)
        case .record:
            guard let feed = header?.feed, let destination else { throw .malformed("a record before the header") }
            try takeRecord(payload, of: feed, into: destination)
        case .end: try takeEnd(payload)
        }
    }

    private mutating func takeHeader(_ payload: UnsafeRawBufferPointer) throws(RecordFormatError) {
        guard self.header == nil else { throw .malformed("a second header") }
        var header = FeedHeader(
            feed: .jobs, cluster: "", release: "", generation: 0, answered: Timestamp(0), expected: Timestamp(0))
        var reader = FieldReader(payload)
        try reader.carry(&header)
        try reader.finish()
        let times = [header.ageMilliseconds, header.durationMilliseconds, header.intervalMilliseconds]
        guard times.allSatisfy({ (0...1 << 40).contains($0) }) else { throw .malformed("a time that can't be") }
        self.header = header
    }

    private mutating func takeNames(_ payload: UnsafeRawBufferPointer) throws(RecordFormatError) {
        var reader = FieldReader(payload)
        while !reader.isAtEnd {
            var text = ""
            try reader.carry(&text)
            numbers.append(symbols.intern(text))
        }
    }

    private mutating func takeRecord(
        _ payload: UnsafeRawBufferPointer, of feed: Feed, into destination: any RecordSink
    ) throws(RecordFormatError) {
        try numbers.withUnsafeBufferPointer { numbers throws(RecordFormatError) in
            var reader = FieldReader(payload, symbols: numbers)
            try Self.take(&reader, of: feed, into: destination, symbols)
            try reader.finish()
        }
        records += 1
    }

    private mutating func takeEnd(_ payload: UnsafeRawBufferPointer) throws(RecordFormatError) {
        var reader = FieldReader(payload)
        var count: UInt64 = 0
        try reader.carry(&count)
        try reader.finish()
        guard header != nil, count == UInt64(records) else { throw .malformed("records are missing") }
        isComplete = true
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
