/// Lines of Prometheus text 0.0.4, taken as Prometheus itself takes them.
struct TextGrammar {
    let dialect: Dialect
    let reading: LabelReading

    func step(_ bytes: Bytes, at start: Int, labels: inout LabelReader) throws(Fault) -> Step {
        switch bytes[start] {
        case .lineFeed: return Step(next: start + 1)
        case .hash: return try comment(bytes, at: start, scratch: &labels.scratch)
        case .space, .tab: return try indented(bytes, at: start, scratch: &labels.scratch)
        default: return try sample(bytes, at: start, labels: &labels)
        }
    }

    /// Prometheus takes blanks before anything but a sample.
    private func indented(_ bytes: Bytes, at start: Int, scratch: inout [UInt8]) throws(Fault) -> Step {
        let index = bytes.skippingBlanks(from: start)
        switch bytes[index] {
        case .lineFeed: return Step(next: index + 1)
        case .hash: return try comment(bytes, at: index, scratch: &scratch)
        default: throw Fault(index == bytes.textEnd ? .truncated : .start, at: index)
        }
    }

    private func comment(_ bytes: Bytes, at start: Int, scratch: inout [UInt8]) throws(Fault) -> Step {
        let lineEnd = bytes.first(.lineFeed, from: start)
        guard lineEnd < bytes.textEnd else { throw Fault(.truncated, at: lineEnd) }
        let word = bytes.skippingBlanks(from: start + 1)
        guard word > start + 1, let keyword = MetadataKeyword(bytes, at: word), keyword != .unit,
            bytes[word + 4].isBlank
        else { return Step(next: lineEnd + 1) }
        let line = try Metadata(bytes, at: bytes.skippingBlanks(from: word + 4), lineEnd: lineEnd, in: dialect)
        return Step(entry: try line.entry(keyword, bytes, scratch: &scratch, in: dialect), next: lineEnd + 1)
    }

    private func sample(_ bytes: Bytes, at start: Int, labels: inout LabelReader) throws(Fault) -> Step {
        let series = try labels.readSeries(bytes, at: start, reading: reading, in: dialect)
        let valueStart = bytes.skippingBlanks(from: series.bytes.upperBound)
        guard let value = Number.read(bytes, at: valueStart), bytes[value.end].isBlankOrLineFeed else {
            throw Fault(.value, at: valueStart)
        }
        var index = bytes.skippingBlanks(from: value.end)
        var timestamp: Int64?
        if bytes[index] != .lineFeed {
            guard let milliseconds = Number.readMilliseconds(bytes, at: index) else {
                throw Fault(.timestamp, at: index)
            }
            timestamp = milliseconds.value
            index = bytes.skippingBlanks(from: milliseconds.end)
        }
        guard bytes[index] == .lineFeed else { throw Fault(.lineEnd, at: index) }
        return Step(
            entry: .sample(series.sample(value: value.value, timestamp: timestamp)), next: index + 1)
    }
}
