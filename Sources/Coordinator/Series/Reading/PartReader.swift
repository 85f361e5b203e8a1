public import Exposition
public import Metrics

/// Reads what a source exposes, piece by piece, into a part.
///
/// Series that were there the last time cost a hash each; only new ones are taken apart. Of one that comes twice the first
/// counts. An error means that nothing of the document does.
public struct PartReader: Sendable {
    private var parser: ExpositionParser
    private let layout: PartLayout
    private let time: Int64
    private var values: [Double]
    private var timestamps: [Int64]?
    /// Where each series stands in the layout, or as how manieth new one it came.
    private var sequence: [Place] = []
    private var expected = 0
    private var fresh = IndexBuilder()
    private var freshSamples: [FreshSample] = []
    private var metadata: [UInt8] = []
    /// Samples that came, repeated ones too.
    public private(set) var samples = 0

    private enum Place {
        case known(Int)
        case new
    }

    private struct FreshSample {
        let hash: UInt64
        let value: Double
        let timestamp: Int64
    }

    /// - Parameters:
    ///   - previous: what reading the same source gave last.
    ///   - time: of the reading, in milliseconds since 1970.
    public init(
        _ format: ExpositionFormat, labels: TargetLabels, limits: ExpositionLimits = ExpositionLimits(),
        after previous: PartLayout? = nil, time: Int64
    ) {
        parser = ExpositionParser(format: format, labels: .onDemand, limits: limits)
        let isSame = previous.map { $0.format == format && $0.labels == labels } ?? false
        layout = isSame ? previous! : .empty(format, labels)
        values = Array(repeating: SeriesPart.absent, count: layout.index.count)
        self.time = time
    }

    public mutating func read(_ chunk: [UInt8]) throws(ExpositionError) {
        parser.append(chunk)
        try takeEntries()
    }

    public consuming func finish() throws(ExpositionError) -> (part: SeriesPart, layout: PartLayout) {
        parser.finish()
        try takeEntries()
        let shown = values.count { $0.bitPattern != SeriesPart.absent.bitPattern }
        guard freshSamples.isEmpty, metadata == layout.metadata, 2 * shown >= values.count else { return rebuilt() }
        return (SeriesPart(index: layout.index, values: values, timestamps: timestamps, time: time), layout)
    }

    private mutating func takeEntries() throws(ExpositionError) {
        while let entry = try parser.next() {
            switch entry {
            case .sample(let sample): try take(sample)
            case .help(let name, let text): note(.help, name, parser.bytes(text))
            case .type(let name, let type): note(.type, name, Array(type.rawValue.utf8))
            case .unit(let name, let unit): note(.unit, name, parser.bytes(unit))
            }
        }
    }
}

extension PartReader {
    private mutating func take(_ sample: Sample) throws(ExpositionError) {
        samples += 1
        let hash = parser.withBytes(of: sample.series) { $0.seededHash64 }
        guard let place = layout.place(of: hash, expected: expected) else { return try takeNew(sample, hash) }
        expected = place + 1
        sequence.append(.known(place))
        set(sample.value, sample.timestamp, at: layout.row(at: place), in: &values, &timestamps)
    }

    private mutating func takeNew(_ sample: Sample, _ hash: UInt64) throws(ExpositionError) {
        try parser.readLabels(of: sample)
        fresh.add(sample, of: parser, layout.labels)
        freshSamples.append(FreshSample(hash: hash, value: sample.value, timestamp: sample.timestamp ?? .min))
        sequence.append(.new)
    }

    private func set(
        _ value: Double, _ timestamp: Int64?, at row: Int, in values: inout [Double], _ timestamps: inout [Int64]?
    ) {
        guard values[row].bitPattern == SeriesPart.absent.bitPattern else { return }
        values[row] = value
        guard let timestamp, timestamp != .min else { return }
        if timestamps == nil { timestamps = Array(repeating: .min, count: values.count) }
        timestamps?[row] = timestamp
    }

