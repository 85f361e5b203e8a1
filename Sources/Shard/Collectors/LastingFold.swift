public import Metrics
public import Slurm

/// A fold whose counters another process can count on.
///
/// What it shows after `end` may be shown once its state is kept, not before: whoever dies between both would count
/// twice, or not at all.
public protocol LastingFold<Record>: Fold {
    /// As of the last whole generation; nil before the first.
    var state: CounterState? { get }

    /// Goes on where another left off.
    ///
    /// - Returns: false for a state that isn't one of this fold's; it stays as it was then.
    mutating func restore(_ state: CounterState) -> Bool

    /// The last generation doesn't hold, since its state couldn't be kept: its records are counted when they come again.
    ///
    /// - Returns: what is shown in place of what `end` gave.
    mutating func retract() -> [SeriesTable]

    /// Begins anew, as if nothing had been counted.
    mutating func forget()
}

/// A fold that says which ended jobs it wants to see next.
public protocol AskingFold<Record>: Fold where Record == AccountedJobRecord {
    mutating func ask(at now: Timestamp) -> EndedJobsQuestion

    /// Whether the last question didn't reach up to now.
    var isBehind: Bool { get }
}
