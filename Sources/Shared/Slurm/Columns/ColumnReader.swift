/// Reads what a command prints, record by record, as `AnswerReader` reads what slurmrestd answers.
struct ColumnReader<Columns: RecordColumns> {
    private(set) var reading = Reading()
    private var text: DelimitedText
    private var columns: Columns
    private var answer = Answer()

    init(_ columns: Columns, endingWith terminator: [UInt8] = [UInt8(ascii: "\n")]) {
        self.columns = columns
        text = DelimitedText(endingWith: terminator)
        answer.recordCount = 0
    }

    mutating func consume(
        _ chunk: borrowing RawSpan, _ body: (borrowing Columns.Record, borrowing Symbols) -> Void
    ) throws(AnswerError) {
        try text.append(chunk)
        let bytes = text.bytes
        while let range = text.next() { read(bytes.span.bytes.extracting(range), body) }
    }

    private mutating func read(_ text: RawSpan, _ body: (borrowing Columns.Record, borrowing Symbols) -> Void) {
        reading.forgetRecord()
        let found = columns.read(text, &reading)
        reading.countRecord { Columns.name(ofField: $0) }
        switch found {
        case .record(let record): deliver(record, body)
        case .nothing: break
        case .malformed: reading.count(wrongType: "record")
        }
    }

    mutating func finish(
        _ body: (borrowing Columns.Record, borrowing Symbols) -> Void = { _, _ in }
    ) throws(AnswerError) -> Answer {
        guard text.isAtEnd else { throw AnswerError(fault: .truncated, offset: text.offset) }
        if let last = columns.finish() { deliver(last, body) }
        answer.oddities = reading.oddities
        return answer
    }

    private mutating func deliver(
        _ record: Columns.Record, _ body: (borrowing Columns.Record, borrowing Symbols) -> Void
    ) {
        answer.recordCount = (answer.recordCount ?? 0) + 1
        body(record, reading.symbols)
    }
}

/// What a command's text says of one record.
protocol RecordColumns {
    associatedtype Record

    /// For the count of values that can't be read.
    static func name(ofField field: Int) -> String

    /// Reads the text of a record, without what ends it.
    mutating func read(_ text: RawSpan, _ reading: inout Reading) -> ReadColumns<Record>

    /// The record that had to wait for the end of the text.
    mutating func finish() -> Record?
}

enum ReadColumns<Record> {
    case record(Record)
    /// A line that isn't about a record.
    case nothing
    /// Too few fields or too many.
    case malformed
}

extension RecordColumns {
    mutating func finish() -> Record? { nil }
}
