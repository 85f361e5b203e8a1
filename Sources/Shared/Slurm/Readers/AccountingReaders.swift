/// Reads `/slurmdb/…/jobs`.
public struct AccountedJobsReader: RecordReader {
    private var reader = AnswerReader<AccountedJobFields>()

    public init() {}

    public var symbols: Symbols { reader.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing AccountedJobRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        while try reader.next(in: chunk) { body(reader.parser.decoder.fields.record, reader.symbols) }
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurmdb/…/associations`.
public struct AssociationsReader: RecordReader {
    private var reader = AnswerReader<AssociationFields>()

    public init() {}

    public var symbols: Symbols { reader.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing AssociationRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        while try reader.next(in: chunk) { body(reader.parser.decoder.fields.record, reader.symbols) }
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurmdb/…/qos`.
public struct QOSReader: RecordReader {
    private var reader = AnswerReader<QOSFields>()

    public init() {}

    public var symbols: Symbols { reader.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing QOSRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        while try reader.next(in: chunk) { body(reader.parser.decoder.fields.record, reader.symbols) }
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurmdb/…/clusters`.
public struct ClustersReader: RecordReader {
    private var reader = AnswerReader<ClusterFields>()

    public init() {}

    public var symbols: Symbols { reader.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing ClusterRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        while try reader.next(in: chunk) { body(reader.parser.decoder.fields.record, reader.symbols) }
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurmdb/…/tres`.
public struct TrackedResourcesReader: RecordReader {
    private var reader = AnswerReader<TrackedResourceFields>()

    public init() {}

    public var symbols: Symbols { reader.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing TrackedResourceRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        while try reader.next(in: chunk) { body(reader.parser.decoder.fields.record, reader.symbols) }
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurmdb/…/wckeys`.
public struct WorkloadKeysReader: RecordReader {
    private var reader = AnswerReader<WorkloadKeyFields>()

    public init() {}

    public var symbols: Symbols { reader.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing WorkloadKeyRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        while try reader.next(in: chunk) { body(reader.parser.decoder.fields.record, reader.symbols) }
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}

/// Reads `/slurmdb/…/diag`, which has one record.
public struct DatabaseReader: RecordReader {
    private var reader = AnswerReader<DatabaseFields>()

    public init() {}

    public var symbols: Symbols { reader.symbols }

    public mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing DatabaseRecord, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        while try reader.next(in: chunk) { body(reader.parser.decoder.fields.record, reader.symbols) }
    }

    public mutating func finish() throws(AnswerError) -> Answer { try reader.finish() }
}
