/// Reads one answer of one kind from chunks of any size.
///
/// Chunks go in with `consume`, records come out of it, each lent for the time of a call; `finish` says what else the
/// answer held. After an error a reader is of no more use.
///
/// Each kind has a type of its own rather than one generic type over fields that nobody else is to see: so its whole reading
/// is compiled here, for those very fields.
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
