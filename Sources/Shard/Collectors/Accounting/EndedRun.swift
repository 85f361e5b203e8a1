import Slurm

/// A job's run that is over, as far as it is counted.
struct EndedRun: Sendable {
    let key: RunKey
    let end: Timestamp
    let state: String
    let exit: ExitClass
    let partition: Symbol
    let user: Symbol
    let account: Symbol
    let qos: Symbol
    /// Without the time in which it was suspended.
    let elapsedSeconds: Int
    let allocated: Resources
    /// Nil where Slurm doesn't say what was used.
    let used: Use?

    struct Use: Sendable {
        let userSeconds: Double
        let systemSeconds: Double
        /// The most that all tasks of one step had together.
        let memoryBytes: Int?
        /// The most that one task had.
        let taskMemoryBytes: Int?
        let steps: Int

        var cpuSeconds: Double { userSeconds + systemSeconds }
    }

    /// - Returns: nil for a job that isn't over.
    init?(_ job: borrowing AccountedJobRecord) {
        guard let end = job.end, end.seconds > 0, job.state.isOfAnEndedRun else { return nil }
        key = RunKey(job: job.id, submitted: job.submitted, start: job.start)
        self.end = end
        state = job.state.nameOfEnd
        exit = ExitClass(job.state, job.exitStatus)
        (partition, user, account, qos) = (job.partition, job.user, job.account, job.qos)
        elapsedSeconds = max(0, job.elapsedSeconds ?? 0)
        allocated = job.allocated
        used = Use(job)
    }

    /// - Returns: nil for a job that isn't over; one that waits to run again has lost what it was.
    init?(_ job: borrowing JobRecord) {
        guard let end = job.end, end.seconds > 0, job.state.hasEnded else { return nil }
        key = RunKey(job: job.id, submitted: job.submitted, start: job.start)
        self.end = end
        state = job.state.nameOfEnd
        exit = ExitClass(job.state, job.exitStatus)
        (partition, user, account, qos) = (job.home, job.user, job.account, job.qos)
        elapsedSeconds = max(0, job.runSeconds(at: end) ?? 0)
        allocated = job.runStart == nil ? Resources() : job.allocated
        used = nil
    }
}

extension EndedRun {
    /// Allocated CPUs times elapsed time; nil where it had none.
    var cpuSeconds: Double? { allocated.cpus.map { Double($0) * Double(elapsedSeconds) } }

    /// What was used of what was allocated; nil where there is nothing to compare.
    var cpuEfficiency: Double? {
        guard let used, let cpuSeconds, cpuSeconds > 0 else { return nil }
        return used.cpuSeconds / cpuSeconds
    }

    var memoryEfficiency: Double? {
        guard let bytes = used?.memoryBytes, let allocated = allocated.memoryBytes, allocated > 0, elapsedSeconds > 0
        else { return nil }
        return Double(bytes) / Double(allocated)
    }

    /// More threads than CPUs, or memory beyond what was asked for, is no negative waste.
    var wastedCPUSeconds: Double? {
        guard let used, let cpuSeconds else { return nil }
        return max(0, cpuSeconds - used.cpuSeconds)
    }

    var memoryGigabyteHours: Double? {
        allocated.memoryBytes.map { Double($0) / 1e9 * Double(elapsedSeconds) / 3600 }
    }

    var wastedGigabyteHours: Double? {
        guard let bytes = used?.memoryBytes, let allocated = allocated.memoryBytes else { return nil }
        return Double(max(0, allocated - max(0, bytes))) / 1e9 * Double(elapsedSeconds) / 3600
    }
}

extension EndedRun.Use {
    fileprivate init?(_ job: borrowing AccountedJobRecord) {
        guard let user = job.userSeconds, let system = job.systemSeconds else { return nil }
        self.init(
            userSeconds: max(0, user), systemSeconds: max(0, system), memoryBytes: job.usedMemoryBytes,
            taskMemoryBytes: job.maximumMemoryBytes, steps: job.steps ?? 0)
    }
}

extension JobState {
    /// Ends of runs that aren't the end of the job: it is queued again, goes on with other nodes, or runs elsewhere.
    private static let endsOfRuns: Flags = [.requeued, .resizing, .revoked]

    fileprivate var isOfAnEndedRun: Bool { hasEnded || (base == .unknown && !flags.isDisjoint(with: Self.endsOfRuns)) }

    fileprivate var nameOfEnd: String {
        hasEnded ? base.rawValue : flags.intersection(Self.endsOfRuns).names.first ?? base.rawValue
    }
}
