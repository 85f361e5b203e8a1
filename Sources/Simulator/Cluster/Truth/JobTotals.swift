/// Jobs of the cluster, a partition, a user, an account or a QOS, with every task of an array counted; in JSON those
/// counts stand beside the others.
///
/// A task string that slurmrestd cuts at 64 characters leaves a reader with fewer tasks: `known` is what it can count.
@dynamicMemberLookup
public struct JobTotals: Equatable, Sendable {
    /// Entries of the job list.
    public var records = 0
    /// How many records have a task string that is cut.
    public var cutRecords = 0
    public var counts = JobCounts()
    /// As `counts`, but of a task string that is cut only the tasks that it still names in full.
    public var known = JobCounts()
    /// What jobs whose base state is running or suspended have.
    public var allocated = Amount()
    /// What jobs whose base state is suspended have; also in `allocated`.
    public var suspended = Amount()

    public subscript<Value>(dynamicMember path: KeyPath<JobCounts, Value>) -> Value { counts[keyPath: path] }

    mutating func add(_ job: Job, in cluster: Cluster) {
        let count = cluster.count(of: job)
        let knownCount = job.arrayTasks.exists ? cluster.taskSets[job.arrayTasks].knownCount() : count
        records += 1
        if knownCount < count { cutRecords += 1 }
        counts.add(job, times: count, in: cluster)
        known.add(job, times: knownCount, in: cluster)
        guard job.state.holdsResources else { return }
        Self.add(job, to: &allocated, in: cluster)
        if job.state.base == .suspended { Self.add(job, to: &suspended, in: cluster) }
    }

    private static func add(_ job: Job, to amount: inout Amount, in cluster: Cluster) {
        amount.add(cluster.allocated(to: job))
        for (type, count) in cluster.allocatedGPUs(of: job) { amount.gpusByType.add(count, to: cluster.name(of: type)) }
    }
}

extension JobTotals: Codable {
    private enum Key: CodingKey {
        case records, cutRecords, known, allocated, suspended
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        records = try container.decode(Int.self, forKey: .records)
        cutRecords = try container.decode(Int.self, forKey: .cutRecords)
        known = try container.decode(JobCounts.self, forKey: .known)
        allocated = try container.decode(Amount.self, forKey: .allocated)
        suspended = try container.decode(Amount.self, forKey: .suspended)
        counts = try JobCounts(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        try counts.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(records, forKey: .records)
        try container.encode(cutRecords, forKey: .cutRecords)
        try container.encode(known, forKey: .known)
        try container.encode(allocated, forKey: .allocated)
        try container.encode(suspended, forKey: .suspended)
    }
}
