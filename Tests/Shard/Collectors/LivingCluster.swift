import ServiceRuntime
import Slurm

@testable import Collectors

/// A random cluster that lives: jobs come, start, end, move to other partitions and go; nodes change state and partition.
struct LivingCluster {
    static let partitions = ["alpha", "beta", "gamma", "delta", "empty"]

    let records = Records()
    private var random: SeededGenerator
    private(set) var generation = Generation(time: 100_000, known: partitions)
    private var lastID: UInt32 = 0

    init(seed: UInt64, jobs: Int = 80, nodes: Int = 25) {
        random = SeededGenerator(seed: seed)
        generation.nodes = (0..<nodes).map { node("n\($0)") }
        for name in Self.partitions { generation.partitions.append(partition(name)) }
        for _ in 0..<jobs { generation.jobs.append(newJob()) }
        for _ in 0..<5 { step() }
    }

    mutating func step() {
        let before = generation.time
        generation.time += 60
        generation.nodes = generation.nodes.map { chance(8) ? node($0.name) : chance(3) ? restated($0) : $0 }
        generation.jobs = generation.jobs.compactMap { next($0, since: before) }
        for _ in 0..<below(12) { generation.jobs.append(newJob()) }
        if chance(3) { generation.jobs.shuffle(using: &random) }
    }

    private mutating func below(_ end: Int) -> Int { Int.random(in: 0..<end, using: &random) }

    private mutating func chance(_ one: Int) -> Bool { below(one) == 0 }

    private mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

    /// Some of the partitions in any order, now and then none, or one that was deleted.
    private mutating func somePartitions() -> [String] {
        var names = Self.partitions.dropLast().shuffled(using: &random).prefix(pick([0, 1, 1, 1, 2, 3])).map { $0 }
        if chance(15) { names.append("deleted") }
        return names
    }

    private mutating func state() -> NodeState {
        let flags: NodeState.Flags = chance(2) ? .drain : NodeState.Flags(rawValue: 1 << UInt32(below(27)))
        return NodeState(pick(NodeState.Base.allCases), chance(2) ? [] : flags)
    }

    private mutating func restated(_ node: NodeRecord) -> NodeRecord {
        var node = node
        node.state = state()
        return node
    }

    private mutating func node(_ name: String) -> NodeRecord {
        let state = state()
        let cpus = pick([4, 64, 128])
        let names = somePartitions()
        let allocated = below(cpus + 1)
        let (isDetailed, has) = (chance(2), below(5))
        var node = records.node(
            name, state.base, state.flags, in: names, cpus: chance(20) ? nil : cpus, allocated: allocated)
        node.memoryBytes = 1 << 38
        node.allocatedMemoryBytes = below(1 << 38)
        node.freeMemoryBytes = chance(4) ? nil : below(1 << 38)
        node.load = chance(4) ? nil : Double(below(10_000)) / 100
        node.reason = chance(4) ? "broken" : ""
        if isDetailed {
            node.gpus = records.gpus(["h100": has, "": 1])
            node.allocatedGPUs = chance(3) ? nil : records.gpus(["h100": below(has + 1)])
            let name = records.symbols.intern("gpu:h100")
            node.genericResources = [GenericResource(name: name, total: has, used: chance(3) ? nil : below(has + 1))]
            node.consumedJoules = Double(below(1 << 30))
        }
        node.weight = below(10)
        return node
    }

    private mutating func partition(_ name: String) -> PartitionRecord {
        var partition = PartitionRecord()
        partition.name = records.symbols.intern(name)
        partition.state = pick(PartitionState.allCases)
        partition.maximumTimeSeconds = chance(2) ? .unlimited : .value(below(100_000))
        partition.priorityTier = below(10)
        return partition
    }

