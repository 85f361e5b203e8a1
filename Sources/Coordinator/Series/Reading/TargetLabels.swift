import Exposition
import Metrics

/// Labels that all series of a source get, and what becomes of those that they have of the same name.
public struct TargetLabels: Hashable, Sendable {
    struct Label: Hashable, Sendable {
        let name: [UInt8]
        let value: [UInt8]
    }

    let labels: [Label]
    /// Whether what the source says counts more; otherwise its labels are renamed, to `exported_…`.
    let honorsLabels: Bool

    public init(_ labels: [String: String] = [:], honorsLabels: Bool = false) {
        self.labels = labels.filter { !$0.value.isEmpty }
            .map { Label(name: Array($0.key.utf8), value: Array($0.value.utf8)) }
            .sorted { $0.name.lexicographicallyPrecedes($1.name) }
        self.honorsLabels = honorsLabels
    }
}

extension IndexBuilder {
    /// Adds a series with the labels that it gets, by Prometheus' rules.
    mutating func add(_ sample: Sample, of parser: ExpositionParser, _ target: TargetLabels) {
        parser.withBytes(of: sample.name) { beginSeries(name: $0) }
        var taken: [[UInt8]] = []
        for label in parser.labels {
            let isTaken = !target.labels.isEmpty && target.labels.contains { parser.has(label.name, $0.name) }
            if isTaken { taken.append(parser.bytes(label.name)) }
            guard target.honorsLabels || !isTaken else { continue }
            parser.withBytes(of: label.name) { name in
                parser.withBytes(of: label.value) { addLabel(name: name, value: $0) }
            }
        }
        if target.honorsLabels {
            // A label without a value says that there is to be none.
            for label in target.labels
            where !taken.contains(label.name) && !parser.emptyLabelNames.contains(where: { parser.has($0, label.name) })
            {
                addLabel(name: label.name.span, value: label.value.span)
            }
        } else {
            for label in target.labels { addLabel(name: label.name.span, value: label.value.span) }
            if !taken.isEmpty { addExported(taken, of: parser, target) }
        }
    }

    private mutating func addExported(_ names: [[UInt8]], of parser: ExpositionParser, _ target: TargetLabels) {
        var used = Set(parser.labels.map { parser.bytes($0.name) } + target.labels.map(\.name))
        for name in names.sorted(by: { $0.count < $1.count }) {
            var exported = name
            repeat { exported = "exported_".utf8 + exported } while !used.insert(exported).inserted
            let label = parser.labels.first { parser.has($0.name, name) }!
            parser.withBytes(of: label.value) { addLabel(name: exported.span, value: $0) }
        }
    }
}

extension ExpositionParser {
    fileprivate func has(_ slice: ByteSlice, _ text: [UInt8]) -> Bool {
        slice.count == text.count && withBytes(of: slice) { $0.equals(text.span) }
    }

    func bytes(_ slice: ByteSlice) -> [UInt8] {
        withBytes(of: slice) { Array(copying: $0) }
    }
}
