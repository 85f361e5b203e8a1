import Metrics
import Slurm

/// Some of the families that another fold makes.
struct Excerpt<Record: Sendable>: Fold {
    private var fold: any Fold<Record>
    private let names: Set<MetricName>

    init(of fold: any Fold<Record>, families names: Set<MetricName>) {
        self.fold = fold
        self.names = names
    }

    var families: [MetricFamily] { fold.families.filter { names.contains($0.name) } }

    mutating func begin(_ context: FoldContext) {
        fold.begin(context)
    }

    mutating func add(_ record: borrowing Record, _ symbols: borrowing Symbols) {
        fold.add(record, symbols)
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        fold.end(symbols, at: time).filter { names.contains($0.family.name) }
    }
}
