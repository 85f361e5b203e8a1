import SimulatedCluster

/// `/slurmdb/v0.0.N/associations`, in the order of the document.
enum AssociationFields {
    static let all: [Field<Association>] = identity + limits + jobs + rest

    private static let identity: [Field<Association>] = [
        .constant("accounting", .since(.v40), words: []),
        .text("account") { $1.name(of: $0.account) },
        .text("cluster") { $1.cluster.parameters.name },
        .text("comment", .since(.v40)) { association, _ in association.comment },
        .record("default/qos") { $1.name(of: $0.defaultQOS) },
        .words("flags", .upTo(.v38)) { association, _ in association.isDefault ? ["DEFAULT"] : [] },
        .constant("flags", .since(.v39), words: []),
    ]

    private static let limits: [Field<Association>] = [
        .value("max/jobs/per/count") { $2.limit($1.limits(of: $0).groupJobs) },
        .constant("max/jobs/per/accruing") { $0.limit(.unset) },
        .value("max/jobs/per/submitted") { $2.limit($1.limits(of: $0).groupSubmitted) },
        .value("max/jobs/per/wall_clock", .upTo(.v38)) { $2.limit($1.limits(of: $0).wall) },
        .value("max/jobs/active", .upTo(.v38)) { $2.limit($1.limits(of: $0).jobs) },
        .constant("max/jobs/accruing", .upTo(.v38)) { $0.limit(.unset) },
        .value("max/jobs/total", .upTo(.v38)) { $2.limit($1.limits(of: $0).submitted) },
        .value("max/tres/total") { $2.tres($1.tres($1.limits(of: $0).group), $1) },
        .value("max/tres/minutes/per/job", .upTo(.v39)) { $2.tres($1.tres($1.limits(of: $0).minutesPerJob), $1) },
        .constant("max/tres/minutes/total", .upTo(.v38), words: []),
        .value("max/tres/group/minutes") { $2.tres($1.tres($1.limits(of: $0).groupMinutes), $1) },
        .constant("max/tres/group/active", words: []),
        .value("max/tres/per/job", .upTo(.v38)) { $2.tres($1.tres($1.limits(of: $0).perJob), $1) },
        .value("max/tres/per/node", .upTo(.v38)) { $2.tres($1.tres($1.limits(of: $0).perNode), $1) },
        .constant("max/tres/minutes/total", .since(.v40), words: []),
        .value("max/per/account/wall_clock", .upTo(.v38)) { $2.limit($1.limits(of: $0).groupWall) },
        .value("max/per/account/wall_clock", .since(.v40)) { $2.limit($1.limits(of: $0).groupWall) },
    ]

    private static let jobs: [Field<Association>] = [
        .value("id", .only(.v40)) { $2.reference(to: $0, $1) },
        .integer("id", .since(.v41)) { association, _ in Int(association.id) },
        .integer("is_default", .upTo(.v38)) { association, _ in association.isDefault ? 1 : 0 },
        .bool("is_default", .since(.v39)) { association, _ in association.isDefault },
        .string("lineage", .since(.v40)) { $1.append(lineageOf: $0, to: &$2) },
        .value("max/jobs/active", .since(.v39)) { $2.limit($1.limits(of: $0).jobs) },
        .constant("max/jobs/accruing", .since(.v39)) { $0.limit(.unset) },
        .value("max/jobs/total", .since(.v39)) { $2.limit($1.limits(of: $0).submitted) },
        .constant("max/tres/minutes/total", .only(.v39), words: []),
        .value("max/per/account/wall_clock", .only(.v39)) { $2.limit($1.limits(of: $0).groupWall) },
        .value("max/tres/minutes/per/job", .since(.v40)) { $2.tres($1.tres($1.limits(of: $0).minutesPerJob), $1) },
        .value("max/tres/per/job", .since(.v39)) { $2.tres($1.tres($1.limits(of: $0).perJob), $1) },
        .value("max/tres/per/node", .since(.v39)) { $2.tres($1.tres($1.limits(of: $0).perNode), $1) },
        .value("max/jobs/per/wall_clock", .since(.v39)) { $2.limit($1.limits(of: $0).wall) },
        .constant("min/priority_threshold") { $0.limit(.unset) },
    ]

    private static let rest: [Field<Association>] = [
        .record("parent_account") { association, source in
            guard !association.user.exists, association.parent.exists else { return .empty }
            return source.name(of: source.cluster.associations[association.parent].account)
        },
        .record("partition") { $1.name(of: $0.partition) },
        .value("priority") { $2.limit($0.priority) },
        .value("qos") { association, source, writer in
            writer.list(association.qos) { $1.text(source.name(of: $0)) }
        },
        .integer("shares_raw") { association, _ in Int(association.shares ?? 2_147_483_647) },
        .null("usage", .upTo(.v38)),
        .constant("usage", .only(.v39)) { $0.emptyObject() },
        .record("user") { $1.name(of: $0.user) },
    ]
}

extension Source {
    fileprivate func limits(of association: Association) -> Limits { cluster.limits[association.limits] }

    /// `/root/physics/0-alice/`: accounts from the top down, then the user with their partition.
    fileprivate func append(lineageOf association: Association, to buffer: inout [UInt8]) {
        var accounts = [association.account]
        while cluster.accounts[accounts[accounts.count - 1]].parent.exists {
            accounts.append(cluster.accounts[accounts[accounts.count - 1]].parent)
        }
        buffer.append(UInt8(ascii: "/"))
        for account in accounts.reversed() where account.index > 0 {
            buffer.append(cluster.accounts[account].name)
            buffer.append(UInt8(ascii: "/"))
        }
        guard association.user.exists else { return }
        buffer.append(ascii: "0-")
        buffer.append(name(of: association.user))
        buffer.append(UInt8(ascii: "/"))
    }
}
