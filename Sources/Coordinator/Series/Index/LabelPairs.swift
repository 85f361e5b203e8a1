import Metrics

/// The different labels of many series, each once: by number in the order of names, then of values.
///
/// A label is held as it is written, `name="value"`, so that to write a series is to copy; values that need escapes are
/// held plain as well.
struct LabelPairs: Sendable {
    private struct Pair {
        var start: UInt32
        var length: UInt32
        var valueStart: UInt32
        var valueLength: UInt32
    }

    /// All labels of one name.
    struct Column: Sendable {
        let name: [UInt8]
        let pairs: Range<Int>
    }

    private(set) var texts: [UInt8] = []
    private var pairs: [Pair] = []
    private(set) var columns: [Column] = []

    var count: Int { pairs.count }

    /// Where in `texts` the label is, as it is written.
    @inline(__always)
    func written(_ number: Int) -> Range<Int> {
        let pair = pairs[number]
        return Int(pair.start)..<Int(pair.start + pair.length)
    }

    /// Where in `texts` its plain value is.
    func value(_ number: Int) -> Range<Int> {
        let pair = pairs[number]
        return Int(pair.valueStart)..<Int(pair.valueStart + pair.valueLength)
    }

    func column(named name: [UInt8]) -> Column? { columns.first { $0.name == name } }

    /// Appends a label that comes after all others.
    mutating func append(name: Span<UInt8>, value: Span<UInt8>) {
        beginColumn(name)
        let start = texts.count
        texts.append(addingCapacity: name.count + 2 * value.count + 3) { out in
            out.append(copying: name)
            out.append(UInt8(ascii: "="))
            out.append(UInt8(ascii: "\""))
            out.append(escaping: value)
            out.append(UInt8(ascii: "\""))
        }
        let length = texts.count - start
        var valueStart = start + name.count + 2
        if length != name.count + value.count + 3 {
            valueStart = texts.count
            texts.append(addingCapacity: value.count) { $0.append(copying: value) }
        }
        pairs.append(
            Pair(
                start: UInt32(start), length: UInt32(length), valueStart: UInt32(valueStart),
                valueLength: UInt32(value.count)))
    }

    private mutating func beginColumn(_ name: Span<UInt8>) {
        let end = pairs.count + 1
        if let last = columns.last, last.name.span.equals(name) {
            columns[columns.count - 1] = Column(name: last.name, pairs: last.pairs.lowerBound..<end)
        } else {
            columns.append(Column(name: Array(copying: name), pairs: pairs.count..<end))
        }
    }
}

extension LabelPairs {
    /// Of the pairs from `pairs.lowerBound` on, the first whose value does not come before this one.
    func firstPair(in pairs: Range<Int>, notBefore value: Span<UInt8>) -> Int {
        pairs.first(notBefore: { texts.span.extracting(self.value($0)).precedes(value) })
    }

    func pair(in column: Column, value: Span<UInt8>) -> Int? {
        let place = firstPair(in: column.pairs, notBefore: value)
        guard place < column.pairs.upperBound, texts.span.extracting(self.value(place)).equals(value) else {
            return nil
        }
        return place
    }

    /// Pairs whose values begin so.
    func pairs(in column: Column, prefix: [UInt8]) -> Range<Int> {
        let start = firstPair(in: column.pairs, notBefore: prefix.span)
        guard let next = prefix.successor else { return start..<column.pairs.upperBound }
        return start..<firstPair(in: start..<column.pairs.upperBound, notBefore: next.span)
    }
}

extension [UInt8] {
    init(copying span: Span<UInt8>) {
        self = [UInt8](capacity: span.count) { $0.append(copying: span) }
    }

    /// What comes after everything that begins so; nil if nothing does.
    fileprivate var successor: [UInt8]? {
        guard let place = lastIndex(where: { $0 != 0xFF }) else { return nil }
        return self[..<place] + [self[place] + 1]
    }
}
