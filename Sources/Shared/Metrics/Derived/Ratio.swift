/// A family that is computed from others: the share that one has of another, label set by label set.
///
/// Whoever merges parts computes it again from the merged tables, so it holds for the whole as it did for each part.
public struct Ratio: Hashable, Sendable {
    /// What is added up: all series of a family, or those with certain values of one label.
    public struct Operand: Hashable, Sendable {
        public let name: MetricName
        public let label: LabelName?
        public let values: Set<String>

        public init(_ name: MetricName) {
            self.name = name
            label = nil
            values = []
        }

        public init(_ name: MetricName, where label: LabelName, in values: Set<String>) {
            self.name = name
            self.label = label
            self.values = values
        }
    }

    /// A gauge with rule `derived`; what it is computed from is added up over all labels that it doesn't declare.
    public let family: MetricFamily
    public let part: Operand
    public let whole: Operand

    public init(_ family: MetricFamily, _ part: Operand, of whole: Operand) {
        precondition(family.merge == .derived, "\(family.name) is computed, which its merge rule must say")
        self.family = family
        self.part = part
        self.whole = whole
    }

    /// Of nothing there is no share: without a whole above zero, or where the part isn't known, there is no series.
    public func table(from tables: [SeriesTable]) -> SeriesTable {
        let parts = sums(of: part, in: tables)
        var table = SeriesTable(family)
        for (labelValues, whole) in sums(of: whole, in: tables) where whole > 0 {
            guard let part = parts[labelValues] else { continue }
            let row = table.row(labelValues)
            table.set(part / whole, at: row)
        }
        table.settle()
        return table
    }

    private var labels: [LabelName] {
        guard case .declared(let names) = family.labels else { return [] }
        return names
    }

    /// By the values of this family's labels.
    private func sums(of operand: Operand, in tables: [SeriesTable]) -> [[String]: Double] {
        guard let table = tables.first(where: { $0.family.name == operand.name }) else { return [:] }
        var sums: [[String]: Double] = [:]
        for row in table.rows {
            let values = Dictionary(uniqueKeysWithValues: table.labels(at: row).map { ($0.name, $0.value) })
            let counts = operand.label.map { operand.values.contains(values[$0, default: ""]) } ?? true
            sums[labels.map { values[$0, default: ""] }, default: 0] += counts ? table.value(at: row) : 0
        }
        return sums
    }
}
