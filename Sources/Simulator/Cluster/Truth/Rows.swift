/// What happened: counted since step 0, and one by one for the last step.
public struct EventsTruth: Codable, Sendable {
    public let submitted: Int
    public let started: Int
    /// By base state of the end, as slurmrestd names it.
    public let ended: Counts
    public let requeued: Int
    public let lastStarts: [Start]
    public let lastEnds: [End]

    public struct Start: Codable, Sendable {
        public let job: UInt32
        /// From eligible to start.
        public let waitSeconds: Int
        public let partition: String
        public let qos: String
    }

    public struct End: Codable, Sendable {
        public let job: UInt32
        public let runSeconds: Int
        public let partition: String
        public let qos: String
        public let state: String
    }

    init(_ cluster: Cluster) {
        let events = cluster.events
        func qos(_ ref: Ref<QOS>) -> String { ref.exists ? cluster.qos[ref].name.repaired : "" }
        submitted = events.submitted
        started = events.started
        requeued = events.requeued
        var counts = Counts()
        for state in JobState.Base.allCases { counts.add(events.ended[Int(state.rawValue)], to: "\(state.name)") }
        ended = counts
        lastStarts = events.lastStarts.map {
            Start(
                job: $0.job, waitSeconds: $0.wait, partition: cluster.partitions[$0.partition].name.repaired,
                qos: qos($0.qos))
        }
        lastEnds = events.lastEnds.map {
            End(
                job: $0.job, runSeconds: $0.run, partition: cluster.partitions[$0.partition].name.repaired,
                qos: qos($0.qos), state: "\($0.state.name)")
        }
    }
}

public struct ReservationTruth: Codable, Sendable {
    public let name: String
    public let isActive: Bool
    public let start: Timestamp
    public let end: Timestamp
    public let resources: Amount
    /// As configured, specialised cores among them.
    public let configuredCPUs: Int
    public let cores: Int
    /// Nodes that say that they are in it, by effective state.
    public let nodesByState: Counts

    init(_ reservation: Reservation, in cluster: Cluster) {
        name = reservation.name.repaired
        isActive = reservation.isActive(at: cluster.now)
        start = reservation.start
        end = reservation.end
        let nodes = reservation.nodes.map { cluster.nodes[$0] }
        resources = nodes.reduce(into: Amount()) { $0.add(cluster.resources(of: $1)) }
        configuredCPUs = nodes.reduce(0) { $0 + Int($1.cpus) }
        cores = nodes.reduce(0) { $0 + Int($1.sockets) * Int($1.coresPerSocket) }
        nodesByState = nodes.reduce(into: Counts()) { counts, node in
            guard node.state.base != .future, node.reservation.exists else { return }
            let isHere = cluster.reservations[node.reservation].name == reservation.name
            counts.add(isHere ? 1 : 0, to: node.state.effective.rawValue)
        }
    }
}

public struct LicenseTruth: Codable, Sendable {
    public let name: String
    public let total: Int
    public let used: Int
    public let free: Int
    public let reserved: Int
    public let isRemote: Bool

    init(_ license: License) {
        name = license.name.repaired
        total = license.total
        used = license.used
        free = license.free
        reserved = license.reserved
        isRemote = license.isRemote
    }
}

public struct ShareTruth: Codable, Sendable {
    public let account: String
    /// "" for an account's own row.
    public let user: String
    public let partition: String
    /// Nothing is `parent`.
    public let shares: Int?
    public let normalizedShares: Double
    public let usageSeconds: UInt64
    public let normalizedUsage: Double
    public let effectiveUsage: Double
    /// Only of users.
    public let factor: Double?
    /// Nothing is infinite: no use so far.
    public let level: Double?

    init(_ row: ShareRow, in cluster: Cluster) {
        let entry = cluster.associations[row.association]
        account = cluster.accounts[entry.account].name.repaired
        user = entry.user.exists ? cluster.users[entry.user].name.repaired : ""
        partition = entry.partition.exists ? cluster.partitions[entry.partition].name.repaired : ""
        shares = row.shares.map { Int($0) }
        normalizedShares = row.normalizedShares
        usageSeconds = row.usage
        normalizedUsage = row.normalizedUsage
        effectiveUsage = row.effectiveUsage
        factor = row.factor
        level = row.level.isFinite ? row.level : nil
    }
}

