/// Labels that are written behind those of a series, unless it has such a label: a server's own ones, and an empty
/// `instance`, which keeps a server that scrapes this from putting its own there.
struct Appendix: Sendable {
    private struct Label: Sendable {
        let text: [UInt8]
        /// Labels of the same name, of which a row may have one; nil where none has.
        let column: Range<Int>?
    }

    private let labels: [Label]
    /// What all rows get, where it is the same for all.
    let common: [UInt8]?
    let longest: Int

    /// - Parameter external: by name.
    init(_ external: [(name: [UInt8], value: [UInt8])], to index: SeriesIndex) {
        labels = external.compactMap { label in
            let column = index.pairs.column(named: label.name)?.pairs
            if let column, column.reduce(0, { $0 + index.count(of: $1) }) == index.count { return nil }
            var written = LabelPairs()
            written.append(name: label.name.span, value: label.value.span)
            return Label(text: Array(written.texts[written.written(0)]), column: column)
        }
        longest = labels.reduce(0) { $0 + $1.text.count + 1 }
        common = labels.allSatisfy { $0.column == nil } ? Array(labels.map(\.text).joined(separator: ",".utf8)) : nil
    }

    func text(for row: Int, in index: SeriesIndex) -> [UInt8] {
        let missing = labels.filter { label in label.column.map { index.pair(of: row, among: $0) == nil } ?? true }
        return Array(missing.map(\.text).joined(separator: ",".utf8))
    }

    static func external(_ labels: [String: String]) -> [(name: [UInt8], value: [UInt8])] {
        labels.merging(["instance": ""]) { own, _ in own }
            .map { (name: Array($0.key.utf8), value: Array($0.value.utf8)) }
            .sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }
}
