import Metrics
import Slurm

/// Series of each job, for those who ask for them: as many series as there are jobs.
struct JobSeries: Fold {
    private struct Count: Subtotal {
        var jobs = 0
    }

    private struct Omission: Sendable {
        let sampledOut: Int
        let beyondLimit: Int
    }

    private var tables: FigureTables<ListedJob>
    private var counts = FigureTables<Count>([
        Figure(
            whole: FamilyGroup(labels: ["partition"], level: .detailed, merge: .sum, feed: .jobs).gauge(
                "slurm_job_details", "Entries of the job list that have series of their own, by home partition.")
        ) { $0.jobs }
    ])
    private var omissions = FigureTables<Omission>([
        Figure(
            FamilyGroup(merge: .sum, feed: .jobs).gauge(
                "slurm_jobs_without_series",
                "Entries of the job list that have no series of their own, as they aren't sampled or are beyond the limit.",
                by: ["reason"])
        ) { [("sampling", $0.sampledOut), ("limit", $0.beyondLimit)] }
    ])
    private var sample: JobSample
    private var scope = ScopeFilter()
    private var selection: JobSelection
    private var context = FoldContext(expectedTime: Timestamp(0))

    init(_ settings: CollectionSettings.Jobs) {
        selection = JobSelection(settings)
        sample = JobSample(settings)
        tables = FigureTables(JobFigures.all + (settings.includesNodes ? [JobFigures.nodes] : []))
    }

    var families: [MetricFamily] { tables.families + counts.families + omissions.families }

    mutating func begin(_ context: FoldContext) {
        self.context = context
        scope.begin(context)
        selection.begin(context)
        sample.begin()
    }

    mutating func add(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        guard scope.covers(job.home, symbols), selection.includes(job, symbols) else { return }
        sample.add(job)
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        let chosen = sample.chosen()
        var listed = Groups<Symbol, Count>()
        tables.begin()
        for job in chosen {
            tables.add(ListedJob(job: job, now: time), labels: [String(job.id)], symbols)
            listed.update(job.home) { $0.jobs += 1 }
        }
        let rows = listed.byName(known: context.partitions, context.scope, symbols)
        return tables.end() + counts.tables(of: rows.map { ([$0.name], $0.1) }, symbols)
            + omitted(chosen.count, symbols)
    }

    private mutating func omitted(_ chosen: Int, _ symbols: borrowing Symbols) -> [SeriesTable] {
        omissions.begin()
        let omission = Omission(
            sampledOut: sample.records - sample.sampledRecords, beyondLimit: sample.sampledRecords - chosen)
        omissions.add(omission, labels: [], symbols)
        return omissions.end()
    }
}
