import Collectors
import Metrics
import Slurm

/// The folds of one kind of record, and whose they are.
final class Foldings<Record: Sendable> {
    private var foldings: [Folding]

    private struct Folding {
        let collector: Collector.Name
        var fold: any Fold<Record>
        /// What it made of the last whole generation.
        var tables: [SeriesTable] = []
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

extension Foldings<AccountedJobRecord> {
    /// What the one that asks wants to see next.
    func ask(at now: Timestamp) -> EndedJobsQuestion? {
        for index in foldings.indices {
            guard var fold = foldings[index].fold as? any AskingFold<AccountedJobRecord> else { continue }
            defer { foldings[index].fold = fold }
            return fold.ask(at: now)
        }
        return nil
    }

    var isBehind: Bool { foldings.contains { ($0.fold as? any AskingFold<AccountedJobRecord>)?.isBehind ?? false } }
}

/// What of foldings doesn't depend on the kind of record.
protocol FoldingsOfAnyRecord: AnyObject {
    func begin(_ context: FoldContext)
    func end(_ symbols: borrowing Symbols, at time: Timestamp)

    /// What they show, by collector.
    var tables: [(collector: Collector.Name, tables: [SeriesTable])] { get }

    /// What somebody else needs to count on, by collector.
    var states: [Collector.Name: CounterState] { get }

    /// - Returns: whether a fold of the collector goes on from there.
    func restore(_ state: CounterState, of collector: Collector.Name) -> Bool

    /// The counters of the last generation don't hold.
    func retract()

    /// Counters begin anew.
    func forget()
}

extension Foldings: FoldingsOfAnyRecord {
    func begin(_ context: FoldContext) {
        for index in foldings.indices { foldings[index].fold.begin(context) }
    }

    func end(_ symbols: borrowing Symbols, at time: Timestamp) {
        for index in foldings.indices { foldings[index].tables = foldings[index].fold.end(symbols, at: time) }
    }

    var tables: [(collector: Collector.Name, tables: [SeriesTable])] { foldings.map { ($0.collector, $0.tables) } }

    var states: [Collector.Name: CounterState] {
        foldings.reduce(into: [:]) { states, folding in
            if let state = (folding.fold as? any LastingFold)?.state { states[folding.collector] = state }
        }
    }

    func restore(_ state: CounterState, of collector: Collector.Name) -> Bool {
        changeLasting(of: collector) { fold, _ in fold.restore(state) }
    }

    func retract() {
        _ = changeLasting { fold, tables in
            tables = fold.retract()
            return false
        }
    }

    func forget() {
        _ = changeLasting { fold, tables in
            fold.forget()
            tables = []
            return false
        }
    }

    /// - Parameter change: says whether that is all.
    private func changeLasting(
        of collector: Collector.Name? = nil, _ change: (inout any LastingFold<Record>, inout [SeriesTable]) -> Bool
    ) -> Bool {
        for index in foldings.indices where collector == nil || foldings[index].collector == collector {
            guard var fold = foldings[index].fold as? any LastingFold<Record> else { continue }
            let isDone = change(&fold, &foldings[index].tables)
            foldings[index].fold = fold
            if isDone { return true }
        }
        return false
    }
}
