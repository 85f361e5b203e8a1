/// Reads one answer of one kind from chunks of any size.
///
/// Chunks go in with `consume`, records come out of it, each lent for the time of a call; `finish` says what else the
/// answer held. After an error a reader is of no more use.
public protocol RecordReader<Record> {
    associatedtype Record

    init()

    /// The names that the records so far share.
    var symbols: Symbols { get }

    mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing Record, borrowing Symbols) -> Void
    ) throws(AnswerError)

    /// Says that no chunk follows.
    mutating func finish() throws(AnswerError) -> Answer
}

/// Reads `/slurm/…/jobs`.
public struct JobsReader: RecordReader {
    private var reader = AnswerReader<JobFields>()

    public init() {}

    public var symbols: Symbols { reader.decoder.reading.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing JobRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        try reader.consume(chunk, body)
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurm/…/nodes`.
public struct NodesReader: RecordReader {
    private var reader = AnswerReader<NodeFields>()

    public init() {}

    public var symbols: Symbols { reader.decoder.reading.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing NodeRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        try reader.consume(chunk, body)
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurm/…/partitions`.
public struct PartitionsReader: RecordReader {
    private var reader = AnswerReader<PartitionFields>()

    public init() {}

    public var symbols: Symbols { reader.decoder.reading.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing PartitionRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        try reader.consume(chunk, body)
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurm/…/diag`, which has one record.
public struct SchedulerReader: RecordReader {
    private var reader = AnswerReader<SchedulerFields>()

    public init() {}

    public var symbols: Symbols { reader.decoder.reading.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing SchedulerRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        try reader.consume(chunk, body)
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurm/…/ping`.
public struct ControllersReader: RecordReader {
    private var reader = AnswerReader<ControllerFields>()

    public init() {}

    public var symbols: Symbols { reader.decoder.reading.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing ControllerRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        try reader.consume(chunk, body)
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}
