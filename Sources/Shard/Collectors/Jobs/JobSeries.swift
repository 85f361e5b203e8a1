import Metrics
import Slurm

/// Series of each job, for those who ask for them: as many series as there are jobs.
struct JobSeries: Fold {
    private struct Listed: Sendable {
        let job: JobRecord
        let now: Timestamp
    }

    private struct Count: Subtotal {
        var jobs = 0
    }

    private struct Omission: Sendable {
        let sampledOut: Int
        let beyondLimit: Int
    }

    private static let declare = FamilyGroup(labels: ["job_id"], level: .detailed, merge: .union, feed: .jobs)
    /// Where the sum over jobs means something.
    private static let amount = FamilyGroup(labels: ["job_id"], level: .detailed, merge: .sum, feed: .jobs)

    private static let descriptions: [Figure<Listed>] = [
        Figure(
            declare.info(
                "slurm_job_info", "What a job is. An entry for all unstarted tasks of an array has no array_task_id.",
                by: ["job_name", "user", "account", "partition", "qos", "array_job_id", "array_task_id"])
        ) { listed, symbols in
            let job = listed.job
            return [
                Share(
                    job.name, symbols[job.user], symbols[job.account], symbols[job.home], symbols[job.qos],
                    job.arrayID.map(String.init) ?? "", job.arrayTaskID.map(String.init) ?? "", number: 1)
            ]
        },
        Figure(
            declare.gauge("slurm_job_state", "1 for the one state that squeue shows for a job.", by: ["state"])
        ) { listed, _ in [Share(listed.job.state.effective.name, number: 1)] },
        Figure(
            whole: amount.gauge(
                "slurm_job_tasks", "How many jobs the entry stands for: unstarted tasks of an array count each.")
        ) { $0.job.jobs },
    ]

    private static let resources: [Figure<Listed>] = [
        Figure(
            whole: amount.gauge("slurm_job_cpus_requested", "CPUs that a job asks for; of an array, each task.")
        ) { $0.job.requested.cpus },
        Figure(
            whole: amount.gauge(
                "slurm_job_memory_requested_bytes", "Memory that a job asks for; of an array, each task.", unit: "bytes"
            )
        ) { $0.job.requested.memoryBytes },
        Figure(
            amount.gauge("slurm_job_gpus_requested", "GPUs that a job asks for, by type.", by: ["gpu_type"])
        ) { listed, symbols in gpus(listed.job.requested, symbols) },
        Figure(
            whole: amount.gauge("slurm_job_cpus_allocated", "CPUs that a running or suspended job has.")
        ) { $0.job.holdsResources ? $0.job.allocated.cpus : nil },
        Figure(
            whole: amount.gauge(
                "slurm_job_memory_allocated_bytes", "Memory that a running or suspended job has.", unit: "bytes")
        ) { $0.job.holdsResources ? $0.job.allocated.memoryBytes : nil },
        Figure(
            whole: amount.gauge("slurm_job_nodes_allocated", "Nodes that a running or suspended job has.")
        ) { $0.job.holdsResources ? $0.job.allocated.nodes : nil },
        Figure(
            amount.gauge(
                "slurm_job_gpus_allocated", "GPUs that a running or suspended job has, by type.", by: ["gpu_type"])
        ) { listed, symbols in listed.job.holdsResources ? gpus(listed.job.allocated, symbols) : [] },
    ]

    private static let times: [Figure<Listed>] = [
        Figure(
            whole: declare.gauge(
                "slurm_job_queue_time_seconds",
                "How long a job has waited since it could have started, or had waited when it did.", unit: "seconds")
        ) { $0.job.waitSeconds ?? $0.job.waitingSeconds(at: $0.now) },
        Figure(
            whole: declare.gauge(
                "slurm_job_run_time_seconds", "How long a job has run, or had when it ended; suspension left out.",
                unit: "seconds")
        ) { $0.job.runSeconds(at: $0.now) },
        Figure(
            whole: declare.gauge(
                "slurm_job_time_limit_seconds", "A job's time limit; absent if unlimited.", unit: "seconds")
        ) { $0.job.timeLimitSeconds?.value },
        Figure(
            moment: declare.gauge("slurm_job_submit_timestamp_seconds", "When a job was submitted.", unit: "seconds")
        ) { $0.job.submitted },
        Figure(
            moment: declare.gauge(
                "slurm_job_start_timestamp_seconds", "When a job started; absent as long as it waits.",
                unit: "seconds")
        ) { $0.job.runStart },
        Figure(
            moment: declare.gauge(
                "slurm_job_end_timestamp_seconds", "When a job ended; absent until it has.", unit: "seconds")
        ) { $0.job.state.hasEnded ? $0.job.end : nil },
        Figure(
            declare.gauge("slurm_job_priority", "A job's priority in the queue; 0 while it is held.")
        ) { $0.job.priority.map(Double.init) },
        Figure(
            whole: declare.gauge("slurm_job_restarts", "How many times a job was queued again.")
        ) { $0.job.restarts },
    ]

    private static func gpus(_ resources: Resources, _ symbols: borrowing Symbols) -> [Share] {
        var gpus = GPUSum()
        gpus.add(resources.gpus)
        return gpus.shares(symbols)
    }

    private var tables = FigureTables(descriptions + resources + times)
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
            tables.add(Listed(job: job, now: time), labels: [String(job.id)], symbols)
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

extension JobRecord {
    /// Of a job that waits and could start.
    func waitingSeconds(at now: Timestamp) -> Int? {
        guard state.presumedBase == .pending, let since = eligible ?? submitted else { return nil }
        return Int(max(0, now.since(since)))
    }
}
