import Metrics
import Slurm

/// What accounts, and users in them, are allowed.
enum Associations {
    private static let declare = FamilyGroup(
        labels: ["account", "user", "partition"], level: .detailed, merge: .replica, feed: .associations)

    private static let figures: [Figure<AssociationRecord>] = [
        Figure(
            declare.info(
                "slurm_association_info",
                "An account, without a user, or a user in one; the account above an account is its parent.",
                by: ["parent"])
        ) { association, symbols in
            [Share(symbols[association.parent], number: 1)]
        },
        Figure(
            whole: declare.gauge(
                "slurm_association_shares",
                "Shares that an association was given; absent where those of the account above hold (parent).")
        ) { $0.shares },
        Figure(
            declare.gauge(
                "slurm_association_limit",
                "Every limit of an association, by what it binds: group (GrpTRES), job (MaxTRES) and node"
                    + " (MaxTRESPerNode) bind resources, memory in bytes; group_minutes (GrpTRESMins) and job_minutes"
                    + " (MaxTRESMins) resources times minutes; group_jobs, group_submit_jobs, jobs and submit_jobs numbers"
                    + " of jobs; group_wall_seconds and job_wall_seconds time. Limits that aren't set have no series; 0"
                    + " is one. Those of a group bind an account with all that is below it."
                    + " slurm_user_cpus_allocated and its like say what users have,"
                    + " slurm_association_tres_minutes_used what has been used up.",
                by: ["limit", "tres"])
        ) { association, symbols in
            association.limits.resourceShares(symbols) + association.limits.singleShares
        },
    ]

    static func fold(_ excluded: ExcludedOwners) -> RecordFold<AssociationRecord> {
        RecordFold(figures) { association, symbols in
            guard !excluded.contains(user: association.user, account: association.account, symbols) else { return nil }
            return [symbols[association.account], symbols[association.user], symbols[association.partition]]
        }
    }
}

extension UsageLimits {
    fileprivate func resourceShares(_ symbols: borrowing Symbols) -> [Share] {
        group.shares("group", symbols: symbols) + groupMinutes.shares("group_minutes", symbols: symbols)
            + job.shares("job", symbols: symbols) + jobMinutes.shares("job_minutes", symbols: symbols)
            + node.shares("node", symbols: symbols)
    }

    fileprivate var singleShares: [Share] {
        [
            ("group_jobs", groupJobs), ("group_submit_jobs", groupSubmittedJobs), ("jobs", jobs),
            ("submit_jobs", submittedJobs), ("group_wall_seconds", groupWallSeconds),
            ("job_wall_seconds", jobWallSeconds),
        ].compactMap { limit, value in value.map { Share(limit, "", number: $0) } }
    }
}