/// Limits of an association or a QOS and what is used of them. A limit that is nothing is not set; 0 is a limit.
public struct UsageTruth: Codable, Sendable {
    public let name: String
    public let user: String
    public let partition: String
    public let runningJobs: Int
    /// Running, suspended and waiting ones, array tasks each.
    public let submittedJobs: Int
    public let cpus: Int
    public let memoryBytes: Int
    public let nodes: Int
    public let gpus: Int
    public let groupCPUs: Int?
    public let groupMemoryMebibytes: Int?
    public let groupNodes: Int?
    public let groupGPUs: Int?
    public let groupJobs: Int?
    public let groupSubmittedJobs: Int?
    /// An association's own; a QOS's of each user.
    public let maxJobs: Int?
    public let maxSubmittedJobs: Int?
    public let limits: LimitsTruth

    init(_ association: Association, in cluster: Cluster) {
        self.init(
            name: cluster.accounts[association.account].name.repaired,
            user: association.user.exists ? cluster.users[association.user].name.repaired : "",
            partition: association.partition.exists ? cluster.partitions[association.partition].name.repaired : "",
            association.usage, cluster.limits[association.limits])
    }

    init(_ qos: QOS) {
        self.init(name: qos.name.repaired, user: "", partition: "", qos.usage, qos.limits)
    }

    private init(name: String, user: String, partition: String, _ usage: Usage, _ limits: Limits) {
        self.name = name
        self.user = user
        self.partition = partition
        runningJobs = usage.running
        submittedJobs = usage.submitted
        cpus = usage.held.cpus
        memoryBytes = usage.held.memory << 20
        nodes = usage.held.nodes
        gpus = usage.held.gpus
        groupCPUs = limits.group.cpus.value
        groupMemoryMebibytes = limits.group.memory.value
        groupNodes = limits.group.nodes.value
        groupGPUs = limits.group.gpus.value
        groupJobs = limits.groupJobs.value
        groupSubmittedJobs = limits.groupSubmitted.value
        maxJobs = limits.jobs.value
        maxSubmittedJobs = limits.submitted.value
        self.limits = LimitsTruth(limits)
    }
}

/// Every limit that is set, those of 0 left out. Resources by their TRES names, memory in bytes.
public struct LimitsTruth: Codable, Sendable {
    public let group: Counts
    public let groupMinutes: Counts
    public let job: Counts
    public let node: Counts
    public let jobMinutes: Counts
    public let leastOfJob: Counts
    public let user: Counts
    public let account: Counts
    /// Those that are no resources, time in seconds.
    public let others: Counts

    init(_ limits: Limits) {
        group = Counts(limits.group)
        groupMinutes = Counts(limits.groupMinutes)
        job = Counts(limits.perJob)
        node = Counts(limits.perNode)
        jobMinutes = Counts(limits.minutesPerJob)
        leastOfJob = Counts(limits.minPerJob)
        user = Counts(limits.perUser)
        account = Counts(limits.perAccount)
        var others = Counts()
        for (name, limit) in [
            ("groupJobs", limits.groupJobs), ("groupSubmitted", limits.groupSubmitted), ("jobs", limits.jobs),
            ("submitted", limits.submitted), ("jobsPerAccount", limits.jobsPerAccount),
        ] { others.add(limit.value ?? 0, to: name) }
        others.add((limits.groupWall.value ?? 0) * 60, to: "groupWallSeconds")
        others.add((limits.wall.minutes ?? 0) * 60, to: "wallSeconds")
        self.others = others
    }
}

extension Counts {
    fileprivate init(_ limits: ResourceLimits) {
        self.init()
        add(limits.cpus.value ?? 0, to: "cpu")
        add((limits.memory.value ?? 0) << 20, to: "mem")
        add(limits.nodes.value ?? 0, to: "node")
        add(limits.billing.value ?? 0, to: "billing")
        add(limits.gpus.value ?? 0, to: "gres/gpu")
    }
}

/// slurmdbd's figures that an exporter shows. Microseconds.
public struct DatabaseTruth: Codable, Sendable {
    public let since: Timestamp
    public let callsByType: Counts
    public let callMicrosecondsByType: Counts
    public let callsByUser: Counts
    /// By period.
    public let rollups: Counts
    public let lastRollupMicroseconds: Counts

    init(_ statistics: DatabaseStatistics, in cluster: Cluster) {
        since = statistics.since
        callsByType = statistics.callsByType.reduce(into: Counts()) { $0.add($1.count, to: $1.type.repaired) }
        callMicrosecondsByType = statistics.callsByType.reduce(into: Counts()) {
            $0.add($1.totalTime, to: $1.type.repaired)
        }
        callsByUser = statistics.callsByUser.reduce(into: Counts()) { counts, calls in
            let user = cluster.users[calls.user]
            counts.add(calls.count, to: user.name.isEmpty ? "\(user.uid)" : user.name.repaired)
        }
        let periods = [("hourly", statistics.hourly), ("daily", statistics.daily), ("monthly", statistics.monthly)]
        rollups = periods.reduce(into: Counts()) { $0.add($1.1.count, to: $1.0) }
        lastRollupMicroseconds = periods.reduce(into: Counts()) { $0.add($1.1.cycle.last, to: $1.0) }
    }
}

