import RealSlurm

/// What sinfo, squeue and scontrol say, as far as it is compared.
struct SlurmsWords: Sendable {
    let nodes: [NodeReading]
    let nodeRecords: [ControlRecord]
    let jobRecords: [ControlRecord]
    let partitions: [ControlRecord]
    /// Without those tasks that nobody is told of who reads the list of jobs.
    let jobs: [JobReading]
    let limits: LimitWords
    let endedJobs: [AccountedJobReading]

    init(_ slurm: RealSlurm) async throws {
        async let nodes = slurm.nodes()
        async let nodeRecords = slurm.nodeRecords()
        async let jobs = slurm.jobs()
        async let jobRecords = slurm.jobRecords()
        async let partitions = slurm.partitionRecords()
        async let limits = LimitWords(slurm)
        async let endedJobs = slurm.endedJobs()
        self.nodes = try await nodes
        self.nodeRecords = try await nodeRecords.map { $0.only(Self.fieldsOfNodes) }
        self.jobRecords = try await jobRecords.map { $0.only(Self.fieldsOfJobs) }
        self.partitions = try await partitions
        self.limits = try await limits
        self.endedJobs = try await endedJobs
        self.jobs = Self.told(try await jobs, self.jobRecords)
    }

    /// What has changed, of each kind the first.
    func differences(from other: SlurmsWords) -> [String] {
        [
            Self.difference("node", nodes, other.nodes), Self.difference("node", nodeRecords, other.nodeRecords),
            Self.difference("job", jobs, other.jobs), Self.difference("job", jobRecords, other.jobRecords),
            Self.difference("partition", partitions, other.partitions),
            Self.difference("ended job", endedJobs, other.endedJobs),
            limits == other.limits ? nil : "limits: \(limits), not \(other.limits)",
        ].compactMap(\.self)
    }

    private static func difference<Words: Equatable>(_ what: String, _ now: [Words], _ then: [Words]) -> String? {
        guard now != then else { return nil }
        guard let changed = zip(now, then).first(where: { $0 != $1 }) else {
            return "\(now.count) of \(what), not \(then.count)"
        }
        return "\(what): \(changed.0), not \(changed.1)"
    }

    private static let fieldsOfNodes = [
        "NodeName", "State", "Version", "Arch", "OS", "AvailableFeatures", "Gres", "Weight", "NodeAddr", "BootTime",
        "LastBusyTime", "SlurmdStartTime",
    ]
    private static let fieldsOfJobs = ["JobId", "ArrayJobId", "ArrayTaskId", "Partition", "JobState", "Features"]

    /// Of a list of tasks that Slurm cuts, those that can be read; of an array that ended before any task started, one:
    /// it ended as one record, of which squeue still makes its tasks.
    private static func told(_ jobs: [JobReading], _ records: [ControlRecord]) -> [JobReading] {
        let lists = Dictionary(
            records.compactMap { record in record.cutTasks.map { (record.number("JobId") ?? 0, $0) } },
            uniquingKeysWith: { first, _ in first })
        var arraysThatEnded: Set<Int> = []
        return jobs.filter { job in
            if job.state == "CANCELLED", job.arrayTask != nil { return arraysThatEnded.insert(job.identifier).inserted }
            guard let list = lists[job.identifier], let task = job.arrayTask else { return true }
            return list.contains(task)
        }
    }

    /// Each node in each of its partitions.
    var memberships: [(partition: String, node: NodeReading)] {
        nodes.flatMap { node in node.partitions.map { ($0, node) } }
    }

    /// Each job in each partition that it may start in.
    var queues: [(partition: String, job: JobReading)] {
        jobs.flatMap { job in job.partitions.map { ($0, job) } }
    }
}

extension ControlRecord {
    /// The tasks that can be read of a list that Slurm has cut; nil for a list that is whole. The last that is there is
    /// a task, too, if not the one that can be read.
    fileprivate var cutTasks: Set<Int>? {
        guard let list = self["ArrayTaskId"], list.hasSuffix("...") else { return nil }
        return Set(list.dropLast(3).split(separator: ",").compactMap { Int($0) })
    }

    var isCut: Bool { self["ArrayTaskId"]?.hasSuffix("...") == true }

    /// What stands behind the state of a node.
    var flags: [String] { (self["State"] ?? "").split(separator: "+").dropFirst().map { $0.lowercased() } }
}

extension NodeReading {
    /// Bytes for sinfo's MiB.
    var memoryBytes: Int { memory << 20 }
    var allocatedMemoryBytes: Int { allocatedMemory << 20 }
    var freeMemoryBytes: Int { (freeMemory ?? 0) << 20 }

    var gpus: [String: Int] { Self.gpus(gres) }
    var usedGPUs: [String: Int] { Self.gpus(usedGres) }

    private static func gpus(_ gres: [String: Int]) -> [String: Int] {
        Dictionary(
            uniqueKeysWithValues: gres.filter { $0.key.hasPrefix("gpu") }.map { ("\($0.key.dropFirst(4))", $0.value) })
    }

    /// The first by name.
    var home: String { partitions.min() ?? "" }
}

extension JobReading {
    var home: String { partitions.first ?? "" }

    var isHeld: Bool { isWaiting && priority == 0 }

    var isWaiting: Bool { ["PENDING", "SPECIAL_EXIT", "REQUEUE_HOLD"].contains(state) }

    /// Whether it runs or is suspended; nil for neither.
    var holding: String? {
        switch state {
        case "RUNNING", "CONFIGURING", "STOPPED": "running"
        case "SUSPENDED": "suspended"
        default: nil
        }
    }

    var gpus: [String: Double] {
        let prefix = "gres/gpu:"
        return Dictionary(
            uniqueKeysWithValues: resources.amounts.filter { $0.key.hasPrefix(prefix) }
                .map { ("\($0.key.dropFirst(prefix.count))", $0.value) })
    }
}
