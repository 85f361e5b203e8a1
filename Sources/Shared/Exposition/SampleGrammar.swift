/// What a step of reading came to: an entry, or nothing (a blank line, a comment), and where to go on.
struct Step {
    var entry: ExpositionEntry?
    let next: Int
}

/// A name and the braces behind it.
struct Series {
    let bytes: Range<Int>
    /// Nil if it stands in quotes among the labels.
    let name: Range<Int>?
    /// Behind the opening brace.
    let labels: Int?

    init(_ bytes: Bytes, at start: Int, labels reader: inout LabelReader, reading: LabelReading, in dialect: Dialect)
        throws(Fault)
    {
        let nameEnd = bytes.endOfName(from: start, colons: true)
        let brace = dialect.isLoose ? bytes.skippingBlanks(from: nameEnd) : nameEnd
        name = nameEnd > start ? start..<nameEnd : nil
        guard bytes[brace] == .openBrace, name != nil || dialect.names == .utf8 else {
            guard name != nil else { throw Fault(.start, at: start) }
            (self.bytes, labels) = (start..<nameEnd, nil)
            return
        }
        labels = brace + 1
        if reading == .onDemand, name != nil, let end = bytes.endOfBraces(from: brace + 1) {
            self.bytes = start..<end
        } else {
            self.bytes = start..<(try reader.read(bytes, from: brace + 1, in: dialect))
        }
        guard (name == nil) == (reader.quotedName != nil) else { throw Fault(.metricName, at: start) }
    }
}

extension Series {
    func sample(value: Double, timestamp: Int64?, labels reader: LabelReader) -> Sample {
        Sample(
            series: ByteSlice(bytes), name: name.map { ByteSlice($0) } ?? reader.quotedName ?? ByteSlice(0..<0),
            value: value, timestamp: timestamp, labels: labels)
    }
}

extension Bytes {
    /// Just behind the brace that closes, by quotes and backslashes alone; nil if none does.
    fileprivate func endOfBraces(from start: Int) -> Int? {
        var index = first(.quote, or: .closeBrace, from: start).index
        while self[index] == .quote {
            index = first(.quote, or: .backslash, from: index + 1).index
            while self[index] == .backslash {
                index = first(.quote, or: .backslash, from: Swift.min(index + 2, textEnd)).index
            }
            index = first(.quote, or: .closeBrace, from: Swift.min(index + 1, textEnd)).index
        }
        return index < textEnd ? index + 1 : nil
    }
}
