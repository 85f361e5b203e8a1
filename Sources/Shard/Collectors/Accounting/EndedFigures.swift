import Metrics
import Slurm

/// The families of ended jobs, and what each run adds to them.
///
/// What isn't whole is rounded run by run, so that levels are the same however runs come in.
enum EndedFigures {
    static func all(_ settings: CollectionSettings) -> [Figure<EndedRun>] {
        let feed: Feed = settings.accounting.source == .slurmdbd ? .accounting : .jobs
        let used =
            settings.accounting.source == .slurmdbd && settings.accounting.includesSteps
            ? efficiencies(feed) + waste(feed) + use(feed)
                + (settings.jobs.includesSteps ? steps(feed, settings.histograms) : []) : []
        return ends(feed) + allocations(feed) + used
    }

    private static let hours = MergeRule.sumOfFractions(decimals: 6)
    private static let seconds = MergeRule.sumOfFractions(decimals: 3)

    private static func ends(_ feed: Feed) -> [Figure<EndedRun>] {
        let declare = FamilyGroup(merge: .sum, feed: feed)
        let note =
            feed == .accounting
            ? " A job that is queued again or resized ends as often as it ran, but not by v0.0.38 and v0.0.39, which are asked"
                + " for the last end only; an array's tasks that never started are one."
            : " An array's tasks that never started are one."
        return [
            Figure(
                declare.counter(
                    "slurm_accounting_jobs_total", "Jobs that ended since counting began, each once, by how." + note,
                    by: ["state"], level: .critical)
            ) { run, _ in [Share(run.state, number: 1)] },
            Figure(
                declare.counter(
                    "slurm_jobs_terminal_total",
                    "Jobs that ended, each once, by partition, account, how they ended, and whose fault it was." + note,
                    by: ["partition", "account", "state", "exit_class"])
            ) { run, symbols in
                [Share(symbols[run.partition], symbols[run.account], run.state, run.exit.rawValue, number: 1)]
            },
            Figure(
                declare.counter(
                    "slurm_accounting_user_jobs_total", "Jobs of each user that ended, each once." + note,
                    by: ["user", "account", "state"], level: .detailed)
            ) { run, symbols in [Share(symbols[run.user], symbols[run.account], run.state, number: 1)] },
            Figure(
                declare.counter(
                    "slurm_accounting_qos_jobs_total", "Jobs of each QOS that ended, each once." + note,
                    by: ["qos", "state"])
            ) { run, symbols in [Share(symbols[run.qos], run.state, number: 1)] },
        ]
    }

    private static func allocations(_ feed: Feed) -> [Figure<EndedRun>] {
        let declare = FamilyGroup(labels: ["partition", "account"], merge: .sum, feed: feed)
        let owners = FamilyGroup(merge: hours, feed: feed)
        return [
            Figure(
                declare.counter(
                    "slurm_accounting_elapsed_seconds_total", "How long ended jobs ran, suspension left out.",
                    unit: "seconds")
            ) { run, symbols in [run.share(Double(run.elapsedSeconds), symbols)] },
            Figure(
                declare.counter(
                    "slurm_accounting_cpu_seconds_total", "Allocated CPUs times elapsed time of ended jobs.",
                    unit: "seconds")
            ) { run, symbols in run.cpuSeconds.map { [run.share($0, symbols)] } ?? [] },
            Figure(
                declare.counter(
                    "slurm_accounting_gpu_seconds_total", "Allocated GPUs times elapsed time of ended jobs, by type.",
                    unit: "seconds", by: ["gpu_type"])
            ) { run, symbols in
                let names = [symbols[run.partition], symbols[run.account]]
                var shares: [Share] = []
                for group in run.allocated.gpus.groups {
                    let seconds = Double(group.count) * Double(run.elapsedSeconds)
                    shares.append(Share(names + [symbols[group.type]], seconds))
                }
                return shares
            },
            Figure(
                declare.counter(
                    "slurm_accounting_memory_gb_hours_total",
                    "Allocated memory in units of 10^9 bytes times elapsed hours of ended jobs.", merge: hours)
            ) { run, symbols in run.memoryGigabyteHours.map { [run.share($0, symbols)] } ?? [] },
            Figure(
                owners.counter(
                    "slurm_job_cpu_hours_total", "Allocated CPUs times elapsed hours of ended jobs.",
                    by: ["partition", "user", "account"], level: .detailed)
            ) { run, symbols in
                let names = [symbols[run.partition], symbols[run.user], symbols[run.account]]
                return run.cpuSeconds.map { [Share(names, $0 / 3600)] } ?? []
            },
            Figure(
                owners.counter(
                    "slurm_account_cpu_hours_used_total",
                    "Allocated CPUs times elapsed hours of ended jobs, which is what is charged.",
                    by: ["user", "account"])
            ) { run, symbols in
                run.cpuSeconds.map { [Share([symbols[run.user], symbols[run.account]], $0 / 3600)] } ?? []
            },
        ]
    }

