import Metrics
import Slurm

/// The tables of figures, filled subject by subject.
///
/// A generation that is begun and not ended leaves no trace in the next.
struct FigureTables<Subject>: Sendable {
    private let figures: [Figure<Subject>]
    private let ratios: [Ratio]
    private var tables: [SeriesTable]

    init(_ figures: [Figure<Subject>], ratios: [Ratio] = []) {
        self.figures = figures
        self.ratios = ratios
        tables = figures.map { SeriesTable($0.family) }
    }

    var families: [MetricFamily] { figures.map(\.family) + ratios.map(\.family) }

    mutating func begin() {
        for place in tables.indices { tables[place].beginGeneration() }
    }

    mutating func add(_ subject: borrowing Subject, labels: [String], _ symbols: borrowing Symbols) {
        for (place, figure) in figures.enumerated() {
            switch figure.statement {
            case .number(let number): tell(number(subject), labels, at: place)
            case .breakdown(let breakdown):
                for share in breakdown(subject, symbols) { tell(share.number, labels + share.labels, at: place) }
            }
        }
    }

    mutating func end() -> [SeriesTable] {
        for place in tables.indices { tables[place].endGeneration() }
        return tables + ratios.map { $0.table(from: tables) }
    }

    /// A whole generation at once.
    mutating func tables(
        of rows: [(labels: [String], subject: Subject)], _ symbols: borrowing Symbols
    ) -> [SeriesTable] {
        begin()
        for row in rows { add(row.subject, labels: row.labels, symbols) }
        return end()
    }

    private mutating func tell(_ number: Double?, _ labels: [String], at place: Int) {
        guard let number else { return }
        let row = tables[place].row(labels)
        tables[place].set(number, at: row)
    }
}
