import Metrics
import Slurm

/// What sshare says of accounts and of users in them.
enum FairshareFigures {
    private static let note = " From API version 0.0.40 on."

    /// - Parameter owner: the word in the names of the families, `account` or `user`.
    static func of(_ owner: String, labels: [LabelName]) -> [Figure<ShareRecord>] {
        let declare = FamilyGroup(labels: labels, merge: .replica, feed: .shares)
        func name(_ rest: String) -> MetricName { MetricName(stringLiteral: "slurm_\(owner)_fairshare_\(rest)") }
        return [
            Figure(
                whole: declare.gauge(
                    name("raw_shares"),
                    "Shares that the \(owner) was given; absent where those of the account above hold (parent)." + note)
            ) { $0.shares },
            Figure(
                declare.gauge(
                    name("norm_shares"), "Share of the cluster that the \(owner) was given, between 0 and 1." + note)
            ) { $0.normalizedShares },
            Figure(
                declare.gauge(
                    name("raw_usage"),
                    "What the \(owner) has used, in CPU seconds or what TRESBillingWeights make of them; it decays, and"
                        + " so is no counter." + note)
            ) { $0.usageSeconds },
            Figure(
                declare.gauge(
                    name("norm_usage"), "Share of all use that is the \(owner)'s, between 0 and 1." + note)
            ) { $0.normalizedUsage },
            Figure(
                declare.gauge(
                    name("effective_usage"),
                    "Share of use that counts for priority: with fair tree the \(owner)'s among its siblings." + note)
            ) { $0.effectiveUsage },
            Figure(
                declare.gauge(
                    name("level"),
                    "Shares by use among siblings: above 1 the \(owner) got less than its share; +Inf where nothing was"
                        + " used." + note)
            ) { $0.level.map { $0.value ?? .infinity } },
        ]
    }

    static let user = Figure<ShareRecord>(
        FamilyGroup(labels: userLabels, merge: .replica, feed: .shares).gauge(
            "slurm_user_fairshare",
            "Fair-share factor of a user in an account, between 0 and 1: what priority is made of." + note)
    ) { $0.factor }

    static let account = FamilyGroup(labels: ["account"], merge: .replica, feed: .shares).gauge(
        "slurm_account_fairshare",
        "Fair-share factor of an account: the best among the users in it and below it, for with fair tree Slurm ranks"
            + " users only. slurm_account_fairshare_level tells how the account itself stands among its siblings."
            + note)

    static let userLabels: [LabelName] = ["account", "user", "partition"]

    static let quota: [Figure<ShareRecord>] = [
        Figure(
            FamilyGroup(labels: ["account"], merge: .replica, feed: .shares).gauge(
                "slurm_account_quota_cpu_hours",
                "CPU hours that an account and what is below it may use up (GrpTRESMins); absent where there is no limit."
                    + " Slurm knows no period: what was used decays by PriorityDecayHalfLife, or is reset by"
                    + " PriorityUsageResetPeriod, and so `period` is `decaying`." + note,
                by: ["period"])
        ) { share, _ in
            share.limitMinutes[.cpu].map { [Share(["decaying"], Double($0) / 60)] } ?? []
        },
        Figure(
            FamilyGroup(labels: ["account"], merge: .replica, feed: .shares).gauge(
                "slurm_account_usage_cpu_hours",
                "CPU hours of an account and what is below it that count towards slurm_account_quota_cpu_hours. They"
                    + " decay, and so this is no counter." + note)
        ) { $0.usedSeconds[.cpu].map { Double($0) / 3600 } },
    ]

    static let use: [Figure<ShareRecord>] = {
        let declare = FamilyGroup(labels: userLabels, level: .detailed, merge: .replica, feed: .shares)
        let who =
            " by an account with what is below it, or by a user in it; memory in bytes times minutes. Kinds of"
            + " resource of which nothing was used and that have no limit have no series."
        return [
            Figure(
                declare.gauge(
                    "slurm_association_tres_minutes_used", "Resources times minutes used" + who + " They decay." + note,
                    by: ["tres"])
            ) { $0.minutes(of: $0.usedSeconds, $1) },
            Figure(
                declare.gauge(
                    "slurm_association_tres_minutes_running",
                    "Resources times minutes that running jobs will use up if they run to their limits," + who + note,
                    by: ["tres"])
            ) { $0.minutes(of: $0.runningSeconds, $1) },
            Figure(
                declare.gauge(
                    "slurm_association_tres_minutes_limit",
                    "Resources times minutes that may be used up (GrpTRESMins)" + who
                        + " The limit of slurm_association_tres_minutes_used; absent where there is none." + note,
                    by: ["tres"])
            ) { $0.limits($1) },
        ]
    }()
}

extension ShareRecord {
    /// Of what is used or limited.
    fileprivate func minutes(of seconds: ResourceAmounts, _ symbols: borrowing Symbols) -> [Share] {
        var shares: [Share] = []
        for entry in seconds.entries where entry.amount > 0 || limitMinutes[entry.kind] != nil {
            shares.append(Share([entry.kind.name(symbols)], entry.inBytes / 60))
        }
        return shares
    }

    fileprivate func limits(_ symbols: borrowing Symbols) -> [Share] {
        var shares: [Share] = []
        for entry in limitMinutes.entries { shares.append(Share([entry.kind.name(symbols)], entry.inBytes)) }
        return shares
    }
}

extension ResourceAmounts.Entry {
    /// Where it is memory; others count what they count.
    fileprivate var inBytes: Double { Double(amount) * (kind == .memory ? 1_048_576 : 1) }
}
