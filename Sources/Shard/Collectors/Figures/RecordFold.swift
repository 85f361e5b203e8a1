import Metrics
import Slurm

/// A fold whose every record is a subject of its own.
struct RecordFold<Record: Sendable>: Fold {
    typealias Labels = @Sendable (borrowing Record, borrowing Symbols) -> [String]?

    private var tables: FigureTables<Record>
    private let labels: Labels

    /// - Parameter labels: of a record's own series; nil for one that has none.
    init(_ figures: [Figure<Record>], labels: @escaping Labels) {
        tables = FigureTables(figures)
        self.labels = labels
    }

    var families: [MetricFamily] { tables.families }

    mutating func begin(_ context: FoldContext) {
        tables.begin()
    }

    mutating func add(_ record: borrowing Record, _ symbols: borrowing Symbols) {
        if let labels = labels(record, symbols) { tables.add(record, labels: labels, symbols) }
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        tables.end()
    }
}
