/// Lines of OpenMetrics 1.0, as far as Prometheus insists on them: single blanks, no comments, no blank lines.
struct OpenMetricsGrammar {
    let dialect: Dialect
    let reading: LabelReading

    func step(_ bytes: Bytes, at start: Int, labels: inout LabelReader) throws(Fault) -> Step {
        bytes[start] == .hash
            ? try metadata(bytes, at: start, scratch: &labels.scratch) : try sample(bytes, at: start, labels: &labels)
    }

    /// Where the document ends if its last line is here.
    static func endOfEOF(_ bytes: Bytes, at start: Int) -> Int? {
        guard bytes[start] == .hash, bytes.starts(with: "# EOF", at: start) else { return nil }
        return bytes[start + 5] == .lineFeed ? start + 6 : start + 5
    }

    private func metadata(_ bytes: Bytes, at start: Int, scratch: inout [UInt8]) throws(Fault) -> Step {
        let lineEnd = bytes.first(.lineFeed, from: start)
        guard lineEnd < bytes.textEnd else { throw Fault(.truncated, at: lineEnd) }
        guard bytes[start + 1] == .space, let keyword = MetadataKeyword(bytes, at: start + 2),
            bytes[start + 6] == .space
        else { throw Fault(.metadata, at: start) }
        let line = try Metadata(bytes, at: start + 7, lineEnd: lineEnd, in: dialect)
        return Step(entry: try line.entry(keyword, bytes, scratch: &scratch, in: dialect), next: lineEnd + 1)
    }

    private func sample(_ bytes: Bytes, at start: Int, labels: inout LabelReader) throws(Fault) -> Step {
        let series = try labels.readSeries(bytes, at: start, reading: reading, in: dialect)
        let value = try number(bytes, at: series.bytes.upperBound, else: .value)
        var index = value.end
        var timestamp: Int64?
        if bytes[index] == .space, !Self.isExemplar(bytes, at: index) {
            let seconds = try finite(bytes, at: index)
            timestamp = Int64(clampingMilliseconds: seconds.value)
            index = seconds.end
        }
        let sample = series.sample(value: value.value, timestamp: timestamp)
        if bytes[index] == .space {
            guard Self.isExemplar(bytes, at: index) else { throw Fault(.lineEnd, at: index) }
            index = try exemplar(bytes, at: index + 4, of: series)
        }
        guard bytes[index] == .lineFeed else { throw Fault(.lineEnd, at: index) }
        return Step(entry: .sample(sample), next: index + 1)
    }

    private func number(
        _ bytes: Bytes, at start: Int, else reason: ExpositionError.Reason
    ) throws(Fault) -> (value: Double, end: Int) {
        guard bytes[start] == .space else { throw Fault(reason, at: start) }
        guard let number = Number.read(bytes, at: start + 1),
            bytes[number.end] == .space || bytes[number.end] == .lineFeed
        else { throw Fault(reason, at: start + 1) }
        return number
    }

    private func finite(_ bytes: Bytes, at start: Int) throws(Fault) -> (value: Double, end: Int) {
        let number = try number(bytes, at: start, else: .timestamp)
        guard number.value.isFinite else { throw Fault(.timestamp, at: start + 1) }
        return number
    }
}

// Exemplars are checked and passed over: what is federated has no place for them.
extension OpenMetricsGrammar {
    private static func isExemplar(_ bytes: Bytes, at start: Int) -> Bool {
        bytes.starts(with: " # {", at: start)
    }

    /// - Parameter start: behind the opening brace.
    /// - Returns: the end of the line.
    private func exemplar(_ bytes: Bytes, at start: Int, of series: Series) throws(Fault) -> Int {
        guard bytes.ends(series.name, with: "_total") || bytes.ends(series.name, with: "_bucket") else {
            throw Fault(.exemplar, at: start)
        }
        var reader = LabelReader()
        let end = try reader.read(bytes, from: start, in: dialect)
        let value = try number(bytes, at: end, else: .value)
        return bytes[value.end] == .space ? try finite(bytes, at: value.end).end : value.end
    }
}

extension Int64 {
    /// Seconds as milliseconds, cut like Prometheus cuts them; what is out of range stays at its end.
    fileprivate init(clampingMilliseconds seconds: Double) {
        let milliseconds = (seconds * 1000).rounded(.towardZero)
        self = Int64(exactly: milliseconds) ?? (milliseconds < 0 ? .min : .max)
    }
}

extension Bytes {
    fileprivate func ends(_ name: ByteSlice, with suffix: StaticString) -> Bool {
        guard name.place == .window, name.count >= suffix.utf8CodeUnitCount else { return false }
        return starts(with: suffix, at: name.range.upperBound - suffix.utf8CodeUnitCount)
    }
}
