import Slurm

/// Jobs counted together, with what other exporters tell apart by state.
struct PeerJobs: KeyedSum {
    struct InState: Sendable {
        var jobs = 0
        /// What waiting jobs ask for and others have; those that ended have nothing.
        var cpus = Sum()
        var memoryBytes = Sum()
    }

    private(set) var all = JobSum()
    private var byState = [InState](repeating: InState(), count: JobStates.names.count)
    /// Of jobs in state pending.
    private var reasons: [Symbol: Int] = [:]
    /// Jobs that haven't ended, or whose nodes are still being cleaned.
    private(set) var present = 0

    mutating func add(_ job: borrowing JobRecord) {
        all.add(job)
        let (place, count) = (job.state.effective.index, job.jobs)
        byState[place].jobs.add(saturating: count)
        if job.state.presumedBase == .pending {
            byState[place].add(job.requested, times: count)
        } else if job.holdsResources {
            byState[place].add(job.allocated)
        }
        if job.state.effective == Self.pending { reasons[job.reason, default: 0].add(saturating: count) }
        if !job.state.hasEnded || job.state.flags.contains(.completing) { present.add(saturating: count) }
    }

    subscript(_ state: JobState) -> InState { byState[state.effective.index] }

    /// By state that some job is in, the name in capitals as squeue has it.
    func shares(_ amount: (InState) -> Int?) -> [Share] {
        zip(JobStates.names, byState).compactMap { name, content in
            content.jobs > 0 ? amount(content).map { Share(name.uppercased(), number: $0) } : nil
        }
    }

    func pendingReasons(_ symbols: borrowing Symbols) -> [Share] {
        var shares: [Share] = []
        for (reason, count) in reasons {
            // Slurm's word for it, as squeue has it.
            shares.append(Share(reason.isEmpty ? "None" : symbols[reason], number: count))
        }
        return shares
    }

    func pending(for reason: String, _ symbols: borrowing Symbols) -> Int {
        var jobs = 0
        for (symbol, count) in reasons where symbols[symbol] == reason { jobs.add(saturating: count) }
        return jobs
    }

    private static let pending = JobState(.pending).effective
}

extension PeerJobs.InState {
    fileprivate mutating func add(_ resources: borrowing Resources, times count: Int = 1) {
        cpus.add(resources.cpus, times: count)
        memoryBytes.add(resources.memoryBytes, times: count)
    }
}
