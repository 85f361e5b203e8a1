import Slurm

/// Jobs counted together. A record that stands for N unstarted tasks of an array counts as N jobs everywhere but in
/// `records`; what they ask for counts N times, too.
struct JobSum: Subtotal {
    private(set) var records = 0
    private(set) var cutRecords = 0
    private var byState = [Int](repeating: 0, count: JobStates.names.count)
    private var byFlag = [Int](repeating: 0, count: JobStates.flags.count)
    private var byBaseState = [Int](repeating: 0, count: JobStates.bases.count)
    /// Of jobs whose base state only a flag tells.
    private var byImpliedBase: [JobState.Base: Int] = [:]
    private(set) var held = 0
    private(set) var requested = ResourceSum()
    private(set) var running = ResourceSum()
    private(set) var suspended = ResourceSum()

    mutating func add(_ job: borrowing JobRecord) {
        let count = job.jobs
        records += 1
        if job.isCutShort { cutRecords += 1 }
        byState[job.state.effective.index].add(saturating: count)
        byBaseState[JobStates.place(of: job.state.base)].add(saturating: count)
        if !job.state.flags.isEmpty { addFlags(job.state.flags, count) }
        let base = job.state.impliedBase
        if base != job.state.base { byImpliedBase[base, default: 0].add(saturating: count) }
        switch base {
        case .pending:
            requested.add(job.requested, times: count)
            if job.isHeld { held.add(saturating: count) }
        case .running: running.add(job.allocated)
        case .suspended: suspended.add(job.allocated)
        default: break
        }
    }

    private mutating func addFlags(_ flags: JobState.Flags, _ count: Int) {
        for (place, flag) in JobStates.flags.enumerated() where flags.contains(flag.flag) {
            byFlag[place].add(saturating: count)
        }
    }

    /// In whatever state.
    var jobs: Int { byState.reduce(0, Sum.adding) }

    subscript(_ state: JobState.Effective) -> Int { byState[state.index] }

    /// All states, those that no job is in included.
    var states: [(name: String, count: Int)] {
        Array(zip(JobStates.names, byState))
    }

    /// The states that some job is in, and the two that everybody asks for.
    var statesInUse: [(name: String, count: Int)] {
        states.filter { $0.count > 0 || $0.name == "pending" || $0.name == "running" }
    }

    var baseStatesInUse: [(name: String, count: Int)] {
        zip(JobStates.bases, byBaseState).filter { $1 > 0 }.map { ($0.rawValue, $1) }
    }

    var flagsInUse: [(name: String, count: Int)] {
        zip(JobStates.flags, byFlag).filter { $1 > 0 }.map { ($0.name, $1) }
    }

    /// Of running and suspended jobs.
    func allocated(_ amount: KeyPath<ResourceSum, Sum>) -> Int? {
        let amounts = [running, suspended].compactMap { $0[keyPath: amount].known }
        return amounts.isEmpty ? holdsNothing(amount) : amounts.reduce(0, Sum.adding)
    }

    /// What one of the two kinds of jobs has: 0 where there is none, unknown where none says.
    func allocated(_ amount: KeyPath<ResourceSum, Sum>, to base: JobState.Base) -> Int? {
        let sum = base == .running ? running : suspended
        return sum[keyPath: amount].known ?? (jobs(in: base) == 0 ? 0 : nil)
    }

    private func holdsNothing(_ amount: KeyPath<ResourceSum, Sum>) -> Int? {
        let holders = [JobState.Base.running, .suspended].reduce(0) { $0 + jobs(in: $1) }
        return holders == 0 ? 0 : nil
    }

    /// What waiting jobs ask for: 0 where none waits, unknown where none of them says.
    func requested(_ amount: KeyPath<ResourceSum, Sum>) -> Int? {
        requested[keyPath: amount].known ?? (jobs(in: .pending) == 0 ? 0 : nil)
    }

    private func jobs(in base: JobState.Base) -> Int {
        Sum.adding(byBaseState[JobStates.place(of: base)], byImpliedBase[base] ?? 0)
    }

    var allocatedGPUs: GPUSum {
        var gpus = running.gpus
        for group in suspended.gpus.groups { gpus.add(group.count, of: group.type) }
        return gpus
    }
}

extension JobRecord {
    /// How many jobs the record stands for. What ended unstarted as a whole array ended as one.
    var jobs: Int { state.hasEnded ? 1 : tasks.known }

    /// Whether it stands for more jobs than it names.
    var isCutShort: Bool { tasks.isCut && !state.hasEnded }
}

/// The words of job states, in the order of the counts.
enum JobStates {
    static let names = JobState.Effective.all.map(\.name)
    static let bases = JobState.Base.allCases
    static let flags: [(name: String, flag: JobState.Flags)] = (0..<32).compactMap { bit in
        let flag = JobState.Flags(rawValue: 1 << bit)
        return flag.names.first.map { ($0, flag) }
    }

    /// A state without flags is effective as it is.
    static func place(of base: JobState.Base) -> Int { JobState(base).effective.index }
}
