import Metrics
import Slurm

/// Jobs by partition, each counted once, in its home partition: the one it runs in, or the first it may start in.
struct HomeJobs: Fold {
    private struct Total: Subtotal {
        var jobs = JobSum()
        /// Of jobs in state pending.
        var reasons: [Symbol: Int] = [:]
    }

    private struct Exclusion: Sendable {
        var jobs = 0
    }

    private static let declare = FamilyGroup(labels: ["partition"], merge: .sum, feed: .jobs)

    private static let counts: [Figure<Total>] = [
        Figure(
            declare.gauge(
                "slurm_jobs_total",
                "Jobs that Slurm lists, by home partition and by the one state that squeue shows; they add up to all that"
                    + " `jobs` selects. Unstarted tasks of arrays count each. Ended jobs are listed for MinJobAge, 5 minutes"
                    + " unless configured.",
                by: ["state"], level: .critical)
        ) { $0.jobs.states },
        Figure(
            whole: declare.gauge("slurm_jobs_pending", "Jobs in state pending by home partition.", level: .critical)
        ) { $0.jobs[JobState(.pending).effective] },
        Figure(
            whole: declare.gauge("slurm_jobs_running", "Jobs in state running.", level: .critical)
        ) { $0.jobs[JobState(.running).effective] },
        Figure(
            whole: declare.gauge(
                "slurm_job_queue_length", "The same number as slurm_jobs_pending, under another name.")
        ) { $0.jobs[JobState(.pending).effective] },
        Figure(
            declare.gauge(
                "slurm_jobs_by_base_state",
                "Jobs by what is left of their state without flags, for states that some job is in; `unknown` where API"
                    + " version 0.0.38 or 0.0.39 shows a flag in the state's place.",
                by: ["state"])
        ) { $0.jobs.baseStatesInUse },
        Figure(
            declare.gauge(
                "slurm_jobs_flags",
                "Jobs by flag, for flags that some job has. A job counts under each of its flags.", by: ["flag"])
        ) { $0.jobs.flagsInUse },
        Figure(
            declare.gauge(
                "slurm_jobs_pending_reason", "Jobs in state pending by why they wait, for reasons that some job has.",
                by: ["reason"]), breakdown: reasons),
        Figure(
            whole: declare.gauge("slurm_jobs_held", "Waiting jobs that somebody holds: their priority is 0.")
        ) { $0.jobs.held },
        Figure(
            whole: declare.gauge(
                "slurm_jobs_records",
                "Entries of Slurm's job list, in which one entry stands for all unstarted tasks"
                    + " of an array.")
        ) { $0.jobs.records },
        Figure(
            whole: declare.gauge(
                "slurm_jobs_array_records_cut",
                "Entries of arrays whose list of tasks Slurm cut at 64 characters. They count as the tasks that can still be"
                    + " read, so numbers of jobs are lower bounds; SLURM_BITSTR_LEN=0 for slurmrestd prevents it.")
        ) { $0.jobs.cutRecords },
    ]

    private static let requests: [Figure<Total>] = [
        Figure(
            whole: declare.gauge("slurm_jobs_requested_cpus", "CPUs that waiting jobs ask for.")
        ) { $0.jobs.requested(\.cpus) },
        Figure(
            whole: declare.gauge(
                "slurm_jobs_requested_memory_bytes", "Memory that waiting jobs ask for.", unit: "bytes")
        ) { $0.jobs.requested(\.memoryBytes) },
        Figure(
            whole: declare.gauge("slurm_jobs_requested_nodes", "Nodes that waiting jobs ask for, at least.")
        ) { $0.jobs.requested(\.nodes) },
        Figure(
            declare.gauge("slurm_jobs_requested_gpus", "GPUs that waiting jobs ask for, by type.", by: ["gpu_type"])
        ) { $0.jobs.requested.gpus.shares($1) },
    ]

    private static let allocations: [Figure<Total>] = [
        Figure(
            declare.gauge(
                "slurm_jobs_allocated_cpus", "CPUs that jobs have, by whether they run or are suspended.", by: ["state"]
            )
        ) { total, _ in holdings(total, \.cpus) },
        Figure(
            declare.gauge(
                "slurm_jobs_allocated_memory_bytes", "Memory that jobs have, by whether they run or are suspended.",
                unit: "bytes", by: ["state"])
        ) { total, _ in holdings(total, \.memoryBytes) },
        Figure(
            declare.gauge(
                "slurm_jobs_allocated_nodes",
                "Nodes that jobs have, each as often as jobs have it, by whether they run or are suspended.",
                by: ["state"])
        ) { total, _ in holdings(total, \.nodes) },
        Figure(
            declare.gauge(
                "slurm_jobs_allocated_gpus",
                "GPUs that jobs have, by whether they run or are suspended, and by type. Absent where Slurm doesn't say how"
                    + " many a job has: AccountingStorageTRES needs gres/gpu.",
                by: ["state", "gpu_type"])
        ) { total, symbols in
            holdings(total.jobs.runningGPUs, "running", symbols)
                + holdings(total.jobs.suspendedGPUs, "suspended", symbols)
        },
    ]

    private static func reasons(_ total: borrowing Total, _ symbols: borrowing Symbols) -> [Share] {
        var shares: [Share] = []
        for (reason, count) in total.reasons {
            shares.append(Share(reason.isEmpty ? "None" : symbols[reason], number: count))
        }
        return shares
    }

    private static func holdings(_ total: borrowing Total, _ amount: KeyPath<ResourceSum, Sum>) -> [Share] {
        var shares: [Share] = []
        if let number = total.jobs.running(amount) { shares.append(Share("running", number: number)) }
        if let number = total.jobs.suspended(amount) { shares.append(Share("suspended", number: number)) }
        return shares
    }

    private static func holdings(_ gpus: GPUSum, _ state: String, _ symbols: borrowing Symbols) -> [Share] {
        var shares: [Share] = []
        for group in gpus.groups { shares.append(Share(state, symbols[group.type], number: group.count)) }
        return shares
    }

    private var tables = FigureTables(counts + requests + allocations)
    private var exclusions = FigureTables<Exclusion>([
        Figure(
            whole: FamilyGroup(merge: .sum, feed: .jobs).gauge(
                "slurm_jobs_excluded", "Jobs that the settings leave out of all slurm_jobs_ and slurm_job_ gauges.")
        ) { $0.jobs }
    ])
    private var totals = Groups<Symbol, Total>()
    private var excluded = Exclusion()
    private var scope = ScopeFilter()
    private var context = FoldContext(expectedTime: Timestamp(0))
    private var selection: JobSelection

    init(_ settings: CollectionSettings.Jobs) {
        selection = JobSelection(settings)
    }

    var families: [MetricFamily] { tables.families + exclusions.families }

    mutating func begin(_ context: FoldContext) {
        self.context = context
        scope.begin(context)
        selection.begin(context)
        totals.removeAll()
        excluded = Exclusion()
    }

    mutating func add(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        let home = job.home
        guard scope.covers(home, symbols) else { return }
        guard selection.includes(job, symbols) else { return excluded.jobs.add(saturating: job.jobs) }
        totals.update(home) { total in
            total.jobs.add(job)
            if job.state.effective == Self.pending { total.reasons[job.reason, default: 0].add(saturating: job.jobs) }
        }
    }

    private static let pending = JobState(.pending).effective

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        exclusions.begin()
        exclusions.add(excluded, labels: [], symbols)
        let rows = totals.byName(known: context.partitions, context.scope, symbols)
        return tables.tables(of: rows.map { ([$0.name], $0.1) }, symbols) + exclusions.end()
    }
}
