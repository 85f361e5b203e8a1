import Metrics
import Slurm

/// Starts and ends of jobs, each counted once, found by what changed from one generation to the next.
///
/// Counting begins with the first generation: what happened before doesn't count, ends of jobs that ran by then do. Not
/// seen, so not counted, are runs that ended by a requeue between two generations, and runs that were over and gone
/// from Slurm's list (after MinJobAge) before the next generation.
struct JobEvents: LastingFold {
    private struct Durations: Subtotal {
        var waits: [Int] = []
        var runs: [Int] = []
    }

    private struct Changes: Subtotal {
        var started = 0
        var ended: [JobState.Base: Int] = [:]
    }

    private struct Endings: Subtotal {
        var completed = 0
        var failed = 0
    }

    private struct Owner: Hashable, Sendable {
        let partition: Symbol
        let user: Symbol
        let account: Symbol
    }

    private static let endings: [JobState.Base] = JobState.Base.allCases.filter { JobState($0).hasEnded }
    private static let failures: Set<JobState.Base> = [
        .failed, .timeout, .deadline, .nodeFail, .bootFail, .outOfMemory,
    ]

    private var counted: JobLevels
    /// As it was before the last generation, until the next.
    private var before: (counted: JobLevels, history: JobHistory)?
    private var startRate: SeriesTable
    private var endRate: SeriesTable

    private var history = JobHistory()
    private var marks: [JobMark] = []
    private var place = 0
    private var durations = Groups<Pair, Durations>()
    private var changes = Groups<Symbol, Changes>()
    private var owners = Groups<Owner, Endings>()
    private var scope = ScopeFilter()
    private var context = FoldContext(expectedTime: Timestamp(0))
    private let selection: JobSelection
    private let histograms: CollectionSettings.Histograms

    init(_ settings: CollectionSettings.Jobs, _ histograms: CollectionSettings.Histograms) {
        selection = JobSelection(settings)
        self.histograms = histograms
        counted = JobLevels(histograms)
        let rates = FamilyGroup(labels: ["partition"], merge: .union, feed: .jobs)
        startRate = SeriesTable(
            rates.gauge(
                "slurm_job_start_rate_per_minute",
                "Jobs that started a minute between Slurm's last two answers; rate() of slurm_jobs_started_total looks"
                    + " further back."))
        endRate = SeriesTable(
            rates.gauge(
                "slurm_job_throughput_per_minute",
                "Jobs that ended for good a minute, however they did, between Slurm's last two answers; rate() of"
                    + " slurm_jobs_ended_total looks further back."))
    }

    private var tables: [SeriesTable] { counted.tables + [startRate, endRate] }

    var families: [MetricFamily] { tables.map(\.family) }

    mutating func begin(_ context: FoldContext) {
        self.context = context
        before = nil
        scope.begin(context)
        marks.removeAll(keepingCapacity: true)
        durations.removeAll()
        changes.removeAll()
        owners.removeAll()
        place = 0
    }

    mutating func add(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        let before = history.mark(of: job.id, near: &place)
        var mark = JobMark(job)
        mark.predatesCounting = predates(job, mark, before)
        marks.append(mark)
        let home = job.home
        guard scope.covers(home, symbols), selection.isMember(job, symbols) else { return }
        // Each series begins at 0, before there is anything to count.
        durations.update(Pair(first: home, second: job.qos)) { _ in }
        changes.update(home) { _ in }
        if mark.hasStarted { owners.update(Owner(partition: home, user: job.user, account: job.account)) { _ in } }
        if before != mark, history.horizon != nil { count(job, mark, before) }
    }

    private func predates(_ job: borrowing JobRecord, _ mark: JobMark, _ before: JobMark?) -> Bool {
        guard mark.isOver else { return false }
        guard let before else { return !isRecent(job.end) }
        return before.predatesCounting && mark.isSameRun(as: before)
    }

    private mutating func count(_ job: borrowing JobRecord, _ mark: JobMark, _ before: JobMark?) {
        let isSameRun = before.map(mark.isSameRun) ?? false
        if mark.hasStarted, !isSameRun, before != nil || isRecent(job.start) { countStart(job) }
        guard mark.isOver, !mark.predatesCounting else { return }
        if mark.hasStarted, !isSameRun || before?.isOver != true { countRun(job) }
        if mark.hasEnded, !isSameRun && mark.hasStarted || before?.hasEnded != true { countEnd(job) }
    }

    /// Whether something happened since the last generations, and since counting began.
    private func isRecent(_ time: Timestamp?) -> Bool {
        guard let time, let horizon = history.horizon else { return false }
        return time >= horizon
    }

    private mutating func countStart(_ job: borrowing JobRecord) {
        changes.update(job.home) { $0.started += 1 }
        guard let seconds = job.waitSeconds else { return }
        durations.update(Pair(first: job.home, second: job.qos)) { $0.waits.append(seconds) }
    }

