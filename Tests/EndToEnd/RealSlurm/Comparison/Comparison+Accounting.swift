import RealSlurm

extension Comparison {
    /// Ended jobs as sacct has them, each run by itself. v0.0.38 can't be asked for runs that ended to be queued again.
    static let accounting = [
        Comparison(counts: "slurm_accounting_jobs_total", by: ["state"]) { $0.endedJobs.tally { [$0.label] } },
        Comparison(counts: "slurm_jobs_terminal_total", by: ["partition", "account", "state"]) {
            $0.endedJobs.tally { [$0.partition, $0.account, $0.label] }
        },
        Comparison(counts: "slurm_accounting_user_jobs_total", by: ["user", "account", "state"]) {
            $0.endedJobs.tally { [$0.user, $0.account, $0.label] }
        },
        Comparison("slurm_accounting_elapsed_seconds_total", by: ["partition", "account"]) {
            $0.endedJobs.sum(of: \.elapsedSeconds, by: \.owner)
        },
        Comparison("slurm_accounting_cpu_seconds_total", by: ["partition", "account"]) {
            $0.endedJobs.sum(of: { $0.elapsedSeconds * $0.resources.processors }, by: \.owner)
        },
    ]
}

extension AccountedJobReading {
    fileprivate var label: String { state.lowercased() }
    fileprivate var owner: [String] { [partition, account] }
}
