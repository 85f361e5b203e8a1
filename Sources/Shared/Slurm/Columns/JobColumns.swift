/// Reads jobs from `squeue --all --array --states=all --Format=…`.
///
/// With `--array` each unstarted task of an array has a line of its own. Lines of one record follow one another, and are
/// put together again, so that records are the same as slurmrestd's.
struct JobColumns: RecordColumns {
    private let columns: [JobColumn]
    private let mark: ColumnMark
    private var last: JobRecord?
    private var clock = CommandClock()

    init(_ columns: [JobColumn], _ mark: ColumnMark) {
        self.columns = columns
        self.mark = mark
    }

    static func name(ofField field: Int) -> String { JobColumn(rawValue: UInt8(field))?.name ?? "record" }

    mutating func read(_ text: RawSpan, _ reading: inout Reading) -> ReadColumns<JobRecord> {
        var line = JobLine()
        guard split(text, { line.take($0, $1, &reading) }), line.id != nil else { return .malformed }
        let record = line.record(&clock, &reading)
        if let last, last.isUnstarted, record.isUnstarted, last.id == record.id {
            self.last?.tasks.known += 1
            return .nothing
        }
        defer { last = record }
        return last.map { .record($0) } ?? .nothing
    }

    mutating func finish() -> JobRecord? {
        defer { last = nil }
        return last
    }

    /// - Returns: whether there were as many fields as columns.
    private func split(_ text: RawSpan, _ body: (JobColumn, RawSpan) -> Void) -> Bool {
        var start = 0
        for column in columns {
            guard let end = end(of: column, in: text, from: start) else { return false }
            body(column, text.extracting(start..<end.lowerBound))
            start = end.upperBound
        }
        return start == text.byteCount
    }

    private func end(of column: JobColumn, in text: RawSpan, from start: Int) -> Range<Int>? {
        guard column.isFreeText else {
            let end = (start..<text.byteCount).first { text[$0] == ColumnMark.separator }
            return end.map { $0..<$0 + 1 }
        }
        // The last one ends with the record.
        if column == columns.last { return text.byteCount..<text.byteCount }
        return text.firstRange(of: mark.bytes, from: start)
    }
}

extension JobRecord {
    /// Whether it is an array's record of tasks that have not been started.
    fileprivate var isUnstarted: Bool { arrayID == id && arrayTaskID == nil && state.isWaiting }
}
