/// A name and the braces behind it, or braces with a name in quotes in them.
struct Series {
    let bytes: Range<Int>
    let name: ByteSlice
    /// Behind the opening brace.
    var labels: Int?

    func sample(value: Double, timestamp: Int64?) -> Sample {
        Sample(series: ByteSlice(bytes), name: name, value: value, timestamp: timestamp, labels: labels)
    }
}

extension LabelReader {
    mutating func readSeries(
        _ bytes: Bytes, at start: Int, reading: LabelReading, in dialect: Dialect
    ) throws(Fault) -> Series {
        let nameEnd = bytes.endOfName(from: start, colons: true)
        guard nameEnd > start else { return try readNameless(bytes, at: start, in: dialect) }
        let name = ByteSlice(start..<nameEnd)
        let brace = dialect.isLoose ? bytes.skippingBlanks(from: nameEnd) : nameEnd
        guard bytes[brace] == .openBrace else { return Series(bytes: start..<nameEnd, name: name) }
        if reading == .onDemand, let end = bytes.endOfBraces(from: brace + 1) {
            return Series(bytes: start..<end, name: name, labels: brace + 1)
        }
        let end = try read(bytes, from: brace + 1, in: dialect)
        try settle(bytes, at: brace + 1)
        return Series(bytes: start..<end, name: name, labels: brace + 1)
    }

    private mutating func readNameless(_ bytes: Bytes, at start: Int, in dialect: Dialect) throws(Fault) -> Series {
        guard bytes[start] == .openBrace, dialect.names == .utf8 else { throw Fault(.start, at: start) }
        let end = try read(bytes, from: start + 1, in: dialect, withName: true)
        try settle(bytes, at: start + 1)
        guard let name = quotedName else { throw Fault(.metricName, at: start) }
        return Series(bytes: start..<end, name: name, labels: start + 1)
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
