public import Metrics
public import Slurm

/// What a collector makes of one feed: records go in one at a time, tables come out at the end of a generation.
///
/// Memory grows with the series, not with the records. A generation that turns out to be broken is abandoned without a
/// word, so nothing that outlives a generation may change before `end`.
public protocol Fold<Record>: Sendable {
    associatedtype Record: Sendable

    var families: [MetricFamily] { get }

    /// Forgets what an abandoned generation left.
    mutating func begin(_ context: FoldContext)

    mutating func add(_ record: borrowing Record, _ symbols: borrowing Symbols)

    /// - Returns: a table for each family, in the order of `families`.
    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable]
}