/// A kind of resource that accounting tracks.
public struct TrackedTruth: Codable, Sendable {
    public let name: String
    public let count: Int

    init(_ tres: TRES) {
        let unit = tres.type.repaired == "mem" ? 20 : 0
        name = tres.name.isEmpty ? tres.type.repaired : "\(tres.type.repaired)/\(tres.name.repaired)"
        count = (tres.count ?? 0) << unit
    }
}

/// sdiag's figures that an exporter shows. Microseconds.
public struct DiagTruth: Codable, Sendable {
    public let since: Timestamp
    public let submitted: Int
    public let started: Int
    public let completed: Int
    public let canceled: Int
    public let failed: Int
    public let pending: Int
    public let running: Int
    public let cycles: Int
    public let cycleLast: Int
    public let cycleMax: Int
    public let cycleMean: Int
    public let queue: Int
    public let backfilledJobs: Int
    public let backfillCycles: Int
    public let backfillCycleLast: Int
    public let backfillCycleMean: Int
    public let backfillCycleMax: Int
    public let serverThreads: Int
    public let agentQueue: Int
    public let databaseQueue: Int
    public let callsByType: Counts
    public let callMicrosecondsByType: Counts
    public let callsByUser: Counts
    public let callMicrosecondsByUser: Counts

    init(_ statistics: Statistics, in cluster: Cluster) {
        let daily = statistics.daily
        since = statistics.since
        submitted = daily.submitted
        started = daily.started
        completed = daily.completed
        canceled = daily.canceled
        failed = daily.failed
        pending = statistics.pendingJobs
        running = statistics.runningJobs
        cycles = daily.cycles
        cycleLast = daily.cycle.last
        cycleMax = daily.cycle.max
        cycleMean = daily.cycle.mean(of: daily.cycles)
        queue = statistics.scheduleQueue
        backfilledJobs = statistics.backfilledJobs
        backfillCycles = daily.backfillCycles
        backfillCycleLast = daily.backfillCycle.last
        backfillCycleMean = daily.backfillCycle.mean(of: daily.backfillCycles)
        backfillCycleMax = daily.backfillCycle.max
        serverThreads = statistics.serverThreads
        agentQueue = statistics.agentQueue
        databaseQueue = statistics.databaseQueue
        callsByType = statistics.callsByType.reduce(into: Counts()) { $0.add($1.count, to: $1.type.repaired) }
        callMicrosecondsByType = statistics.callsByType.reduce(into: Counts()) {
            $0.add($1.totalTime, to: $1.type.repaired)
        }
        func name(_ calls: CallsByUser) -> String { cluster.users[calls.user].label }
        callsByUser = statistics.callsByUser.reduce(into: Counts()) { $0.add($1.count, to: name($1)) }
        callMicrosecondsByUser = statistics.callsByUser.reduce(into: Counts()) { $0.add($1.totalTime, to: name($1)) }
    }
}

/// What the accounting database has of ended jobs by now.
public struct AccountingTruth: Codable, Sendable {
    /// Records: a requeued job counts once for each run.
    public let records: Int
    public let byState: Counts
    public let elapsedSeconds: Int
    /// Allocated CPUs times elapsed seconds.
    public let cpuSeconds: Int
    public let gpuSeconds: Int
    public let userMicroseconds: UInt64
    public let systemMicroseconds: UInt64

    init(_ cluster: Cluster) {
        var records = 0
        var states = Counts()
        var elapsed = (wall: 0, cpu: 0, gpu: 0)
        var used: (user: UInt64, system: UInt64) = (0, 0)
        for job in cluster.accountedJobs {
            records += 1
            states.add(1, to: "\(job.state.base.name)")
            elapsed.wall += job.elapsed
            elapsed.cpu += job.elapsed * Int(job.allocatedCPUs)
            elapsed.gpu += job.elapsed * Int(job.allocatedGPUs)
            let time = job.cpuMicroseconds
            used.user += time.user
            used.system += time.system
        }
        self.records = records
        byState = states
        elapsedSeconds = elapsed.wall
        cpuSeconds = elapsed.cpu
        gpuSeconds = elapsed.gpu
        userMicroseconds = used.user
        systemMicroseconds = used.system
    }
}
