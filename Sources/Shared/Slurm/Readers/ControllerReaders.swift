/// Reads `/slurm/…/jobs`.
public struct JobsReader: RecordReader {
    private var reader = AnswerReader<JobFields>()

    public init() {}

    public var symbols: Symbols { reader.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing JobRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        while try reader.next(in: chunk) { body(reader.parser.decoder.fields.record, reader.symbols) }
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurm/…/nodes`.
public struct NodesReader: RecordReader {
    private var reader = AnswerReader<NodeFields>()

    public init() {}

    public var symbols: Symbols { reader.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing NodeRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        while try reader.next(in: chunk) { body(reader.parser.decoder.fields.record, reader.symbols) }
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurm/…/partitions`.
public struct PartitionsReader: RecordReader {
    private var reader = AnswerReader<PartitionFields>()

    public init() {}

    public var symbols: Symbols { reader.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing PartitionRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        while try reader.next(in: chunk) { body(reader.parser.decoder.fields.record, reader.symbols) }
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurm/…/diag`, which has one record.
public struct SchedulerReader: RecordReader {
    private var reader = AnswerReader<SchedulerFields>()

    public init() {}

    public var symbols: Symbols { reader.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing SchedulerRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        while try reader.next(in: chunk) { body(reader.parser.decoder.fields.record, reader.symbols) }
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurm/…/ping`.
public struct ControllersReader: RecordReader {
    private var reader = AnswerReader<ControllerFields>()

    public init() {}

    public var symbols: Symbols { reader.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing ControllerRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        while try reader.next(in: chunk) { body(reader.parser.decoder.fields.record, reader.symbols) }
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurm/…/reservations`.
public struct ReservationsReader: RecordReader {
    private var reader = AnswerReader<ReservationFields>()

    public init() {}

    public var symbols: Symbols { reader.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing ReservationRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        while try reader.next(in: chunk) { body(reader.parser.decoder.fields.record, reader.symbols) }
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurm/…/licenses`.
public struct LicensesReader: RecordReader {
    private var reader = AnswerReader<LicenseFields>()

    public init() {}

    public var symbols: Symbols { reader.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing LicenseRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        while try reader.next(in: chunk) { body(reader.parser.decoder.fields.record, reader.symbols) }
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurm/…/shares`.
public struct SharesReader: RecordReader {
    private var reader = AnswerReader<ShareFields>()

    public init() {}

    public var symbols: Symbols { reader.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing ShareRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        while try reader.next(in: chunk) { body(reader.parser.decoder.fields.record, reader.symbols) }
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}
