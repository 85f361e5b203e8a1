import Collectors
import Configuration
import Slurm

extension ShardSettings {
    @SchemaBuilder<ShardSettings> static var collectorKeys: SchemaPart<ShardSettings> {
        Section(
            "collectors",
            "What is collected. A collector runs unless it is switched off, or `metrics.prefix` makes this exporter "
                + "one part of a split and other collectors have `enabled: true`."
        ) {
            for name in Collector.Name.allCases {
                Section(name.rawValue) { common(name) }
            }
            Section("nodes") { nodeKeys }
            Section("jobs") { jobKeys }
            Section("users") { userKeys }
            Section("accounts") { accountKeys }
            Section("qos") { qosKeys }
            Section("reservations") { reservationKeys }
            Section("fairshare") { fairshareKeys }
            Section("accounting") { databaseKeys }
            Section("accounting") { accountingKeys }
        }
        Check(\.selection.accounting.source) { $0.passingJobsComplaint }
        Check(\.collectors[.cluster].isEnabled) { settings in
            settings.enabledCollectors.isEmpty ? "is false, and so it is for all other collectors: enable one" : nil
        }
    }

    @SchemaBuilder<ShardSettings> private static func common(_ name: Collector.Name) -> SchemaPart<ShardSettings> {
        Setting(
            "enabled", \.collectors[name].isEnabled, .boolean, "Whether it runs; `auto` is the rule above.",
            unset: "auto")
        Setting(
            "interval", \.collectors[name].interval, .interval, intervalHelp(name), unset: "inherited")
        Alias("collection_interval", of: \.collectors[name].interval)
        if let feed = name.feed {
            Setting(
                "timeout", \.collectors[name].timeout, .duration(in: .milliseconds(1)...),
                "How long the answer for \(feed) may take; else `slurm.request_timeout` and `collection.timeout`.",
                unset: "inherited")
        } else {
            Ignored("timeout", .duration, why: "it takes the answers for jobs", instead: "collectors.jobs.timeout")
        }
    }

    private static func intervalHelp(_ name: Collector.Name) -> String {
        let standard = PaceSettings.standardInterval(of: name).asWritten
        let meaning =
            name.feed.map { "How often Slurm is asked for \($0)" }
            ?? "How often it takes what the jobs' answers hold, which it does not cause"
        return "\(meaning); else `collection.intervals.\(name.rawValue)`, else "
            + (name.feed == nil ? "with each of them." : "\(standard).")
    }

    @SchemaBuilder<ShardSettings> private static var nodeKeys: SchemaPart<ShardSettings> {
        Setting(
            "partitions", \.selection.nodes.partitions, .list(of: .string),
            "Only nodes that are members of one of these; none for all.")
        Setting(
            "states", \.selection.nodes.states, .states(NodeState.words, of: "node"),
            "Only nodes in one of these states, or with one of these flags; none for all.")
        Setting(
            "include_features", \.selection.nodes.includesFeatures, .boolean, "Whether nodes show their features.")
        Setting(
            "include_series", \.selection.nodes.includesSeries, .boolean, "Whether each node has series of its own.")
    }

    @SchemaBuilder<ShardSettings> private static var jobKeys: SchemaPart<ShardSettings> {
        Setting(
            "partitions", \.selection.jobs.partitions, .list(of: .string),
            "Only jobs that may start or run in one of these; none for all.")
        Setting(
            "states", \.selection.jobs.states, .states(JobState.words, of: "job"),
            "Only jobs in one of these states, or with one of these flags; none for all.")
        Setting(
            "max_age", \.selection.jobs.maximumAgeSeconds, .wholeSeconds,
            "Jobs that ended longer ago are left out.", unset: "unlimited")
        Setting(
            "include_series", \.selection.jobs.includesSeries, .boolean, "Whether each job has series of its own.")
        Setting(
            "include_nodes", \.selection.jobs.includesNodes, .boolean,
            "Whether jobs with series of their own have one for each of their nodes, too: slurm_node_job.")
        Setting(
            "max_jobs", \.selection.jobs.maximumSeries, .integer(in: 0...10_000_000),
            "How many jobs have series of their own at most; totals count all.")
        Setting(
            "include_steps", \.selection.jobs.includesSteps, .boolean,
            "Whether steps of ended jobs are summed up, where `collectors.accounting.include_steps` asks for them.")
        Section("cardinality", "Other names.") {
            Alias("max_labels", of: \.selection.jobs.maximumSeries)
            Alias("sample_rate", of: \.metrics.sampling.rate)
        }
    }

    @SchemaBuilder<ShardSettings> private static var userKeys: SchemaPart<ShardSettings> {
        Setting(
            "max_users", \.selection.users.maximum, .integer(in: 0...10_000_000),
            "How many users have series of their own; the others are one, `other`. "
                + "As `metrics.label_limits.user`; the lesser holds.",
            unset: "unlimited")
        Setting(
            "exclude_users", \.selection.users.excluded, .list(of: .string),
            "Users without series of their own, whose jobs count in totals only.")
        Section("cardinality", "Other names.") { Alias("max_labels", of: \.selection.users.maximum) }
    }

    @SchemaBuilder<ShardSettings> private static var accountKeys: SchemaPart<ShardSettings> {
        Setting(
            "max_accounts", \.selection.accounts.maximum, .integer(in: 0...10_000_000),
            "How many accounts have series of their own; the others are one, `other`. "
                + "As `metrics.label_limits.account`; the lesser holds.",
            unset: "unlimited")
        Setting(
            "exclude_accounts", \.selection.accounts.excluded, .list(of: .string),
            "Accounts without series of their own, whose jobs count in totals only.")
        Section("cardinality", "Other names.") { Alias("max_labels", of: \.selection.accounts.maximum) }
    }

    @SchemaBuilder<ShardSettings> private static var qosKeys: SchemaPart<ShardSettings> {
        Setting(
            "include_jobs", \.selection.qos.includesJobs, .boolean,
            "Whether jobs and what they have are counted by QOS; it takes the answers for jobs.")
    }

    @SchemaBuilder<ShardSettings> private static var reservationKeys: SchemaPart<ShardSettings> {
        Setting(
            "include_nodes", \.selection.reservations.includesNodes, .boolean,
            "Whether reserved nodes are counted by state; it takes the answers for nodes.")
    }

    @SchemaBuilder<ShardSettings> private static var fairshareKeys: SchemaPart<ShardSettings> {
        Setting(
            "include_limits", \.selection.fairshare.includesLimits, .boolean,
            "Whether slurmdbd is asked for all associations and their limits: where there are many, a heavy question.")
    }

    @SchemaBuilder<ShardSettings> private static var databaseKeys: SchemaPart<ShardSettings> {
        Setting(
            "include_wckeys", \.selection.database.includesWorkloadKeys, .boolean,
            "Whether slurmdbd is asked for workload keys, of which there are series for each user.")
    }
}

extension Collector.Name {
    /// What Slurm is asked for at this collector's interval.
    fileprivate var feed: String? {
        switch self {
        case .cluster: "its controllers"
        case .nodes: "nodes"
        case .partitions: "partitions"
        case .jobs: "jobs"
        case .qos: "qualities of service"
        case .reservations: "reservations"
        case .licenses: "licences"
        case .scheduler: "its scheduler's figures"
        case .fairshare: "shares"
        case .accounting: "ended jobs"
        case .users, .accounts: nil
        }
    }
}