    private static let ratios = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1]

    private static func efficiencies(_ feed: Feed) -> [Figure<EndedRun>] {
        let declare = FamilyGroup(labels: ["partition"], merge: hours, feed: feed)
        let formula = "CPU time used, divided by allocated CPUs times elapsed time, of ended jobs"
        return [
            Figure(
                declare.histogram(
                    "slurm_job_cpu_efficiency_ratio",
                    "\(formula). The mean is that of jobs: of CPU hours it is 1 less slurm_job_waste_cpu_hours by"
                        + " slurm_job_cpu_hours_total.", bounds: ratios, by: ["account"])
            ) { run, symbols in run.cpuEfficiency.map { [run.share($0, symbols)] } ?? [] },
            Figure(
                declare.histogram(
                    "slurm_job_efficiency_percentage", "\(formula), in percent.", bounds: ratios.map { $0 * 100 })
            ) { run, symbols in run.cpuEfficiency.map { [Share([symbols[run.partition]], $0 * 100)] } ?? [] },
            Figure(
                declare.histogram(
                    "slurm_accounting_job_memory_efficiency_ratio",
                    "Most memory that one step of an ended job used, all its tasks together, divided by what was allocated.",
                    bounds: ratios, by: ["account"])
            ) { run, symbols in run.memoryEfficiency.map { [run.share($0, symbols)] } ?? [] },
        ]
    }

    private static func waste(_ feed: Feed) -> [Figure<EndedRun>] {
        let declare = FamilyGroup(labels: ["partition", "account"], merge: hours, feed: feed)
        return [
            Figure(
                declare.counter(
                    "slurm_job_waste_cpu_hours", "Allocated less used CPU hours of ended jobs; no less than 0 of each.")
            ) { run, symbols in run.wastedCPUSeconds.map { [run.share($0 / 3600, symbols)] } ?? [] },
            Figure(
                declare.counter(
                    "slurm_job_waste_memory_gb_hours",
                    "Allocated memory less the most that was used, in units of 10^9 bytes, times elapsed hours of ended"
                        + " jobs; no less than 0 of each.")
            ) { run, symbols in run.wastedGigabyteHours.map { [run.share($0, symbols)] } ?? [] },
        ]
    }

    private static func use(_ feed: Feed) -> [Figure<EndedRun>] {
        let declare = FamilyGroup(labels: ["partition"], merge: .sum, feed: feed)
        return [
            Figure(
                declare.counter(
                    "slurm_accounting_cpu_used_seconds_total",
                    "CPU time that ended jobs used, by whether in user or system mode.", unit: "seconds",
                    by: ["account", "mode"], merge: seconds)
            ) { run, symbols in
                guard let used = run.used else { return [] }
                let names = [symbols[run.partition], symbols[run.account]]
                return [Share(names + ["user"], used.userSeconds), Share(names + ["system"], used.systemSeconds)]
            }
        ]
    }

    private static func steps(_ feed: Feed, _ histograms: CollectionSettings.Histograms) -> [Figure<EndedRun>] {
        let declare = FamilyGroup(labels: ["partition"], merge: .sum, feed: feed)
        let bounds = Set(histograms.memoryUse.filter(\.isFinite)).sorted()
        return [
            Figure(
                declare.counter("slurm_job_step_ended_total", "Steps of ended jobs, batch and extern among them.")
            ) { run, symbols in run.used.map { [Share([symbols[run.partition]], Double($0.steps))] } ?? [] },
            Figure(
                declare.counter(
                    "slurm_job_step_cpu_seconds_total", "CPU time that the steps of ended jobs used.", unit: "seconds",
                    merge: seconds)
            ) { run, symbols in run.used.map { [Share([symbols[run.partition]], $0.cpuSeconds)] } ?? [] },
            Figure(
                declare.histogram(
                    "slurm_job_step_memory_used_bytes",
                    "Most memory that one task of any step of an ended job had.", bounds: bounds, unit: "bytes")
            ) { run, symbols in
                run.used?.taskMemoryBytes.map { [Share([symbols[run.partition]], Double($0))] } ?? []
            },
        ]
    }
}

extension EndedRun {
    fileprivate func share(_ number: Double, _ symbols: borrowing Symbols) -> Share {
        Share([symbols[partition], symbols[account]], number)
    }
}
