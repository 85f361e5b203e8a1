import SimulatedCluster

/// `/slurmdb/v0.0.N/qos`, in the order of the document.
enum QOSFields {
    static let all: [Field<QOS>] = identity + group + each + preemption

    private static let identity: [Field<QOS>] = [
        .text("description") { qos, _ in qos.description },
        .value("flags") { qos, _, writer in
            writer.list(QOSFlags.names.filter { qos.flags.contains($0.flag) }) { $1.ascii($0.name) }
        },
        .integer("id") { qos, _ in Int(qos.id) },
    ]

    private static let group: [Field<QOS>] = [
        .integer("limits/grace_time", .upTo(.v38)) { qos, _ in qos.graceTime },
        .number("limits/grace_time", .only(.v39)) { qos, _ in .value(qos.graceTime) },
        .integer("limits/grace_time", .since(.v40)) { qos, _ in qos.graceTime },
        .constant("limits/max/active_jobs/accruing") { $0.limit(.unset) },
        .value("limits/max/active_jobs/count") { $2.limit($0.limits.groupJobs) },
        .value("limits/max/jobs/count", .since(.v42)) { $2.limit($0.limits.groupSubmitted) },
        .value("limits/max/tres/total") { $2.tres($1.tres($0.limits.group), $1) },
        .value("limits/max/tres/minutes/total", .since(.v42)) { $2.tres($1.tres($0.limits.groupMinutes), $1) },
        .value("limits/max/tres/minutes/per/qos") { $2.tres($1.tres($0.limits.groupMinutes), $1) },
        .text("name") { qos, _ in qos.name },
        .value("limits/max/wall_clock/per/qos") { $2.limit($0.limits.groupWall) },
    ]

    private static let each: [Field<QOS>] = [
        .fraction("limits/factor", .upTo(.v38)) { _, _ in nil },
        .double("limits/factor", .only(.v39)) { _, _ in 4_294_967_295 },
        .fraction("limits/factor", .since(.v40)) { _, _ in .infinity },
        .value("limits/max/jobs/active_jobs/per/account") { $2.limit($0.limits.jobsPerAccount) },
        .value("limits/max/jobs/active_jobs/per/user") { $2.limit($0.limits.jobs) },
        .constant("limits/max/accruing/per/account") { $0.limit(.unset) },
        .constant("limits/max/accruing/per/user") { $0.limit(.unset) },
        .constant("limits/max/jobs/per/account") { $0.limit(.unset) },
        .value("limits/max/jobs/per/user") { $2.limit($0.limits.submitted) },
        .value("limits/max/tres/minutes/per/job") { $2.tres($1.tres($0.limits.minutesPerJob), $1) },
        .value("limits/max/tres/per/account") { $2.tres($1.tres($0.limits.perAccount), $1) },
        .value("limits/max/tres/per/job") { $2.tres($1.tres($0.limits.perJob), $1) },
        .value("limits/max/tres/per/node") { $2.tres($1.tres($0.limits.perNode), $1) },
        .value("limits/max/tres/per/user") { $2.tres($1.tres($0.limits.perUser), $1) },
        .constant("limits/max/tres/minutes/per/account", words: []),
        .constant("limits/max/tres/minutes/per/user", words: []),
        .value("limits/max/wall_clock/per/job") { $2.limit($0.limits.wall) },
        .constant("limits/min/priority_threshold") { $0.limit(.unset) },
        .value("limits/min/tres/per/job") { $2.tres($1.tres($0.limits.minPerJob), $1) },
    ]

    private static let preemption: [Field<QOS>] = [
        .value("preempt/list") { qos, source, writer in
            writer.list(qos.preempts) { $1.text(source.name(of: $0)) }
        },
        .value("preempt/mode") { qos, source, writer in
            let isSilent = source.version <= .v38 && qos.preemptMode == .disabled
            writer.list(isSilent ? [] : [qos.preemptMode.rawValue]) { $1.string($0) }
        },
        .constant("preempt/exempt_time") { $0.limit(.unset) },
        .number("priority") { qos, _ in .value(Int(qos.priority)) },
        .fraction("usage_factor") { qos, _ in qos.usageFactor },
        .fraction("usage_threshold") { qos, source in
            qos.usageThreshold ?? (source.version <= .v38 ? nil : .infinity)
        },
    ]
}

extension JSONWriter {
    /// A limit that isn't set: null up to v0.0.38, infinite later.
    mutating func limit(_ limit: Limit) {
        if let value = limit.value { number(.value(value)) } else { number(.infinite) }
    }

    mutating func limit(_ limit: TimeLimit) {
        number(Number(limit))
    }
}
