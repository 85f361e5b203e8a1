import Metrics
import Slurm

/// Ended jobs as they pass through the controller's job list, for clusters without an accounting database.
///
/// The list has them for MinJobAge after their end: whoever sees it that often sees all of them. It says nothing of what
/// was used, and a job that is queued again loses what its last run was.
struct PassingRuns: LastingFold {
    private let settings: CollectionSettings
    private var counted: EndedJobs
    private var facts = CountingFacts()
    private var draft: EndedJobs
    /// As it was before the last generation, until the next.
    private var before: (counted: EndedJobs, facts: CountingFacts)?
    private var question: RunLedger.Question?
    private var listed: Set<RunKey> = []
    private var factTables = FigureTables(CountingFacts.figures(.jobs))

    init(_ settings: CollectionSettings) {
        self.settings = settings
        counted = EndedJobs(settings)
        draft = counted
    }

    var families: [MetricFamily] { counted.levels.families + factTables.families }

    mutating func begin(_ context: FoldContext) {
        question = counted.ask(at: context.expectedTime)
        draft = counted
        before = nil
        listed.removeAll(keepingCapacity: true)
    }

    mutating func add(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        guard let question, let run = EndedRun(job) else { return }
        listed.insert(run.key)
        draft.count(run, symbols, in: question)
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        guard let question else { return tables(symbols) }
        before = (counted, facts)
        facts.answered = time
        noteGap(until: time)
        draft.settle(RunLedger.Question(from: question.from, to: time, asked: time), listed: listed)
        counted = draft
        return tables(symbols)
    }

    private mutating func noteGap(until time: Timestamp) {
        guard let answered = counted.ledger.answered else { return }
        let gap = Int(time.since(answered)) - settings.accounting.minimumJobAgeSeconds
        guard gap > 0 else { return }
        facts.gaps += 1
        facts.gapSeconds.add(saturating: gap)
    }

    mutating func retract() -> [SeriesTable] {
        if let before { (counted, facts) = before }
        before = nil
        return tables(Symbols())
    }

    mutating func forget() {
        counted = EndedJobs(settings)
        (before, question, facts) = (nil, nil, CountingFacts())
    }

    var state: CounterState? {
        counted.state(["gaps": Int64(facts.gaps), "gap_seconds": Int64(facts.gapSeconds)])
    }

    mutating func restore(_ state: CounterState) -> Bool {
        guard counted.restore(state) else { return false }
        facts.gaps = Int(clamping: state.numbers["gaps"] ?? 0)
        facts.gapSeconds = Int(clamping: state.numbers["gap_seconds"] ?? 0)
        return true
    }

    private mutating func tables(_ symbols: borrowing Symbols) -> [SeriesTable] {
        counted.levels.tables + factTables.tables(of: [([], facts)], symbols)
    }
}
