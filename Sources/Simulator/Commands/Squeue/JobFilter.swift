import SimulatedCluster

/// Which jobs squeue shows. A list that wasn't given lets all through.
struct JobFilter {
    /// Nothing is what runs, waits or completes.
    var states: JobStates.Wanted?
    var allStates = false
    var allPartitions = false
    var users: [Text]?
    var accounts: [Text]?
    var partitions: [Text]?
    var qos: [Text]?
    var names: [Text]?
    var reservations: [Text]?
    var jobs: [JobSelection]?

    func admits(_ job: Job, in cluster: Cluster) -> Bool {
        admitsState(job.state) && (showsAll || !job.state.flags.contains(.revoked))
            && admitsPartition(of: job, in: cluster) && admitsOwner(of: job, in: cluster)
            && admitsRest(of: job, in: cluster)
    }

    /// Whether slurmctld sends what it hides otherwise: hidden partitions' jobs, and the revoked copies of jobs that another
    /// member of the federation runs.
    private var showsAll: Bool { allPartitions || partitions != nil || jobs != nil }

    private func admitsState(_ state: JobState) -> Bool {
        if allStates { return true }
        return states?.contains(state) ?? JobStates.isActive(state)
    }

    /// A job is hidden with the first of its partitions: where it waits for several, one that is shown is enough.
    private func admitsPartition(of job: Job, in cluster: Cluster) -> Bool {
        if showsAll, partitions == nil { return true }
        return cluster.partitions(of: job).contains { partition in
            let partition = cluster.partitions[partition]
            guard showsAll || !partition.flags.contains(.hidden) else { return false }
            return partitions?.contains(partition.name) ?? true
        }
    }

    private func admitsOwner(of job: Job, in cluster: Cluster) -> Bool {
        if let users, !users.contains(where: { cluster.users[job.user].isCalled($0) }) { return false }
        guard let accounts else { return true }
        return job.account.exists && accounts.containsIgnoringCase(cluster.accounts[job.account].name)
    }

    private func admitsRest(of job: Job, in cluster: Cluster) -> Bool {
        if let jobs, !jobs.contains(where: { $0.matches(job) }) { return false }
        if let names, !names.containsIgnoringCase(cluster.scripts[job.script].name) { return false }
        if let qos, !(job.qos.exists && qos.containsIgnoringCase(cluster.qos[job.qos].name)) { return false }
        guard let reservations else { return true }
        return job.reservation.exists && reservations.contains(cluster.reservations[job.reservation].name)
    }
}

/// A job as people write it: `123`, `123_4`, `123+1`.
struct JobSelection {
    let id: UInt32
    var task: UInt32?
    var offset: UInt8?

    init?(_ text: Text) {
        let digits = text.bytes.prefix { $0.isASCIIDigit }
        guard let id = UInt32(String(decoding: digits, as: UTF8.self)) else { return nil }
        self.id = id
        let rest = text.bytes.dropFirst(digits.count)
        let number = String(decoding: rest.dropFirst(), as: UTF8.self)
        switch rest.first {
        case nil: break
        case UInt8(ascii: "_"):
            guard let task = UInt32(number) else { return nil }
            self.task = task
        case UInt8(ascii: "+"):
            guard let offset = UInt8(number) else { return nil }
            self.offset = offset
        default: return nil
        }
    }

    func matches(_ job: Job) -> Bool {
        if let task { return job.arrayJob == id && job.arrayTaskID == task }
        if let offset { return job.hetJob == id && job.hetOffset == offset }
        return job.id == id || job.arrayJob == id || job.hetJob == id
    }
}

extension [Text] {
    func containsIgnoringCase(_ name: Text) -> Bool { contains { $0.equalsIgnoringCase(name) } }
}

extension User {
    func isCalled(_ name: Text) -> Bool { self.name == name || Int(uid) == name.number }
}
