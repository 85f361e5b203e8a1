import Metrics
import Slurm

/// Ended jobs as the accounting database has them.
struct AccountedRuns: LastingFold, AskingFold {
    private let settings: CollectionSettings
    private var counted: EndedJobs
    private var draft: EndedJobs
    /// As it was before the last generation, until the next.
    private var before: EndedJobs?
    private var question: RunLedger.Question?
    private var facts = CountingFacts()
    private var factTables = FigureTables(CountingFacts.figures(.accounting))

    init(_ settings: CollectionSettings) {
        self.settings = settings
        counted = EndedJobs(settings)
        draft = counted
    }

    var families: [MetricFamily] { counted.levels.families + factTables.families }

    mutating func ask(at now: Timestamp) -> EndedJobsQuestion {
        let question = counted.ask(at: now)
        self.question = question
        return EndedJobsQuestion(
            from: question.from, to: question.to, includesSteps: settings.accounting.includesSteps)
    }

    var isBehind: Bool { counted.ledger.isBehind }

    mutating func begin(_ context: FoldContext) {
        let wanted = question ?? counted.ask(at: context.expectedTime)
        question = wanted.answered(by: context.endedJobs, at: context.expectedTime)
        draft = counted
        before = nil
    }

    mutating func add(_ job: borrowing AccountedJobRecord, _ symbols: borrowing Symbols) {
        guard let question, let run = EndedRun(job) else { return }
        draft.count(run, symbols, in: question)
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        if let question {
            draft.settle(question)
            facts.answered = time
        }
        question = nil
        before = counted
        counted = draft
        return tables(symbols)
    }

    mutating func retract() -> [SeriesTable] {
        if let before { counted = before }
        before = nil
        return tables(Symbols())
    }

    mutating func forget() {
        counted = EndedJobs(settings)
        (before, question) = (nil, nil)
    }

    var state: CounterState? { counted.state() }

    mutating func restore(_ state: CounterState) -> Bool { counted.restore(state) }

    private mutating func tables(_ symbols: borrowing Symbols) -> [SeriesTable] {
        facts.settled = counted.ledger.settled
        return counted.levels.tables + factTables.tables(of: [([], facts)], symbols)
    }
}
