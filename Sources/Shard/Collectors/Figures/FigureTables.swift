import Metrics
import Slurm

/// The tables of figures, filled subject by subject.
///
/// A generation that is begun and not ended leaves no trace in the next.
struct FigureTables<Subject>: Sendable {
    private let figures: [Figure<Subject>]
    private let ratios: [Ratio]
    private var tables: [SeriesTable]
    /// How many subjects each family has said something of.
    private var told: [Int]
    private var subjects = 0
    /// Labels of those of which nothing was recorded.
    private var blanks: [[String]] = []

    init(_ figures: [Figure<Subject>], ratios: [Ratio] = []) {
        self.figures = figures
        self.ratios = ratios
        tables = figures.map { SeriesTable($0.family) }
        told = figures.map { _ in 0 }
    }

    var families: [MetricFamily] { figures.map(\.family) + ratios.map(\.family) }

    mutating func begin() {
        for place in tables.indices {
            tables[place].beginGeneration()
            told[place] = 0
        }
        subjects = 0
        blanks.removeAll()
    }

    mutating func add(_ subject: borrowing Subject, labels: [String], _ symbols: borrowing Symbols) {
        subjects += 1
        for (place, figure) in figures.enumerated() {
            switch figure.statement {
            case .number(let number): tell(number(subject), labels, at: place)
            case .breakdown(let breakdown):
                for share in breakdown(subject, symbols) { tell(share.number, labels + share.labels, at: place) }
            }
        }
    }

    /// What holds no records is 0, of everything that is known of others.
    mutating func add(blank subject: borrowing Subject, labels: [String], _ symbols: borrowing Symbols) {
        blanks.append(labels)
        for (place, figure) in figures.enumerated() {
            guard case .breakdown(let breakdown) = figure.statement else { continue }
            for share in breakdown(subject, symbols) { tell(share.number, labels + share.labels, at: place) }
        }
    }

    mutating func end() -> [SeriesTable] {
        for (place, figure) in figures.enumerated() {
            if case .number = figure.statement, told[place] > 0 || subjects == 0 {
                for labels in blanks { tell(0, labels, at: place) }
            }
            tables[place].endGeneration()
        }
        return tables + ratios.map { $0.table(from: tables) }
    }

    private mutating func tell(_ number: Double?, _ labels: [String], at place: Int) {
        guard let number else { return }
        let row = tables[place].row(labels)
        tables[place].set(number, at: row)
        told[place] += 1
    }
}