    private mutating func countRun(_ job: borrowing JobRecord) {
        guard let end = job.end, let seconds = job.runSeconds(at: end) else { return }
        durations.update(Pair(first: job.home, second: job.qos)) { $0.runs.append(seconds) }
    }

    private mutating func countEnd(_ job: borrowing JobRecord) {
        let state = job.state.base
        changes.update(job.home) { $0.ended[state, default: 0] += 1 }
        owners.update(Owner(partition: job.home, user: job.user, account: job.account)) { endings in
            if state == .completed { endings.completed += 1 }
            if Self.failures.contains(state) { endings.failed += 1 }
        }
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        before = (counted, history)
        recordRates(at: time, symbols)
        history.replace(with: marks, at: time)
        let created = Double((history.began ?? time).seconds)
        for entry in durations.entries { record(entry.content, of: entry.key, created, symbols) }
        for entry in changes.entries { record(entry.content, of: symbols[entry.key], created) }
        for entry in owners.entries { record(entry.content, of: entry.key, created, symbols) }
        counted.settle()
        return tables
    }

    private mutating func record(
        _ durations: Durations, of pair: Pair, _ created: Double, _ symbols: borrowing Symbols
    ) {
        let labels = [symbols[pair.first], symbols[pair.second]]
        counted.waits.observe(durations.waits, labels, created)
        counted.runs.observe(durations.runs, labels, created)
    }

    private mutating func recordRates(at time: Timestamp, _ symbols: borrowing Symbols) {
        guard let last = history.lastAnswer else { return }
        let minutes = Double(time.since(last)) / 60
        // Slurm may give the same list twice: the rates of then still hold, though partitions may have come and gone.
        let held = minutes > 0 ? nil : (starts: startRate.valuesByPartition, ends: endRate.valuesByPartition)
        if let held, held.starts.isEmpty { return }
        startRate.beginGeneration()
        endRate.beginGeneration()
        defer {
            startRate.endGeneration()
            endRate.endGeneration()
        }
        for (partition, changes) in changes.byName(known: context.partitions, context.scope, symbols) {
            let ended = changes.ended.values.reduce(0, +)
            let start = held.map { $0.starts[partition] ?? 0 } ?? Double(changes.started) / minutes
            let end = held.map { $0.ends[partition] ?? 0 } ?? Double(ended) / minutes
            startRate.set(start, at: startRate.row(partition))
            endRate.set(end, at: endRate.row(partition))
        }
    }

    private mutating func record(_ changes: Changes, of partition: String, _ created: Double) {
        counted.started.count(changes.started, [partition], created)
        for state in Self.endings {
            counted.ended.count(changes.ended[state] ?? 0, [partition, state.rawValue], created)
        }
    }

    private mutating func record(
        _ endings: Endings, of owner: Owner, _ created: Double, _ symbols: borrowing Symbols
    ) {
        let labels = [symbols[owner.partition], symbols[owner.user], symbols[owner.account]]
        counted.completed.count(endings.completed, labels, created)
        counted.failed.count(endings.failed, labels, created)
    }
}

extension JobEvents {
    static let name = "job_events"

    var state: CounterState? {
        guard let (numbers, marks) = history.memory else { return nil }
        return CounterState(
            name: Self.name, numbers: numbers, marks: marks, markWidth: JobMark.width, levels: tables)
    }

    mutating func restore(_ state: CounterState) -> Bool {
        guard state.name == Self.name, state.markWidth == JobMark.width,
            let restored = JobHistory(numbers: state.numbers, marks: state.marks)
        else { return false }
        history = restored
        counted.restore(state.levels)
        // They hold until Slurm's next answer.
        startRate = startRate.restored(from: state.levels)
        endRate = endRate.restored(from: state.levels)
        return true
    }

    mutating func retract() -> [SeriesTable] {
        if let before { (counted, history) = before }
        before = nil
        return tables
    }

    mutating func forget() {
        (counted, history, before) = (JobLevels(histograms), JobHistory(), nil)
    }
}

extension SeriesTable {
    fileprivate var valuesByPartition: [String: Double] {
        Dictionary(
            rows.map { (labels(at: $0).first?.value ?? "", value(at: $0)) }, uniquingKeysWith: { first, _ in first })
    }

    fileprivate mutating func count(_ amount: Int, _ labels: [String], _ created: Double) {
        let row = row(labels)
        add(Double(amount), at: row)
        setCreated(created, at: row)
    }

    fileprivate mutating func observe(_ seconds: [Int], _ labels: [String], _ created: Double) {
        let row = row(labels)
        for value in seconds { observe(Double(value), at: row) }
        setCreated(created, at: row)
    }
}
