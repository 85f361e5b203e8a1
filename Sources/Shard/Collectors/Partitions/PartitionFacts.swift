import Metrics
import Slurm

/// How partitions are configured.
struct PartitionFacts: Fold {
    private static let declare = FamilyGroup(labels: ["partition"], merge: .union, feed: .partitions)

    private static let descriptions: [Figure<PartitionRecord>] = [
        Figure(
            declare.info(
                "slurm_partition_info",
                "What a partition is. Empty labels: API versions 0.0.39 to 0.0.44 don't say which is the default,"
                    + " 0.0.39 says no state.",
                by: ["state", "default", "hidden", "allow_groups", "allow_accounts", "allow_qos", "qos"])
        ) { partition, _ in
            [
                Share(
                    partition.state?.rawValue ?? "", word(partition.isDefault), word(partition.isHidden),
                    partition.allowedGroups, partition.allowedAccounts, partition.allowedQOS, partition.qos, number: 1)
            ]
        },
        Figure(
            declare.gauge("slurm_partition_state", "1 for the state that a partition is in.", by: ["state"])
        ) { partition, _ in
            partition.state.map { [Share($0.rawValue, number: 1)] } ?? []
        },
    ]

    private static let numbers: [Figure<PartitionRecord>] = [
        Figure(
            whole: declare.gauge(
                "slurm_partition_max_time_seconds", "Longest time limit in a partition; absent if unlimited.",
                unit: "seconds")
        ) { $0.maximumTimeSeconds?.value },
        Figure(
            whole: declare.gauge(
                "slurm_partition_default_time_seconds",
                "Time limit of jobs that ask for none; absent if unlimited or not set, in which case the longest holds.",
                unit: "seconds")
        ) { $0.defaultTimeSeconds?.value },
        Figure(
            whole: declare.gauge("slurm_partition_max_nodes", "Most nodes that a job can have; absent if unlimited.")
        ) { $0.maximumNodes?.value },
        Figure(
            whole: declare.gauge("slurm_partition_min_nodes", "Fewest nodes that a job can have.")
        ) { $0.minimumNodes },
        Figure(
            whole: declare.gauge(
                "slurm_partition_priority_tier", "Jobs of a higher tier are considered first, and may preempt.")
        ) { $0.priorityTier },
        Figure(
            whole: declare.gauge(
                "slurm_partition_priority_job_factor", "What the partition counts for in its jobs' priority.")
        ) { $0.priorityJobFactor },
        Figure(
            whole: declare.gauge(
                "slurm_partition_configured_nodes", "Nodes that a partition is configured with, in whatever state.")
        ) { $0.nodes },
        Figure(
            whole: declare.gauge("slurm_partition_configured_cpus", "CPUs that a partition is configured with.")
        ) { $0.cpus },
    ]

    private static func word(_ flag: Bool?) -> String {
        flag.map { $0 ? "true" : "false" } ?? ""
    }

    private var tables = FigureTables(descriptions + numbers)
    private var scope = ScopeFilter()

    var families: [MetricFamily] { tables.families }

    mutating func begin(_ context: FoldContext) {
        scope.begin(context)
        tables.begin()
    }

    mutating func add(_ partition: borrowing PartitionRecord, _ symbols: borrowing Symbols) {
        guard scope.covers(partition.name, symbols) else { return }
        tables.add(partition, labels: [symbols[partition.name]], symbols)
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        tables.end()
    }
}
