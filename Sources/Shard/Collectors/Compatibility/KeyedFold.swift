import Metrics
import Slurm

/// What counts records of one kind.
protocol KeyedSum<Record>: Subtotal {
    associatedtype Record: Sendable

    mutating func add(_ record: borrowing Record)
}

/// Counts records together that share a name, or all of them.
struct KeyedFold<Content: KeyedSum>: Fold {
    typealias Record = Content.Record

    enum Keys: Sendable {
        case whole
        /// Each of them has the record; those without records show 0.
        case partitions(@Sendable (borrowing Record) -> [Symbol])
        case owner(excluded: [String], @Sendable (borrowing Record) -> Symbol)
    }

    private var tables: FigureTables<Content>
    private var sums = Groups<Symbol, Content>()
    private var context = FoldContext(expectedTime: Timestamp(0))
    private let keys: Keys

    init(_ figures: [PeerFigure<Content>], by keys: Keys) {
        tables = FigureTables(figures.map(\.figure))
        self.keys = keys
    }

    var families: [MetricFamily] { tables.families }

    mutating func begin(_ context: FoldContext) {
        self.context = context
        sums.removeAll()
    }

    mutating func add(_ record: borrowing Record, _ symbols: borrowing Symbols) {
        let record = copy record
        switch keys {
        case .whole: sums.update(.empty) { $0.add(record) }
        case .partitions(let names): names(record).forEachDistinct { name in sums.update(name) { $0.add(record) } }
        case .owner(_, let name): sums.update(name(record)) { $0.add(record) }
        }
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        tables.tables(of: rows(symbols), symbols)
    }

    private func rows(_ symbols: borrowing Symbols) -> [(labels: [String], subject: Content)] {
        switch keys {
        case .whole:
            return [([], sums.entries.first { _ in true }?.content ?? Content())]
        case .partitions:
            return sums.byName(known: context.partitions, context.scope, symbols).map { ([$0.name], $0.1) }
        case .owner(let excluded, _):
            return sums.byName(known: [], context.scope, symbols).filter { !excluded.contains($0.name) }
                .map { ([$0.name], $0.1) }
        }
    }
}

extension KeyedFold.Keys where Content.Record == JobRecord {
    static func users(_ settings: CollectionSettings) -> Self {
        .owner(excluded: settings.users.excluded) { $0.user }
    }

    static func accounts(_ settings: CollectionSettings) -> Self {
        .owner(excluded: settings.accounts.excluded) { $0.account }
    }
}
