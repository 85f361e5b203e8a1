import Metrics
import Slurm
import Testing

@testable import Collectors

/// However a cluster's records are split by partition, the merged parts are what one process counts.
struct SplitTests {
    /// Partitions of each part but the last, which takes everything else.
    private static let splits: [[[PartitionPattern]]] = [
        [], [["alpha"]], [["alpha", "beta"], ["gamma"]], [["alpha"], ["beta"], ["gamma"], ["delta"], ["empty"]],
        [["alpha", "beta", "gamma", "delta", "empty", "deleted"]], [["delta", "nowhere"]],
        [["*ta"], ["gam??", "alpha"]],
    ]

    private static func scopes(_ split: [[PartitionPattern]]) -> [Scope] {
        split.map { .only($0) } + [.allBut(split.flatMap(\.self))]
    }

    private static var settings: CollectionSettings {
        var settings = CollectionSettings()
        settings.jobs.includesSeries = true
        settings.jobs.includesNodes = true
        settings.jobs.sampleRate = 0.3
        return settings
    }

    private static var selective: CollectionSettings {
        var settings = settings
        settings.jobs.partitions = ["alpha", "gamma"]
        settings.jobs.states = ["running", "pending"]
        settings.nodes.partitions = ["beta"]
        return settings
    }

    @Test(arguments: [Collector.Name.nodes, .partitions, .jobs], 0..<Self.splits.count)
    func partsAddUp(_ name: Collector.Name, _ split: Int) throws {
        try check(name, Self.splits[split], Self.settings, seed: 1)
        try check(name, Self.splits[split], Self.selective, seed: 2)
    }

    private func check(
        _ name: Collector.Name, _ split: [[PartitionPattern]], _ settings: CollectionSettings, seed: UInt64
    ) throws {
        let scopes = Self.scopes(split)
        var cluster = LivingCluster(seed: seed)
        var whole = Collector(name, settings)
        var parts = scopes.map { _ in Collector(name, settings) }
        for generation in 0..<5 {
            let expected = Exposition(whole.collect(cluster.generation, cluster.records.symbols))
            let tables = scopes.indices.map { place in
                parts[place].collect(
                    cluster.generation.seen(in: scopes[place], cluster.records.symbols), cluster.records.symbols,
                    scopes[place])
            }
            let merged = Exposition(try Merging.merge(tables))
            let differences = Set(merged.lines).symmetricDifference(expected.lines).sorted()
            #expect(differences == [], "generation \(generation), seed \(seed)")
            #expect(merged.lines.count == expected.lines.count)
            cluster.step()
        }
    }

