/// A line of a table of columns with the same bytes between them.
struct TableLine {
    private let delimiter: [UInt8]
    private let count: Int

    init(columns count: Int, delimiter: [UInt8] = [UInt8(ascii: "|")]) {
        self.count = count
        self.delimiter = delimiter
    }

    /// - Returns: whether there were as many columns as there are to be; where not, some may have been handed over.
    func read(_ line: RawSpan, _ body: (_ column: Int, RawSpan) -> Void) -> Bool {
        var start = 0
        for column in 0..<count - 1 {
            guard let end = line.firstRange(of: delimiter, from: start) else { return false }
            body(column, line.extracting(start..<end.lowerBound))
            start = end.upperBound
        }
        guard line.firstRange(of: delimiter, from: start) == nil else { return false }
        body(count - 1, line.extracting(start..<line.byteCount))
        return true
    }
}

/// Reads a table whose columns are the cases of an enumeration, in their order.
protocol TableColumns: RecordColumns {
    associatedtype Column: RawRepresentable<UInt8> & CaseIterable

    init()

    mutating func take(_ column: Column, _ text: RawSpan, _ reading: inout Reading)

    /// - Returns: nil for a line that has nothing to say.
    mutating func complete(_ reading: inout Reading) -> Record?
}

extension TableColumns {
    static func name(ofField field: Int) -> String { Column(rawValue: UInt8(field)).map { "\($0)" } ?? "record" }

    mutating func read(_ text: RawSpan, _ reading: inout Reading) -> ReadColumns<Record> {
        guard text.byteCount > 0 else { return .nothing }
        self = Self()
        let line = TableLine(columns: Column.allCases.count)
        let isWhole = line.read(text) { index, value in
            guard let column = Column(rawValue: UInt8(index)) else { return }
            reading.begin(column.rawValue)
            take(column, value, &reading)
        }
        guard isWhole, let record = complete(&reading) else { return isWhole ? .nothing : .malformed }
        return .record(record)
    }
}
