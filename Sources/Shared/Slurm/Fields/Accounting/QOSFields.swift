/// Reads `/slurmdb/…/qos`, v0.0.38 to v0.0.46.
struct QOSFields: RecordFields {
    static let place = RecordPlace(path: ["qos"])

    private(set) var record = QOSRecord()
    private var usageFactor = SlurmNumber.unset

    enum Field: UInt8 {
        case name, id, description, priority, flags, preempts, preemptModes, grace, usageFactor
        case group, groupMinutes, groupJobs, groupSubmitted, groupWall, job, node, jobMinutes, jobWall, leastOfJob
        case user, jobs, submitted, account, accountJobs, accountSubmitted
    }

    static let keys: [(key: StaticString, field: Field)] = [
        ("name", .name), ("id", .id), ("description", .description), ("priority", .priority), ("flags", .flags),
        ("preempt.list", .preempts), ("preempt.mode", .preemptModes), ("limits.grace_time", .grace),
        ("usage_factor", .usageFactor), ("limits.max.tres.total", .group),
        ("limits.max.active_jobs.count", .groupJobs), ("limits.max.jobs.count", .groupSubmitted),
        ("limits.max.wall_clock.per.qos", .groupWall), ("limits.max.tres.per.job", .job),
        ("limits.max.wall_clock.per.job", .jobWall), ("limits.max.tres.per.user", .user),
        ("limits.max.jobs.active_jobs.per.user", .jobs), ("limits.max.jobs.per.user", .submitted),
        ("limits.max.tres.minutes.per.qos", .groupMinutes), ("limits.max.tres.per.node", .node),
        ("limits.max.tres.minutes.per.job", .jobMinutes), ("limits.min.tres.per.job", .leastOfJob),
        ("limits.max.tres.per.account", .account), ("limits.max.jobs.active_jobs.per.account", .accountJobs),
        ("limits.max.jobs.per.account", .accountSubmitted),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .name: try reading.symbol(&record.name, text, start)
        case .id: try reading.count(&record.id, text, start)
        case .description: try reading.string(&record.description, text, start)
        case .priority: try reading.count(&record.priority, text, start)
        case .flags: try reading.names(&record.flags, text, start)
        case .preempts: try reading.names(&record.preempts, text, start)
        case .preemptModes: try reading.names(&record.preemptModes, text, start)
        case .grace: try reading.count(&record.graceSeconds, text, start)
        case .usageFactor: try reading.number(&usageFactor, text, start)
        case .group: try reading.amounts(&record.limits.group, text, start)
        case .groupMinutes: try reading.amounts(&record.limits.groupMinutes, text, start)
        case .groupJobs: try reading.count(&record.limits.groupJobs, text, start)
        case .groupSubmitted: try reading.count(&record.limits.groupSubmittedJobs, text, start)
        case .groupWall: try reading.minutes(&record.limits.groupWallSeconds, text, start)
        case .job: try reading.amounts(&record.limits.job, text, start)
        case .node: try reading.amounts(&record.limits.node, text, start)
        case .jobMinutes: try reading.amounts(&record.limits.jobMinutes, text, start)
        case .jobWall: try reading.minutes(&record.limits.jobWallSeconds, text, start)
        case .leastOfJob: try reading.amounts(&record.limits.leastOfJob, text, start)
        case .user: try reading.amounts(&record.limits.user, text, start)
        case .jobs: try reading.count(&record.limits.jobs, text, start)
        case .submitted: try reading.count(&record.limits.submittedJobs, text, start)
        case .account: try reading.amounts(&record.limits.account, text, start)
        case .accountJobs: try reading.count(&record.limits.accountJobs, text, start)
        case .accountSubmitted: try reading.count(&record.limits.accountSubmittedJobs, text, start)
        }
    }

    mutating func complete(_ reading: inout Reading) {
        record.usageFactor = usageFactor.double
    }
}
