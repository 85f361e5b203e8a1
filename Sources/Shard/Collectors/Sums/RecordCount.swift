import Metrics
import Slurm

/// How many records there are.
struct RecordCount<Record: Sendable>: Fold {
    private let family: MetricFamily
    private var count = 0

    init(_ family: MetricFamily) {
        self.family = family
    }

    var families: [MetricFamily] { [family] }

    mutating func begin(_ context: FoldContext) {
        count = 0
    }

    mutating func add(_ record: borrowing Record, _ symbols: borrowing Symbols) {
        count += 1
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        var table = SeriesTable(family)
        let row = table.row()
        table.set(Double(count), at: row)
        return [table]
    }
}