    private mutating func newJob() -> JobRecord {
        lastID += 1
        let (names, user, account) = (somePartitions(), pick(["ann", "bob", "cid"]), pick(["physics", "chem"]))
        var job = records.job(
            lastID, in: names, user: user, account: account, qos: pick(["normal", "high"]), cpus: 1 + below(64))
        job.submitted = Timestamp(generation.time - Int64(below(60)))
        job.eligible = job.submitted
        job.reason = records.symbols.intern(pick(["", "Priority", "Resources"]))
        job.restarts = 0
        if chance(3) { job.tasks = TaskCount(known: 1 + below(500), isCut: chance(2)) }
        if chance(4) { job.requested.gpus = records.gpus(["h100": 1 + below(4)]) }
        job.requested.nodes = 1 + below(8)
        job.features = pick(["", "", "ib", "ib&fast", "[rack1|rack2]"])
        job.timeLimitSeconds = chance(3) ? .unlimited : .value(60 * below(100))
        if chance(6) { job.start = Timestamp(generation.time + 1000) }
        if chance(5) {
            job.federationOrigin = records.symbols.intern(pick(["east", "west"]))
            job.federationSiblings = records.names(chance(2) ? ["east", "west"] : ["east"])
        }
        return job
    }

    private mutating func next(_ job: JobRecord, since before: Timestamp.Seconds) -> JobRecord? {
        switch job.state.base {
        case .pending: waiting(job, since: before)
        case .running, .suspended: working(job, since: before)
        default: ended(job)
        }
    }

    /// A moment after the last generation.
    private mutating func moment(since before: Timestamp.Seconds) -> Timestamp {
        Timestamp(before + 1 + Int64(below(59)))
    }

    private mutating func waiting(_ job: JobRecord, since before: Timestamp.Seconds) -> JobRecord {
        var job = job
        guard !job.state.flags.contains(.completing) else { return withoutRun(job) }
        switch below(10) {
        case 0...3:
            if chance(3) { job.partitions = records.names(somePartitions()) }
            start(&job, at: moment(since: before))
            // Some are over before anybody saw them run.
            if chance(4) { end(&job, at: Timestamp(max(job.start!.seconds, moment(since: before).seconds))) }
        case 4: job.partitions = records.names(somePartitions())
        case 5 where chance(3):
            let time = moment(since: before)
            (job.state, job.start, job.end) = (JobState(.cancelled), time, time)
        default: break
        }
        return job
    }

    /// Queued again, and its epilogs are done.
    private func withoutRun(_ job: JobRecord) -> JobRecord {
        var job = job
        job.state.flags = []
        (job.start, job.end, job.nodeList, job.allocated) = (nil, nil, "", Resources())
        return job
    }

    private mutating func start(_ job: inout JobRecord, at time: Timestamp) {
        job.state = JobState(chance(8) ? .suspended : .running, chance(8) ? .configuring : [])
        if !job.partitions.isEmpty { job.partitions = [pick(job.partitions)] }
        job.tasks = .one
        job.start = time
        job.allocated = job.requested
        job.areAllocatedGPUsUnknown = !job.requested.gpus.isEmpty && chance(10)
        job.nodeList = "n[\(below(5))-\(5 + below(5))]"
    }

    private mutating func working(_ job: JobRecord, since before: Timestamp.Seconds) -> JobRecord {
        var job = job
        switch below(8) {
        case 0, 1: end(&job, at: moment(since: before))
        case 2 where chance(4):
            // Queued again, seen while its epilogs run or not.
            job.restarts! += 1
            job.state = JobState(.pending, chance(2) ? [.requeued, .completing] : [])
            job.end = moment(since: before)
        default: break
        }
        return job
    }

    private mutating func end(_ job: inout JobRecord, at time: Timestamp) {
        let ends = JobState.Base.allCases.filter { JobState($0).hasEnded }
        job.state = JobState(pick(ends), chance(2) ? .completing : [])
        job.end = time
    }

    private mutating func ended(_ job: JobRecord) -> JobRecord? {
        var job = job
        job.state.flags = []
        return chance(4) ? nil : job
    }
}

extension Timestamp {
    typealias Seconds = Int64
}