    /// An index of what was there now, and nothing else.
    private consuming func rebuilt() -> (part: SeriesPart, layout: PartLayout) {
        let survivors = values.indices.filter { values[$0].bitPattern != SeriesPart.absent.bitPattern }
        var builder = fresh
        let freshCount = builder.count
        builder.add(survivors, of: layout.index)
        let declarations =
            metadata == layout.metadata
            ? layout.index.families : FamilyDeclarations(Metadata.entries(in: metadata), format: layout.format)
        let (index, newRows) = builder.finish(declarations)
        var rowOfOld = [UInt32](repeating: 0, count: values.count)
        for (number, old) in survivors.enumerated() { rowOfOld[old] = newRows[freshCount + number] }

        var (numbers, times) = ([Double](repeating: SeriesPart.absent, count: index.count), nil as [Int64]?)
        var hashes: [UInt64] = []
        var rows: [UInt32] = []
        hashes.reserveCapacity(sequence.count)
        rows.reserveCapacity(sequence.count)
        var new = 0
        for place in sequence {
            switch place {
            case .known(let place):
                let old = layout.row(at: place)
                set(values[old], timestamps?[old], at: Int(rowOfOld[old]), in: &numbers, &times)
                hashes.append(layout.hash(at: place))
                rows.append(rowOfOld[old])
            case .new:
                let sample = freshSamples[new]
                set(sample.value, sample.timestamp, at: Int(newRows[new]), in: &numbers, &times)
                hashes.append(sample.hash)
                rows.append(newRows[new])
                new += 1
            }
        }
        let layout = PartLayout(
            index: index, format: layout.format, labels: layout.labels, metadata: metadata, hashes: hashes, rows: rows)
        return (SeriesPart(index: index, values: numbers, timestamps: times, time: time), layout)
    }
}

extension PartReader {
    /// Says of a family what text 0.0.4 has no words for: this counts, and not what was read before it.
    public mutating func declare(_ family: MetricFamily) {
        let name = Array(family.name.text.utf8)
        switch family.type {
        case .info: Metadata.append(.type, name, Array(MetricType.info.rawValue.utf8), to: &metadata)
        case .stateset: Metadata.append(.type, name, Array(MetricType.stateSet.rawValue.utf8), to: &metadata)
        default: break
        }
        if let unit = family.unit { Metadata.append(.unit, name, Array(unit.utf8), to: &metadata) }
    }

    private mutating func note(_ kind: Metadata.Kind, _ name: ByteSlice, _ text: [UInt8]) {
        Metadata.append(kind, parser.bytes(name), text, to: &metadata)
    }
}

/// Declarations as they came, one after the other; UTF-8 holds neither of the bytes between them.
private enum Metadata {
    enum Kind: UInt8 {
        case help, type, unit
    }

    private static let separator: UInt8 = 0xFF
    private static let end: UInt8 = 0xFE

    static func append(_ kind: Kind, _ name: [UInt8], _ text: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(kind.rawValue)
        bytes += name
        bytes.append(separator)
        bytes += text
        bytes.append(end)
    }

    /// Of what is declared twice the last holds.
    static func entries(in bytes: [UInt8]) -> [[UInt8]: FamilyDeclarations.Declaration] {
        var entries: [[UInt8]: FamilyDeclarations.Declaration] = [:]
        for entry in bytes.split(separator: end) {
            guard let kind = entry.first.flatMap(Kind.init), let cut = entry.firstIndex(of: separator) else { continue }
            let (name, text) = (Array(entry[(entry.startIndex + 1)..<cut]), Array(entry[(cut + 1)...]))
            switch kind {
            case .help: entries[name, default: .init()].help = text
            case .unit: entries[name, default: .init()].unit = text
            case .type:
                entries[name, default: .init()].type = MetricType(rawValue: String(decoding: text, as: UTF8.self))!
            }
        }
        return entries
    }
}
