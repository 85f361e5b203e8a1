import Metrics
import Slurm

/// Ended jobs, each counted once: which they were, and what they come to.
///
/// A generation is counted on a copy, which takes the place of the original when the generation is complete.
struct EndedJobs: Sendable {
    static let name = "ended_jobs"

    private(set) var ledger: RunLedger
    private(set) var levels: EndedLevels

    init(_ settings: CollectionSettings) {
        ledger = RunLedger(RunLedger.Pace(settings.accounting))
        levels = EndedLevels(EndedFigures.all(settings))
    }

    mutating func ask(at now: Timestamp) -> RunLedger.Question { ledger.ask(at: now) }

    mutating func count(_ run: EndedRun, _ symbols: borrowing Symbols, in question: RunLedger.Question) {
        guard ledger.count(run.key, end: run.end, in: question) else { return }
        levels.add(run, symbols, since: ledger.since ?? question.from)
    }

    /// What was asked for is there.
    mutating func settle(_ question: RunLedger.Question) {
        ledger.settle(question)
        levels.settle(since: ledger.since ?? question.from)
    }

    /// The whole list is there, which has every run from its end until it is forgotten.
    mutating func settle(_ question: RunLedger.Question, listed: Set<RunKey>) {
        ledger.settle(question, listed: listed)
        levels.settle(since: ledger.since ?? question.from)
    }

    /// - Parameter gaps: what else of the past is to be known.
    func state(_ more: [String: Int64] = [:]) -> CounterState? {
        guard ledger.since != nil else { return nil }
        let (numbers, marks) = ledger.memory
        return CounterState(
            name: Self.name, numbers: numbers.merging(more) { own, _ in own }, marks: marks,
            markWidth: RunLedger.numbersPerMark, levels: levels.tables)
    }

    mutating func restore(_ state: CounterState) -> Bool {
        guard state.name == Self.name, state.markWidth == RunLedger.numbersPerMark,
            let restored = RunLedger(ledger.pace, numbers: state.numbers, marks: state.marks)
        else { return false }
        ledger = restored
        levels.restore(state.levels)
        return true
    }
}

extension RunLedger.Pace {
    init(_ settings: CollectionSettings.Accounting) {
        self.init(
            overlap: Int64(max(0, settings.overlapSeconds)), piece: Int64(max(1, settings.pieceSeconds)),
            lookback: Int64(max(0, settings.lookbackSeconds)))
    }
}