    /// Otherwise the property would hold of nothing.
    @Test(arguments: zip([Collector.Name.jobs, .nodes, .partitions], Self.samples))
    func theLivingClusterHasSomethingOfEverything(_ name: Collector.Name, _ families: [String]) {
        var cluster = LivingCluster(seed: 1)
        var collector = Collector(name, Self.settings)
        var text = Exposition(collector.collect(cluster.generation, cluster.records.symbols))
        for _ in 0..<30 {
            cluster.step()
            text = Exposition(collector.collect(cluster.generation, cluster.records.symbols))
        }
        for family in families { #expect(!text[family].isEmpty, "\(family)") }
    }

    private static let samples = [
        [
            "slurm_jobs_started_total", "slurm_jobs_ended_total", "slurm_job_wait_time_seconds_count",
            "slurm_job_runtime_seconds_count", "slurm_jobs_completed_total", "slurm_jobs_failed_total",
            "slurm_jobs_flags", "slurm_jobs_array_records_cut", "slurm_jobs_requested_gpus", "slurm_job_info",
            "slurm_job_start_rate_per_minute", "slurm_job_throughput_per_minute", "slurm_feature_jobs",
            "slurm_feature_cpus", "slurm_jobs_federated", "slurm_jobs_federation_siblings", "slurm_node_job",
            "slurm_jobs_allocated_gpus", "slurm_job_expected_start_timestamp_seconds", "slurm_job_time_left_seconds",
        ],
        [
            "slurm_node_state_transitions_total", "slurm_node_unavailable_duration_seconds_sum",
            "slurm_node_draining_duration_seconds_sum", "slurm_node_gpu_seconds_total", "slurm_node_gres_used",
            "slurm_node_energy_joules_total", "slurm_node_weight", "slurm_node_cpus_idle",
        ],
        [
            "slurm_partition_job_cpus_allocated", "slurm_partition_job_gpus_allocated",
            "slurm_partition_pending_max_nodes", "slurm_partition_cpus", "slurm_partition_memory_bytes",
            "slurm_partition_gpus",
        ],
    ]
}

/// What holds of any cluster.
struct TotalTests {
    private static func sum(_ text: Exposition, _ family: String) -> Double {
        text.all(family).reduce(0) { $0 + Double($1.split(separator: " ").last!)! }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func statesAddUpToTotals(seed: UInt64) {
        let cluster = LivingCluster(seed: seed)
        var texts: [Collector.Name: Exposition] = [:]
        for name in Collector.Name.allCases {
            texts[name] = Collector.text(name, cluster.generation, cluster.records.symbols)
        }
        func sum(_ name: Collector.Name, _ family: String) -> Double {
            Self.sum(texts[name]!, family)
        }
        let jobs = Double(cluster.generation.jobs.reduce(0) { $0 + ($1.state.hasEnded ? 1 : $1.tasks.known) })
        #expect(sum(.cluster, "slurm_cluster_jobs_total") == jobs)
        #expect(sum(.jobs, "slurm_jobs_total") == jobs)
        #expect(sum(.jobs, "slurm_jobs_by_base_state") == jobs)
        #expect(sum(.users, "slurm_user_jobs_total") == jobs)
        #expect(sum(.users, "slurm_user_statistics") == jobs)
        #expect(sum(.accounts, "slurm_account_jobs_total") == jobs)
        #expect(sum(.jobs, "slurm_jobs_pending_reason") == sum(.jobs, "slurm_jobs_pending"))
        #expect(sum(.jobs, "slurm_jobs_records") == Double(cluster.generation.jobs.count))
        let nodes = Double(cluster.generation.nodes.count)
        #expect(sum(.cluster, "slurm_cluster_nodes_total") == nodes)
        #expect(sum(.nodes, "slurm_nodes_total") == nodes)
        #expect(sum(.nodes, "slurm_node_details") == nodes)
        #expect(sum(.cluster, "slurm_cluster_cpus") == sum(.cluster, "slurm_cluster_cpus_total"))
        #expect(sum(.cluster, "slurm_cluster_gpus") == sum(.cluster, "slurm_cluster_gpus_total"))
        let held = sum(.jobs, "slurm_jobs_allocated_cpus")
        #expect(sum(.cluster, "slurm_cluster_job_cpus_allocated") == held)
        #expect(sum(.users, "slurm_user_cpus_allocated") == held)
        #expect(sum(.accounts, "slurm_account_cpus_allocated") == held)
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func countersNeverGoDown(seed: UInt64) {
        var cluster = LivingCluster(seed: seed)
        var collector = Collector(.jobs, CollectionSettings())
        var before = 0.0
        for _ in 0..<10 {
            let text = Exposition(collector.collect(cluster.generation, cluster.records.symbols))
            let now = Self.sum(text, "slurm_jobs_started_total") + Self.sum(text, "slurm_jobs_ended_total")
            #expect(now >= before)
            before = now
            cluster.step()
        }
    }

    @Test func everyStateOfANodeHasAPlaceOfItsOwn() {
        for base in NodeState.Base.allCases {
            for bits in 0..<(1 << 10) as Range<UInt32> {
                let state = NodeState(base, NodeState.Flags(rawValue: bits | bits << 11 | bits << 17))
                #expect(NodeStates.names[NodeStates.place(of: state)] == state.effective)
            }
            for bit in 0..<27 as Range<UInt32> {
                let state = NodeState(base, NodeState.Flags(rawValue: 1 << bit))
                #expect(NodeStates.names[NodeStates.place(of: state)] == state.effective)
            }
        }
    }
}

extension Generation {
    /// The records that whoever counts a part is given: those that have any of its partitions.
    func seen(in scope: Scope, _ symbols: Symbols) -> Generation {
        func isSeen(_ partitions: [Symbol]) -> Bool {
            partitions.isEmpty ? scope.covers("") : partitions.contains { scope.covers(symbols[$0]) }
        }
        var part = self
        part.jobs = jobs.filter { isSeen($0.partitions) }
        part.nodes = nodes.filter { isSeen($0.partitions) }
        part.partitions = partitions.filter { scope.covers(symbols[$0.name]) }
        return part
    }
}
