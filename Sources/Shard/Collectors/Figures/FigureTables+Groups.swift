import Metrics
import Slurm

extension FigureTables where Subject: Subtotal {
    /// A whole generation at once.
    mutating func tables(
        of rows: [(labels: [String], subtotal: Subject)], _ symbols: borrowing Symbols
    ) -> [SeriesTable] {
        begin()
        for row in rows {
            if row.subtotal.isBlank {
                add(blank: row.subtotal, labels: row.labels, symbols)
            } else {
                add(row.subtotal, labels: row.labels, symbols)
            }
        }
        return end()
    }
}
