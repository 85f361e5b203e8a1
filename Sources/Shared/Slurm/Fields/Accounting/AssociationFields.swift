/// Reads associations of `/slurmdb/…/associations`, v0.0.38 to v0.0.46.
struct AssociationFields: RecordFields {
    static let place = RecordPlace(path: ["associations"])

    private(set) var record = AssociationRecord()

    enum Field: UInt8 {
        case cluster, account, user, partition, parent, isDefault, shares
        case group, groupMinutes, groupJobs, groupSubmitted, groupWall, job, node, jobMinutes, jobWall, jobs, submitted
    }

    static let keys: [(key: StaticString, field: Field)] = [
        ("cluster", .cluster), ("account", .account), ("user", .user), ("partition", .partition),
        ("parent_account", .parent), ("is_default", .isDefault), ("shares_raw", .shares), ("max.tres.total", .group),
        ("max.tres.group.minutes", .groupMinutes), ("max.tres.per.node", .node),
        ("max.tres.minutes.per.job", .jobMinutes),
        ("max.jobs.per.count", .groupJobs), ("max.jobs.per.submitted", .groupSubmitted),
        ("max.per.account.wall_clock", .groupWall), ("max.tres.per.job", .job), ("max.jobs.per.wall_clock", .jobWall),
        ("max.jobs.active", .jobs), ("max.jobs.total", .submitted),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .cluster: try reading.symbol(&record.cluster, text, start)
        case .account: try reading.symbol(&record.account, text, start)
        case .user: try reading.symbol(&record.user, text, start)
        case .partition: try reading.symbol(&record.partition, text, start)
        case .parent: try reading.symbol(&record.parent, text, start)
        case .isDefault: try reading.truth(&record.isDefault, text, start)
        case .shares: try reading.count(&record.shares, text, start)
        case .group: try reading.amounts(&record.limits.group, text, start)
        case .groupMinutes: try reading.amounts(&record.limits.groupMinutes, text, start)
        case .groupJobs: try reading.count(&record.limits.groupJobs, text, start)
        case .groupSubmitted: try reading.count(&record.limits.groupSubmittedJobs, text, start)
        case .groupWall: try reading.minutes(&record.limits.groupWallSeconds, text, start)
        case .job: try reading.amounts(&record.limits.job, text, start)
        case .node: try reading.amounts(&record.limits.node, text, start)
        case .jobMinutes: try reading.amounts(&record.limits.jobMinutes, text, start)
        case .jobWall: try reading.minutes(&record.limits.jobWallSeconds, text, start)
        case .jobs: try reading.count(&record.limits.jobs, text, start)
        case .submitted: try reading.count(&record.limits.submittedJobs, text, start)
        }
    }

    mutating func complete(_ reading: inout Reading) {
        // What Slurm writes for "use the parent's".
        if record.shares == 0x7FFF_FFFF { record.shares = nil }
    }
}
