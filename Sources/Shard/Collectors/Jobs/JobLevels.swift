import Metrics

/// How far starts and ends of jobs were counted.
struct JobLevels: Sendable {
    var waits: SeriesTable
    var runs: SeriesTable
    var started: SeriesTable
    var ended: SeriesTable
    var completed: SeriesTable
    var failed: SeriesTable

    init(_ histograms: CollectionSettings.Histograms) {
        let durations = FamilyGroup(labels: ["partition", "qos"], merge: .sum, feed: .jobs)
        let bounds = Set(histograms.jobDurations.filter(\.isFinite)).sorted()
        waits = SeriesTable(
            durations.histogram(
                "slurm_job_wait_time_seconds",
                "From when a job could have started to when it did, of jobs that started since counting began, each once.",
                bounds: bounds, unit: "seconds"))
        runs = SeriesTable(
            durations.histogram(
                "slurm_job_runtime_seconds",
                "From start to end, suspension left out, of runs that ended since counting began, each once.",
                bounds: bounds, unit: "seconds"))
        let changes = FamilyGroup(labels: ["partition"], merge: .sum, feed: .jobs)
        started = SeriesTable(
            changes.counter("slurm_jobs_started_total", "Jobs that started, each run once, since counting began."))
        ended = SeriesTable(
            changes.counter(
                "slurm_jobs_ended_total",
                "Entries of the job list that ended for good since counting began, by how, those that never started"
                    + " included.",
                by: ["state"]))
        let owners = FamilyGroup(
            labels: ["partition", "user", "account"], level: .detailed, merge: .sum, feed: .jobs)
        completed = SeriesTable(
            owners.counter("slurm_jobs_completed_total", "Jobs that ended in state completed since counting began."))
        failed = SeriesTable(
            owners.counter(
                "slurm_jobs_failed_total",
                "Jobs that ended in state failed, timeout, deadline, node_fail, boot_fail or out_of_memory since counting"
                    + " began."))
    }

    var tables: [SeriesTable] { [waits, runs, started, ended, completed, failed] }

    mutating func settle() {
        waits.settle()
        runs.settle()
        started.settle()
        ended.settle()
        completed.settle()
        failed.settle()
    }

    /// Takes over what another process counted. What it didn't count, or counted otherwise, begins now.
    mutating func restore(_ levels: [SeriesTable]) {
        waits = waits.restored(from: levels)
        runs = runs.restored(from: levels)
        started = started.restored(from: levels)
        ended = ended.restored(from: levels)
        completed = completed.restored(from: levels)
        failed = failed.restored(from: levels)
    }
}
