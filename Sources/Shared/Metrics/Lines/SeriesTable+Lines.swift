extension SeriesTable {
    /// Adds the series of one line of ``SeriesLines``, given without its end. After an error the table can only be dropped.
    public mutating func addLine(_ line: Span<UInt8>) throws(InvalidSeriesLine) {
        let end = try checkLabels(of: line)
        let (row, isFresh) = store.row(line.extracting(1..<end).copy)
        guard isFresh else { throw .repeated }
        reset(row)
        var place = end + 1
        for cell in row.place * width..<(row.place + 1) * width {
            guard let number = Number.parse(line.extracting(try Self.word(in: line, from: &place))) else {
                throw .number
            }
            cells[cell] = number
        }
        guard place < line.count else { return }
        try setCreated(at: row, from: line.extracting(try Self.word(in: line, from: &place)))
        guard place == line.count else { throw .number }
    }

    /// Steps over one blank and all up to the next.
    private static func word(in line: Span<UInt8>, from place: inout Int) throws(InvalidSeriesLine) -> Range<Int> {
        guard place < line.count, line[place] == UInt8(ascii: " ") else { throw .number }
        let start = place + 1
        place = start
        while place < line.count, line[place] != UInt8(ascii: " ") { place += 1 }
        return start..<place
    }

    private mutating func setCreated(at row: SeriesRow, from word: Span<UInt8>) throws(InvalidSeriesLine) {
        guard family.type.hasCreationTime, !word.isEmpty, word[0] == UInt8(ascii: "@"),
            let time = Number.parse(word.extracting(droppingFirst: 1)), !time.isNaN
        else { throw .number }
        setCreated(time, at: row)
    }
}

/// A line that is none of this table's series.
public enum InvalidSeriesLine: Error, Hashable, Sendable {
    /// Labels that are not written as they are rendered, or not those of the family in their order.
    case labels
    /// A number is missing, is none, or nobody asked for it.
    case number
    /// The series is there already.
    case repeated
}

extension SeriesTable {
    /// Only text that this process would have made itself may become the text of a series.
    ///
    /// - Returns: where the closing brace is.
    private func checkLabels(of line: Span<UInt8>) throws(InvalidSeriesLine) -> Int {
        guard line.count > 1, line[0] == UInt8(ascii: "{") else { throw .labels }
        var place = 1
        var order = LabelOrder(family)
        while place < line.count, line[place] != UInt8(ascii: "}") {
            if place > 1 {
                guard line[place] == UInt8(ascii: ",") else { throw .labels }
                place += 1
            }
            let name = try Self.name(in: line, from: &place)
            guard order.accepts(line.extracting(name)) else { throw .labels }
            try Self.checkValue(in: line, from: &place)
        }
        guard place < line.count, line.extracting(1..<place).isValidUTF8 else { throw .labels }
        return place
    }

    /// Steps over `name="`.
    private static func name(in line: Span<UInt8>, from place: inout Int) throws(InvalidSeriesLine) -> Range<Int> {
        let start = place
        while place < line.count, NameGrammar.label.accepts(byte: line[place]) { place += 1 }
        let end = place
        guard place + 1 < line.count, line[place] == UInt8(ascii: "="), line[place + 1] == UInt8(ascii: "\"") else {
            throw .labels
        }
        place += 2
        return start..<end
    }

    /// Steps over a value that isn't empty and its closing quote.
    private static func checkValue(in line: Span<UInt8>, from place: inout Int) throws(InvalidSeriesLine) {
        let start = place
        while place < line.count, line[place] != UInt8(ascii: "\"") {
            if line[place] == UInt8(ascii: "\n") { throw .labels }
            if line[place] == UInt8(ascii: "\\") {
                place += 1
                guard place < line.count, #"\"n"#.utf8.contains(line[place]) else { throw .labels }
            }
            place += 1
        }
        guard place < line.count, place > start else { throw .labels }
        place += 1
    }
}

extension Span<UInt8> {
    fileprivate var copy: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            withUnsafeBufferPointer { _ = buffer.initialize(from: $0) }
            initialized = count
        }
    }
}
