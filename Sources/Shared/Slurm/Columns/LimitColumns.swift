/// Reads `sacctmgr --noheader --parsable2 show associations format=…`.
struct AssociationColumns: TableColumns {
    typealias Record = AssociationRecord

    static let format =
        "Cluster,Account,User,Partition,ParentName,Share,GrpTRES,GrpTRESMins,GrpJobs,GrpSubmit,GrpWall,MaxTRES,MaxTRESPerNode,MaxTRESMins,MaxWall,MaxJobs,MaxSubmit"

    enum Column: UInt8, CaseIterable {
        case cluster, account, user, partition, parent, shares, group, groupMinutes, groupJobs, groupSubmitted
        case groupWall, job, node, jobMinutes, jobWall, jobs, submitted
    }

    private var association = AssociationRecord()

    mutating func take(_ column: Column, _ text: RawSpan, _ reading: inout Reading) {
        switch column {
        case .cluster: association.cluster = reading.symbol(text)
        case .account: association.account = reading.symbol(text)
        case .user: association.user = reading.symbol(text)
        case .partition: association.partition = reading.symbol(text)
        case .parent: association.parent = reading.symbol(text)
        case .shares: association.shares = text.hasSameBytes(as: "parent") ? nil : reading.count(text)
        case .group: association.limits.group = reading.amounts(text)
        case .groupMinutes: association.limits.groupMinutes = reading.amounts(text)
        case .groupJobs: association.limits.groupJobs = reading.count(text)
        case .groupSubmitted: association.limits.groupSubmittedJobs = reading.count(text)
        case .groupWall: association.limits.groupWallSeconds = reading.duration(text).integer
        case .job: association.limits.job = reading.amounts(text)
        case .node: association.limits.node = reading.amounts(text)
        case .jobMinutes: association.limits.jobMinutes = reading.amounts(text)
        case .jobWall: association.limits.jobWallSeconds = reading.duration(text).integer
        case .jobs: association.limits.jobs = reading.count(text)
        case .submitted: association.limits.submittedJobs = reading.count(text)
        }
    }

    mutating func complete(_ reading: inout Reading) -> AssociationRecord? {
        association.account.isEmpty ? nil : association
    }
}

/// Reads `sacctmgr --noheader --parsable2 show qos format=…`.
struct QOSColumns: TableColumns {
    typealias Record = QOSRecord

    static let format =
        "Name,ID,Priority,GraceTime,Preempt,PreemptMode,Flags,UsageFactor,GrpTRES,GrpTRESMins,GrpJobs,GrpSubmit,GrpWall,MaxTRES,MaxTRESPerNode,MaxTRESMins,MinTRES,MaxWall,MaxTRESPU,MaxJobsPU,MaxSubmitPU,MaxTRESPA,MaxJobsPA,MaxSubmitPA"

    enum Column: UInt8, CaseIterable {
        case name, id, priority, grace, preempts, preemptModes, flags, usageFactor, group, groupMinutes, groupJobs
        case groupSubmitted, groupWall, job, node, jobMinutes, leastOfJob, jobWall, user, jobs, submitted
        case account, accountJobs, accountSubmitted
    }

    private var qos = QOSRecord()

    mutating func take(_ column: Column, _ text: RawSpan, _ reading: inout Reading) {
        switch column {
        case .name: qos.name = reading.symbol(text)
        case .id: qos.id = reading.count(text)
        case .priority: qos.priority = reading.count(text)
        case .grace: qos.graceSeconds = reading.duration(text).integer
        case .preempts: qos.preempts = reading.names(text)
        case .preemptModes: takeModes(text, &reading)
        case .flags: takeFlags(text, &reading)
        case .usageFactor: qos.usageFactor = reading.number(text).double
        case .group: qos.limits.group = reading.amounts(text)
        case .groupMinutes: qos.limits.groupMinutes = reading.amounts(text)
        case .groupJobs: qos.limits.groupJobs = reading.count(text)
        case .groupSubmitted: qos.limits.groupSubmittedJobs = reading.count(text)
        case .groupWall: qos.limits.groupWallSeconds = reading.duration(text).integer
        case .job: qos.limits.job = reading.amounts(text)
        case .node: qos.limits.node = reading.amounts(text)
        case .jobMinutes: qos.limits.jobMinutes = reading.amounts(text)
        case .leastOfJob: qos.limits.leastOfJob = reading.amounts(text)
        case .jobWall: qos.limits.jobWallSeconds = reading.duration(text).integer
        case .user: qos.limits.user = reading.amounts(text)
        case .jobs: qos.limits.jobs = reading.count(text)
        case .submitted: qos.limits.submittedJobs = reading.count(text)
        case .account: qos.limits.account = reading.amounts(text)
        case .accountJobs: qos.limits.accountJobs = reading.count(text)
        case .accountSubmitted: qos.limits.accountSubmittedJobs = reading.count(text)
        }
    }

    /// slurmrestd has them in capitals, and where sacctmgr says that it is the cluster's, that there is none.
    private mutating func takeModes(_ text: RawSpan, _ reading: inout Reading) {
        text.split(.comma) { mode in
            if mode.isWord("cluster") { return qos.preemptModes.append(reading.symbols.intern("DISABLED")) }
            qos.preemptModes.append(reading.symbols.intern(mode.repairedString.text.uppercased()))
        }
    }

    private mutating func takeFlags(_ text: RawSpan, _ reading: inout Reading) {
        text.split(.comma) { flag in
            let word = Self.flags.first { flag.isWord($0.name) }?.word
            qos.flags.append(word.map { reading.symbols.intern("\($0)") } ?? reading.intern(flag))
        }
    }

    /// As sacctmgr calls them, and as slurmrestd does.
    private static let flags: [(name: StaticString, word: StaticString)] = [
        ("partitionminnodes", "PARTITION_MINIMUM_NODE"), ("partitionmaxnodes", "PARTITION_MAXIMUM_NODE"),
        ("partitiontimelimit", "PARTITION_TIME_LIMIT"), ("enforceusagethreshold", "ENFORCE_USAGE_THRESHOLD"),
        ("noreserve", "NO_RESERVE"), ("requiresreservation", "REQUIRED_RESERVATION"), ("denyonlimit", "DENY_LIMIT"),
        ("overpartqos", "OVERRIDE_PARTITION_QOS"), ("nodecay", "NO_DECAY"),
        ("usagefactorsafe", "USAGE_FACTOR_SAFE"), ("relative", "RELATIVE"),
    ]

    mutating func complete(_ reading: inout Reading) -> QOSRecord? { qos.name.isEmpty ? nil : qos }
}
