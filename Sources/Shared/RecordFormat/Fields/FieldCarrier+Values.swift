import Slurm

/// What records of several kinds have in common.
extension FieldCarrier where Self: ~Copyable {
    mutating func carry(_ limit: inout Limit<Int>?) throws(RecordFormatError) {
        try carry(&limit, blank: .unlimited) { limit, carrier throws(RecordFormatError) in
            var value = limit.value
            try carrier.carry(&value)
            limit = value.map { .value($0) } ?? .unlimited
        }
    }

    mutating func carry(_ limit: inout Limit<Double>?) throws(RecordFormatError) {
        try carry(&limit, blank: .unlimited) { limit, carrier throws(RecordFormatError) in
            var value = limit.value
            try carrier.carry(&value)
            limit = value.map { .value($0) } ?? .unlimited
        }
    }

    mutating func carry(_ gpus: inout GPUs) throws(RecordFormatError) {
        var groups = gpus.groups
        try carry(&groups, blank: GPUs.Group(type: .empty, count: 0)) { group, carrier throws(RecordFormatError) in
            try carrier.carry(&group.type)
            try carrier.carry(&group.count)
        }
        if Self.isReading { gpus = GPUs(groups) }
    }

    mutating func carry(_ gpus: inout GPUs?) throws(RecordFormatError) {
        try carry(&gpus, blank: GPUs()) { gpus, carrier throws(RecordFormatError) in try carrier.carry(&gpus) }
    }

    mutating func carry(_ resources: inout Resources) throws(RecordFormatError) {
        try carry(&resources.cpus)
        try carry(&resources.memoryBytes)
        try carry(&resources.nodes)
        try carry(&resources.gpus)
        try carry(&resources.billing)
    }

    mutating func carry(_ amounts: inout ResourceAmounts) throws(RecordFormatError) {
        var entries = amounts.entries
        try carry(&entries, blank: ResourceAmounts.Entry(.cpu, 0)) { entry, carrier throws(RecordFormatError) in
            var kind = entry.kind
            try carrier.carry(&kind)
            var amount = entry.amount
            try carrier.carry(&amount)
            entry = ResourceAmounts.Entry(kind, amount)
        }
        guard Self.isReading else { return }
        guard entries.count <= 1000 else { throw .malformed("more kinds of resources than anybody has") }
        amounts = ResourceAmounts()
        for entry in entries { amounts[entry.kind] = entry.amount }
    }

    mutating func carry(_ kind: inout ResourceKind) throws(RecordFormatError) {
        var (number, name) = kind.parts
        try carry(&number)
        try carry(&name)
        guard let known = ResourceKind(number, name) else { throw .malformed("\(number) is no kind of resource") }
        kind = known
    }

    mutating func carry(_ state: inout JobState) throws(RecordFormatError) {
        var flags = state.flags.rawValue
        try carry(&state.base, of: JobState.Base.numbered)
        try carry(&flags)
        state.flags = JobState.Flags(rawValue: flags)
    }

    mutating func carry(_ state: inout NodeState) throws(RecordFormatError) {
        var flags = state.flags.rawValue
        try carry(&state.base, of: NodeState.Base.numbered)
        try carry(&flags)
        state.flags = NodeState.Flags(rawValue: flags)
    }

    mutating func carry(_ status: inout ExitStatus?) throws(RecordFormatError) {
        try carry(&status, blank: ExitStatus(code: 0)) { status, carrier throws(RecordFormatError) in
            try carrier.carry(&status.code)
            try carrier.carry(&status.signal)
        }
    }

    mutating func carry(_ limits: inout UsageLimits) throws(RecordFormatError) {
        try carry(&limits.group)
        try carry(&limits.groupMinutes)
        try carry(&limits.groupJobs)
        try carry(&limits.groupSubmittedJobs)
        try carry(&limits.groupWallSeconds)
        try carry(&limits.job)
        try carry(&limits.node)
        try carry(&limits.jobMinutes)
        try carry(&limits.jobWallSeconds)
        try carry(&limits.leastOfJob)
        try carry(&limits.jobs)
        try carry(&limits.submittedJobs)
        try carry(&limits.user)
        try carry(&limits.account)
        try carry(&limits.accountJobs)
        try carry(&limits.accountSubmittedJobs)
    }

    mutating func carry(_ calls: inout [SchedulerRecord.Calls]) throws(RecordFormatError) {
        let blank = SchedulerRecord.Calls(name: "", count: 0, microseconds: 0)
        try carry(&calls, blank: blank) { calls, carrier throws(RecordFormatError) in
            try carrier.carry(&calls.name)
            try carrier.carry(&calls.count)
            try carrier.carry(&calls.microseconds)
            try carrier.carry(&calls.queued)
            try carrier.carry(&calls.dropped)
            try carrier.carry(&calls.lastCycle)
            try carrier.carry(&calls.longestCycle)
        }
    }
}

// By their numbers on the wire: a word more, or in another place, is another version of the format. The frequent ones
// are found at once.

extension JobState.Base {
    static let numbered: [Self] = [
        .running, .pending, .completed, .failed, .cancelled, .timeout, .suspended, .preempted, .deadline, .nodeFail,
        .bootFail, .outOfMemory, .unknown,
    ]
}

extension NodeState.Base {
    static let numbered: [Self] = [.allocated, .mixed, .idle, .down, .error, .future, .unknown]
}

extension ResourceKind {
    fileprivate var parts: (number: UInt64, name: Symbol) {
        switch self {
        case .cpu: (0, .empty)
        case .memory: (1, .empty)
        case .node: (2, .empty)
        case .billing: (3, .empty)
        case .other(let name): (4, name)
        }
    }

    fileprivate init?(_ number: UInt64, _ name: Symbol) {
        switch number {
        case 0: self = .cpu
        case 1: self = .memory
        case 2: self = .node
        case 3: self = .billing
        case 4: self = .other(name)
        default: return nil
        }
    }
}
