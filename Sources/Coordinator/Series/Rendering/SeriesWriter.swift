import Metrics

/// Writes rows of one part, line by line.
struct SeriesWriter {
    let part: SeriesPart
    let appendix: Appendix
    let format: MetricsFormat
    let writesTimestamps: Bool
    /// In milliseconds since 1970.
    let now: Int64

    /// Appends the lines of rows with one name that are to be shown.
    func append(_ rows: some Sequence<Int>, named name: [UInt8], to bytes: inout [UInt8]) {
        let index = part.index
        let pairs = index.pairs
        let texts = pairs.texts.span
        let common = appendix.common
        for row in rows where part.shows(row, at: now) {
            let range = index.pairRange(of: row)
            var room = name.count + appendix.longest + 2 * Number.longest + 8
            for place in range { room += pairs.written(Int(index.rowPairs[place])).count + 1 }
            bytes.append(addingCapacity: room) { out in
                out.append(copying: name.span)
                out.append(UInt8(ascii: "{"))
                for place in range {
                    if place > range.lowerBound { out.append(UInt8(ascii: ",")) }
                    out.append(copying: texts.extracting(pairs.written(Int(index.rowPairs[place]))))
                }
                Self.append(common ?? appendix.text(for: row, in: index), afterLabels: !range.isEmpty, to: &out)
                out.append(UInt8(ascii: "}"))
                appendEnd(row, to: &out)
            }
        }
    }

    /// The same for one row, with the label that its type uses as OpenMetrics writes it: `le="1.0"`.
    func append(_ row: Int, named name: [UInt8], ownLabel: Range<Int>, to bytes: inout [UInt8]) {
        let index = part.index
        var labels: [[UInt8]] = index.pairRange(of: row).map { place in
            let pair = Int(index.rowPairs[place])
            let written = Array(index.pairs.texts[index.pairs.written(pair)])
            guard ownLabel.contains(pair), let number = index.number(of: pair) else { return written }
            return written.prefix { $0 != UInt8(ascii: "=") } + "=\"\(Number.label(number, in: .openMetrics))\"".utf8
        }
        let more = appendix.common ?? appendix.text(for: row, in: index)
        if !more.isEmpty { labels.append(more) }
        bytes += name + "{".utf8 + labels.joined(separator: ",".utf8) + "}".utf8
        bytes.append(addingCapacity: 2 * Number.longest + 8) { appendEnd(row, to: &$0) }
    }

    @inline(__always)
    private static func append(_ labels: [UInt8], afterLabels: Bool, to out: inout OutputSpan<UInt8>) {
        guard !labels.isEmpty else { return }
        if afterLabels { out.append(UInt8(ascii: ",")) }
        out.append(copying: labels.span)
    }

    @inline(__always)
    private func appendEnd(_ row: Int, to out: inout OutputSpan<UInt8>) {
        out.append(UInt8(ascii: " "))
        out.append(number: part.values[row])
        if writesTimestamps {
            out.append(UInt8(ascii: " "))
            out.append(timestamp: part.time(of: row), format)
        }
        out.append(UInt8(ascii: "\n"))
    }
}

extension SeriesIndex {
    /// What a label's value says as a number.
    func number(of pair: Int) -> Double? {
        let text = String(decoding: pairs.texts[pairs.value(pair)], as: UTF8.self)
        return text == "+Inf" ? .infinity : Double(text)
    }
}
