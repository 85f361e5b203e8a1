import Slurm

/// Jobs counted together. A record that stands for N unstarted tasks of an array counts as N jobs everywhere but in
/// `records`; what they ask for counts N times, too.
struct JobSum: Subtotal {
    private(set) var records = 0
    private(set) var cutRecords = 0
    private var byState = [Int](repeating: 0, count: JobStates.names.count)
    private var byFlag = [Int](repeating: 0, count: JobStates.flags.count)
    private var byBaseState = [Int](repeating: 0, count: JobStates.bases.count)
    private(set) var held = 0
    /// Records whose base state is, or must be, pending, running, suspended.
    private var waiting = 0
    private var runners = 0
    private var sleepers = 0
    /// The most nodes that one waiting job asks for.
    private(set) var mostNodes = WaitingNodes()
    private(set) var requested = ResourceSum()
    private(set) var running = ResourceSum()
    private(set) var suspended = ResourceSum()
    /// Whether somebody has GPUs of which Slurm doesn't say how many.
    private(set) var hasUnknownGPUs = false

    mutating func add(_ job: borrowing JobRecord) {
        let count = job.jobs
        records += 1
        if job.isCutShort { cutRecords += 1 }
        byState[job.state.effective.index].add(saturating: count)
        byBaseState[JobStates.place(of: job.state.base)].add(saturating: count)
        if !job.state.flags.isEmpty { addFlags(job.state.flags, count) }
        switch job.state.presumedBase {
        case .pending:
            waiting += 1
            requested.add(job.requested, times: count)
            if job.isHeld { held.add(saturating: count) }
            mostNodes.add(job)
        case .running:
            runners += 1
            running.add(job.allocated)
        case .suspended:
            sleepers += 1
            suspended.add(job.allocated)
        default: break
        }
        if job.hasUnknownGPUs { hasUnknownGPUs = true }
    }

    private mutating func addFlags(_ flags: JobState.Flags, _ count: Int) {
        for (place, flag) in JobStates.flags.enumerated() where flags.contains(flag.flag) {
            byFlag[place].add(saturating: count)
        }
    }

    /// In whatever state.
    var jobs: Int { byState.reduce(0, Sum.adding) }

    subscript(_ state: JobState.Effective) -> Int { byState[state.index] }

    subscript(_ base: JobState.Base) -> Int { byBaseState[JobStates.place(of: base)] }

    subscript(_ flag: JobState.Flags) -> Int {
        JobStates.flags.firstIndex { $0.flag == flag }.map { byFlag[$0] } ?? 0
    }

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

    /// What running jobs have: 0 where none runs, unknown where none of them says.
    func running(_ amount: KeyPath<ResourceSum, Sum>) -> Int? {
        running[keyPath: amount].known ?? (runners == 0 ? 0 : nil)
    }

    func suspended(_ amount: KeyPath<ResourceSum, Sum>) -> Int? {
        suspended[keyPath: amount].known ?? (sleepers == 0 ? 0 : nil)
    }

    /// Of running and suspended jobs.
    func allocated(_ amount: KeyPath<ResourceSum, Sum>) -> Int? {
        guard runners + sleepers > 0 else { return 0 }
        let known = [running[keyPath: amount].known, suspended[keyPath: amount].known].compactMap(\.self)
        return known.isEmpty ? nil : known.reduce(0, Sum.adding)
    }

    /// What waiting jobs ask for: 0 where none waits, unknown where none of them says.
    func requested(_ amount: KeyPath<ResourceSum, Sum>) -> Int? {
        requested[keyPath: amount].known ?? (waiting == 0 ? 0 : nil)
    }

    /// Of running and suspended jobs. As far as it is known, it would be too few: then there is nothing.
    var allocatedGPUs: GPUSum {
        var gpus = runningGPUs
        for group in suspendedGPUs.groups { gpus.add(group.count, of: group.type) }
        return gpus
    }

    var runningGPUs: GPUSum { hasUnknownGPUs ? GPUSum() : running.gpus }
    var suspendedGPUs: GPUSum { hasUnknownGPUs ? GPUSum() : suspended.gpus }
}

/// The most nodes that a job asks for, of those that may start and those that somebody holds.
struct WaitingNodes: Hashable, Sendable {
    private(set) var free = 0
    private(set) var held = 0

    @inline(__always)
    mutating func add(_ job: borrowing JobRecord) {
        let nodes = job.requested.nodes ?? 0
        if job.isHeld { held = max(held, nodes) } else { free = max(free, nodes) }
    }
}

extension JobRecord {
    /// How many jobs the record stands for. What ended unstarted as a whole array ended as one.
    var jobs: Int { state.hasEnded ? 1 : tasks.known }

    /// Whether it has GPUs, but Slurm doesn't say how many.
    var hasUnknownGPUs: Bool { areAllocatedGPUsUnknown && holdsResources }

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
