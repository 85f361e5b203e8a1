import Metrics
import Slurm

/// slurmdbd's own figures. An answer without them is one that says that slurmdbd doesn't answer.
struct DatabaseState: Fold {
    private var record: DatabaseRecord?
    private var rollups = FigureTables<DatabaseRecord.Rollup>(DatabaseFigures.rollups)

    var families: [MetricFamily] {
        [DatabaseFigures.up, DatabaseFigures.databaseUp, DatabaseFigures.reset] + DatabaseFigures.calls.families
            + DatabaseFigures.userCalls.families + rollups.families + [DatabaseFigures.rollupCount]
    }

    mutating func begin(_ context: FoldContext) {
        record = nil
    }

    mutating func add(_ record: borrowing DatabaseRecord, _ symbols: borrowing Symbols) {
        self.record = copy record
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        let record = record ?? DatabaseRecord()
        let isUp: Double = self.record == nil ? 0 : 1
        return [
            .single(DatabaseFigures.up, isUp), .single(DatabaseFigures.databaseUp, isUp),
            .single(DatabaseFigures.reset, record.since.map { Double($0.seconds) }),
        ] + DatabaseFigures.calls.tables(record.callsByType, since: record.since)
            + DatabaseFigures.userCalls.tables(record.callsByUser, since: record.since)
            + rollupTables(of: record, symbols)
    }

    private mutating func rollupTables(of record: DatabaseRecord, _ symbols: borrowing Symbols) -> [SeriesTable] {
        var counts = SeriesTable(DatabaseFigures.rollupCount)
        for rollup in record.rollups {
            guard let count = rollup.count else { continue }
            let row = counts.row(rollup.period.rawValue)
            counts.set(Double(count), at: row)
            if let since = record.since { counts.setCreated(Double(since.seconds), at: row) }
        }
        counts.settle()
        return rollups.tables(of: record.rollups.map { ([$0.period.rawValue], $0) }, symbols) + [counts]
    }
}

extension SeriesTable {
    /// Of a family without labels; no series where nothing is known.
    static func single(_ family: MetricFamily, _ number: Double?) -> SeriesTable {
        var table = SeriesTable(family)
        if let number {
            let row = table.row()
            table.set(number, at: row)
        }
        table.settle()
        return table
    }
}
