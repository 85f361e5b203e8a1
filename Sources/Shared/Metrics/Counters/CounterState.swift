/// What counters need to be counted on by another process: their levels, and what of the past is in them.
///
/// What numbers and marks mean is known to those who made them, by name.
public struct CounterState: Sendable {
    public var name: String
    public var numbers: [String: Int64]
    /// What was counted, as many numbers for each thing as `markWidth` says.
    public var marks: [UInt32]
    public var markWidth: Int
    public var levels: [SeriesTable]

    public init(name: String, numbers: [String: Int64], marks: [UInt32], markWidth: Int, levels: [SeriesTable]) {
        precondition(markWidth > 0 && marks.count.isMultiple(of: markWidth), "marks of \(markWidth) numbers each")
        self.name = name
        self.numbers = numbers
        self.marks = marks
        self.markWidth = markWidth
        self.levels = levels
    }
}

extension SeriesTable {
    /// The numbers of a family that is declared here, as another process had them.
    ///
    /// - Returns: nil where type, labels or merge rule have changed since, so that the numbers mean something else.
    public func levels(of family: MetricFamily) -> SeriesTable? {
        let old = self.family
        guard old.name == family.name, old.type == family.type, old.labels == family.labels, old.merge == family.merge,
            case .declared(let names) = family.labels
        else { return nil }
        var table = SeriesTable(family)
        for row in rows {
            let values = Dictionary(uniqueKeysWithValues: labels(at: row).map { ($0.name, $0.value) })
            let place = table.row(names.map { values[$0] ?? "" })
            table.setCells(cells(at: row), at: place)
            if let created = creationTime(at: row) { table.setCreated(created, at: place) }
        }
        table.settle()
        return table
    }

    /// The same family as another process had it; empty where it had none, or counted something else.
    public func restored(from levels: [SeriesTable]) -> SeriesTable {
        levels.first { $0.family.name == family.name }?.levels(of: family) ?? SeriesTable(family)
    }

    private func creationTime(at row: SeriesRow) -> Double? {
        guard row.place < created.count, !created[row.place].isNaN else { return nil }
        return created[row.place]
    }
}
