import Collectors
import Metrics
import Slurm

/// The folds of one kind of record, and whose they are.
final class Foldings<Record: Sendable> {
    private var foldings: [Folding]

    private struct Folding {
        let collector: Collector.Name
        var fold: any Fold<Record>
    }

    init(_ collectors: [Collector], _ folds: (Collector) -> [any Fold<Record>]) {
        foldings = collectors.flatMap { collector in
            folds(collector).map { Folding(collector: collector.name, fold: $0) }
        }
    }

    func take(_ record: borrowing Record, _ symbols: borrowing Symbols) {
        for index in foldings.indices { foldings[index].fold.add(record, symbols) }
    }
}

/// What of foldings doesn't depend on the kind of record.
protocol FoldingsOfAnyRecord: AnyObject {
    func begin(_ context: FoldContext)
    func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [(collector: Collector.Name, tables: [SeriesTable])]
}

extension Foldings: FoldingsOfAnyRecord {
    func begin(_ context: FoldContext) {
        for index in foldings.indices { foldings[index].fold.begin(context) }
    }

    func end(
        _ symbols: borrowing Symbols, at time: Timestamp
    ) -> [(collector: Collector.Name, tables: [SeriesTable])] {
        var ended: [(collector: Collector.Name, tables: [SeriesTable])] = []
        for index in foldings.indices {
            ended.append((foldings[index].collector, foldings[index].fold.end(symbols, at: time)))
        }
        return ended
    }
}
