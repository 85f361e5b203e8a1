import RealSlurm

extension Comparison {
    static let partitions = nodesOfPartitions + gpusOfPartitions + ratiosOfPartitions + factsOfPartitions

    private static let nodesOfPartitions = [
        of("nodes_total") { _ in 1 },
        Comparison(counts: "slurm_partition_nodes", by: ["partition", "state"]) {
            $0.memberships.tally { [$0.partition, $0.node.plainState] }
        },
        Comparison(counts: "slurm_partition_nodes_flags", by: ["partition", "flag"]) { words in
            let flags = Dictionary(uniqueKeysWithValues: words.nodeRecords.map { ($0["NodeName"]!, $0.flags) })
            return words.memberships.tallyEach { membership in
                (flags[membership.node.name] ?? []).map { [membership.partition, $0] }
            }
        },
        of("nodes_idle") { $0.plainState == "idle" ? 1 : 0 },
        of("nodes_allocated") { $0.hasJobs ? 1 : 0 },
        of("cpus_total") { $0.processors.total },
        inStates("cpus") { $0.processors.total },
        of("cpus_allocated") { $0.processors.allocated },
        of("cpus_idle") { $0.processors.idle },
        of("memory_total_bytes") { $0.memoryBytes },
        inStates("memory_bytes") { $0.memoryBytes },
        of("memory_allocated_bytes") { $0.allocatedMemoryBytes },
        of("memory_free_bytes") { $0.freeMemoryBytes },
        Comparison("slurm_partition_cpu_load", by: ["partition"]) {
            $0.memberships.sum(of: { $0.node.load ?? 0 }, by: { [$0.partition] })
        },
    ]

    private static let gpusOfPartitions = [
        Comparison(counts: "slurm_partition_gpus_total", by: ["partition", "gpu_type"]) { ofEachType($0, \.gpus) },
        Comparison(counts: "slurm_partition_gpus_allocated", by: ["partition", "gpu_type"]) {
            ofEachType($0, \.usedGPUs)
        },
        Comparison(counts: "slurm_partition_gpus", by: ["partition", "state", "gpu_type"]) { words in
            words.memberships.flatMap { membership in
                membership.node.gpus.map { ([membership.partition, membership.node.plainState, $0.key], $0.value) }
            }.sum(of: \.1, by: \.0)
        },
    ]

    private static let ratiosOfPartitions = [
        ratio("slurm_partition_utilization", \.processors.allocated, of: \.processors.total),
        ratio("slurm_partition_memory_utilization_ratio", \.allocatedMemory, of: \.memory),
        Comparison("slurm_partition_gpu_utilization_ratio", by: ["partition", "gpu_type"]) { words in
            let (used, all) = (ofEachType(words, \.usedGPUs), ofEachType(words, \.gpus))
            return all.reduce(into: [:]) { $0[$1.key] = Double(used[$1.key] ?? 0) / Double($1.value) }
        },
    ]

    private static let factsOfPartitions = [
        Comparison(
            counts: "slurm_partition_info",
            by: ["partition", "state", "default", "hidden", "allow_groups", "allow_accounts", "allow_qos", "qos"]
        ) { words in
            words.partitions.tally { record in
                [record["PartitionName"]!, record["State"]!.lowercased()]
                    + ["Default", "Hidden"].map { record[$0] == "YES" ? "true" : "false" }
                    + ["AllowGroups", "AllowAccounts", "AllowQos"].map { record[$0] == "ALL" ? "" : record[$0] ?? "" }
                    + [record["QoS"] ?? ""]
            }
        },
        Comparison(counts: "slurm_partition_state", by: ["partition", "state"]) {
            $0.partitions.tally { [$0["PartitionName"]!, $0["State"]!.lowercased()] }
        },
        fact("max_time_seconds") { $0.seconds("MaxTime") },
        fact("default_time_seconds") { $0.seconds("DefaultTime") },
        fact("max_nodes") { $0.number("MaxNodes") },
        fact("min_nodes") { $0.number("MinNodes") },
        fact("priority_tier") { $0.number("PriorityTier") },
        fact("priority_job_factor") { $0.number("PriorityJobFactor") },
        fact("configured_nodes") { $0.number("TotalNodes") },
        fact("configured_cpus") { $0.number("TotalCPUs") },
    ]

    private static func of(_ name: String, _ amount: @escaping @Sendable (NodeReading) -> Int) -> Comparison {
        Comparison(counts: "slurm_partition_\(name)", by: ["partition"]) {
            $0.memberships.sum(of: { amount($0.node) }, by: { [$0.partition] })
        }
    }

    private static func inStates(
        _ name: String, _ amount: @escaping @Sendable (NodeReading) -> Int
    ) -> Comparison {
        Comparison(counts: "slurm_partition_\(name)", by: ["partition", "state"]) {
            $0.memberships.sum(of: { amount($0.node) }, by: { [$0.partition, $0.node.plainState] })
        }
    }

    private static func fact(_ name: String, _ number: @escaping @Sendable (ControlRecord) -> Int?) -> Comparison {
        Comparison(counts: "slurm_partition_\(name)", by: ["partition"]) {
            $0.partitions.sum(of: { number($0) ?? 0 }, by: { [$0["PartitionName"]!] })
        }
    }

    private static func ratio(
        _ metric: String, _ part: @escaping @Sendable (NodeReading) -> Int,
        of whole: @escaping @Sendable (NodeReading) -> Int
    ) -> Comparison {
        Comparison(metric, by: ["partition"]) { words in
            let parts = words.memberships.sum(of: { part($0.node) }, by: { [$0.partition] })
            return words.memberships.sum(of: { whole($0.node) }, by: { [$0.partition] })
                .reduce(into: [:]) { $0[$1.key] = Double(parts[$1.key]!) / Double($1.value) }
        }
    }

    private static func ofEachType(_ words: SlurmsWords, _ gpus: (NodeReading) -> [String: Int]) -> [[String]: Int] {
        words.memberships.flatMap { membership in
            gpus(membership.node).map { ([membership.partition, $0.key], $0.value) }
        }.sum(of: \.1, by: \.0)
    }
}
