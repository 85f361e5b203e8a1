/// Writes families in one format, under their own names or a slice's prefix.
///
/// Families come out in the order in which they are given, their series in the order of their labels; a family without
/// series is left out. Counters that are negative or no number are left out too: they are none, and would cost an
/// OpenMetrics reader the whole scrape.
public struct MetricsRenderer: Sendable {
    public let format: MetricsFormat
    private let prefix: MetricPrefix?
    private let constantLabels: [SeriesLabel]
    private let writesTimestamps: Bool

    /// - Parameter constantLabels: put on every series that has no such label itself.
    public init(
        _ format: MetricsFormat, prefix: MetricPrefix? = nil, constantLabels: [SeriesLabel] = [],
        writesTimestamps: Bool = false
    ) {
        self.format = format
        self.prefix = prefix
        self.constantLabels = constantLabels.filter { !$0.value.isEmpty }
        self.writesTimestamps = writesTimestamps
    }

    public func render(_ tables: [SeriesTable]) -> [UInt8] {
        var bytes: [UInt8] = []
        render(tables, into: &bytes)
        return bytes
    }

    /// Appends a whole exposition; a buffer emptied with its capacity kept grows only once.
    public func render(_ tables: [SeriesTable], into bytes: inout [UInt8]) {
        bytes.reserveCapacity(bytes.count + tables.reduce(0) { $0 + expectedBytes(of: FamilyPart($1)) })
        for table in tables { append(table, to: &bytes) }
        finish(&bytes)
    }

    /// About how many bytes a family takes, rather more than fewer: room that stays empty costs nothing, growing does.
    public func expectedBytes(of part: FamilyPart) -> Int {
        let constants = (constantLabels + part.constantLabels).reduce(0) {
            $0 + $1.name.text.utf8.count + $1.value.utf8.count + ",=\"\"".utf8.count
        }
        let line =
            part.table.family.name.text.utf8.count + constants + "_bucket{,le=\"1e+06\"} 123456789.123456\n".utf8.count
        return part.table.store.liveBytes * part.table.family.type.samples + part.table.sampleCount * line
    }

    /// Appends one family.
    public func append(_ table: SeriesTable, to bytes: inout [UInt8]) {
        append([FamilyPart(table)], to: &bytes)
    }

    /// Appends one family whose series come from several places, under one header, in the parts' order.
    ///
    /// The parts have the same name and type; the header is that of the first that has series.
    public func append(_ parts: [FamilyPart], to bytes: inout [UInt8]) {
        let parts = parts.filter { !$0.table.isEmpty }
        let entries = parts.map { $0.table.store.ordered() }
        var layouts = parts.map { part in
            let name = prefix.map(part.table.family.name.prefixed) ?? part.table.family.name
            return Layouts(
                part.table.family, name: name, format: format, constants: constantLabels + part.constantLabels)
        }
        for number in (layouts.first?.common.blocks ?? []).indices {
            bytes.append(contentsOf: layouts[0].common.blocks[number].header)
            for index in parts.indices {
                append(parts[index].table, entries[index], block: number, &layouts[index], to: &bytes)
            }
        }
    }

    private func append(
        _ table: SeriesTable, _ entries: [SeriesStore.Entry], block: Int, _ layouts: inout Layouts,
        to bytes: inout [UInt8]
    ) {
        let common = layouts.common.blocks[block].samples
        let texts = table.store.texts.span
        for entry in entries {
            let labels = texts.extracting(entry.range)
            let samples = layouts.areAlike ? common : layouts.layout(for: labels).blocks[block].samples
            for sample in samples { append(sample, labels, table, entry.place, to: &bytes) }
        }
    }

    /// Appends the end, where the format has one.
    public func finish(_ bytes: inout [UInt8]) {
        if format == .openMetrics { bytes.append(contentsOf: "# EOF\n".utf8) }
    }

    @inline(__always)
    private func append(
        _ sample: SampleLayout, _ labels: Span<UInt8>, _ table: SeriesTable, _ place: Int, to bytes: inout [UInt8]
    ) {
        guard let number = table.number(sample.source, at: place) else { return }
        bytes.append(addingCapacity: sample.room + labels.count) { out in
            if labels.isEmpty {
                out.append(copying: sample.bare.span)
            } else {
                out.append(copying: sample.head.span)
                out.append(copying: labels)
                out.append(copying: sample.tail.span)
            }
            out.append(number: number)
            if writesTimestamps, let time = table.timestamp(at: place) {
                out.append(UInt8(ascii: " "))
                out.append(timestamp: time, format)
            }
            out.append(UInt8(ascii: "\n"))
        }
    }
}

extension SeriesTable {
    /// The number of a line, or nil where there must be none.
    @inline(__always)
    fileprivate func number(_ source: SampleLayout.Source, at place: Int) -> Double? {
        switch source {
        case .cell(let cell):
            let number = cells[place * width + cell] / scale
            return family.type == .counter && !(number >= 0) ? nil : number
        case .total(let last):
            let start = place * width
            return cells[start...start + last].reduce(0, +) / scale
        case .created:
            guard place < created.count, !created[place].isNaN else { return nil }
            return created[place]
        }
    }

    @inline(__always)
    fileprivate func timestamp(at place: Int) -> Int64? {
        place < timestamps.count && timestamps[place] != .min ? timestamps[place] : nil
    }
}

extension OutputSpan<UInt8> {
    /// Milliseconds in text 0.0.4, seconds in OpenMetrics.
    package mutating func append(timestamp milliseconds: Int64, _ format: MetricsFormat) {
        guard format == .openMetrics else { return append(integer: milliseconds) }
        let (seconds, rest) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
        if milliseconds < 0 { append(UInt8(ascii: "-")) }
        append(integer: Int64(seconds))
        guard rest > 0 else { return }
        append(UInt8(ascii: "."))
        for divisor: UInt64 in [100, 10, 1] { append(UInt8(ascii: "0") + UInt8(rest / divisor % 10)) }
    }
}
