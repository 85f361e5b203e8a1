import SimulatedCluster

/// `/slurm/v0.0.N/partitions`, in the order of the document: v0.0.39 gave it another shape altogether.
enum PartitionFields {
    static let all: [Field<Partition>] = legacy + access + limits + rest

    private static let legacy: [Field<Partition>] = [
        .value("flags", .upTo(.v38)) { $2.legacyFlags(of: $0) },
        .words("preemption_mode", .upTo(.v38)) { partition, _ in partition.preempts ? ["requeue"] : ["disabled"] },
        .empty("allowed_allocation_nodes", .upTo(.v38)),
        .string("allowed_accounts", .upTo(.v38)) { $1.append($0.allowedAccounts, to: &$2) },
        .empty("allowed_groups", .upTo(.v38)),
        .string("allowed_qos", .upTo(.v38)) { $1.append($0.allowedQOS, to: &$2) },
        .text("alternative", .upTo(.v38)) { $1.name(of: $0.alternate) },
        .constant("billing_weights", .upTo(.v38), text: "CPU=1.0,GRES/gpu=16.0"),
        .number("default_memory_per_cpu", .upTo(.v38)) { partition, _ in Number(partition.defaultMemoryPerCPU) },
        .null("default_memory_per_node", .upTo(.v38)),
        .integer("default_time_limit", .upTo(.v38)) { partition, _ in partition.defaultTime.minutes ?? 4_294_967_295 },
        .string("denied_accounts", .upTo(.v38)) { $1.append($0.deniedAccounts, to: &$2) },
        .empty("denied_qos", .upTo(.v38)),
        .integer("preemption_grace_time", .upTo(.v38)) { partition, _ in partition.graceTime },
        .integer("maximum_cpus_per_node", .upTo(.v38)) { partition, _ in partition.maxCPUsPerNode.value ?? -1 },
        .number("maximum_memory_per_cpu", .upTo(.v38)) { partition, _ in Number(partition.maxMemoryPerCPU) },
        .number("maximum_memory_per_node", .upTo(.v38)) { partition, _ in Number(partition.maxMemoryPerNode) },
        .integer("maximum_nodes_per_job", .upTo(.v38)) { partition, _ in partition.maxNodes.value ?? -1 },
        .integer("max_time_limit", .upTo(.v38)) { partition, _ in partition.maxTime.minutes ?? -1 },
        .integer("min nodes per job", .upTo(.v38)) { partition, _ in partition.minNodes },
        .text("name", .upTo(.v38)) { partition, _ in partition.name },
        .string("nodes", .upTo(.v38)) { $1.cluster.append(hostlist: $0.nodes, to: &$2) },
        .null("over_time_limit", .upTo(.v38)),
        .integer("priority_job_factor", .upTo(.v38)) { partition, _ in partition.priorityJobFactor },
        .integer("priority_tier", .upTo(.v38)) { partition, _ in partition.priorityTier },
        .text("qos", .upTo(.v38)) { $1.name(of: $0.qos) },
        .string("state", .upTo(.v38)) { partition, _, buffer in buffer.append(contentsOf: partition.state.rawValue.utf8)
        },
        .integer("total_cpus", .upTo(.v38)) { $1.cpus(of: $0) },
        .integer("total_nodes", .upTo(.v38)) { partition, _ in partition.nodes.count },
        .string("tres", .upTo(.v38)) { $1.cluster.append($1.cluster.configuredTRES(of: $0), to: &$2) },
    ]

    private static let access: [Field<Partition>] = [
        .empty("nodes/allowed_allocation", .since(.v39)),
        .string("accounts/allowed", .since(.v39)) { $1.append($0.allowedAccounts, to: &$2) },
        .empty("groups/allowed", .since(.v39)),
        .string("qos/allowed", .since(.v39)) { $1.append($0.allowedQOS, to: &$2) },
        .text("alternate", .since(.v39)) { $1.name(of: $0.alternate) },
        .constant("tres/billing_weights", .since(.v39), text: "CPU=1.0,GRES/gpu=16.0"),
        .empty("cluster", .since(.v39)),
        .constant("select_type", .v41 ... .v44, words: []),
        .constant("select_type", .since(.v45), words: ["NONE"]),
        .constant("cpus/task_binding", .v39 ... .v44, integer: 0),
        .constant("cpus/task_binding", .since(.v45), words: []),
    ]

    private static let limits: [Field<Partition>] = [
        .integer("defaults/memory_per_cpu", .v39 ... .v44) { partition, _ in partition.defaultMemoryPerCPU.packedPerCPU
        },
        .constant("defaults/memory_per_cpu", .only(.v45), integer: 0),
        .number("defaults/partition_memory_per_cpu", .since(.v40)) { partition, _ in
            Number(partition.defaultMemoryPerCPU)
        },
        .number("defaults/partition_memory_per_node", .since(.v40)) { partition, _ in
            partition.defaultMemoryPerCPU == .unset ? .value(0) : .unset
        },
        .number("defaults/time", .since(.v39)) { partition, _ in Number(partition.defaultTime) },
        .string("accounts/deny", .since(.v39)) { $1.append($0.deniedAccounts, to: &$2) },
        .empty("qos/deny", .since(.v39)),
        .value("flags", .since(.v45)) { $2.flags(of: $0) },
        .constant("partition/exclusive", .since(.v45), text: "NO"),
        .integer("grace_time", .since(.v39)) { partition, _ in partition.graceTime },
        .empty("defaults/job", .since(.v39)),
        .number("maximums/cpus_per_node", .since(.v39)) { partition, _ in partition.maxCPUsPerNode.orInfinite },
        .constant("maximums/cpus_per_socket", .since(.v39), number: .infinite),
        .integer("maximums/memory_per_cpu", .v39 ... .v44) { partition, _ in partition.packedMaxMemory },
        .constant("maximums/memory_per_cpu", .only(.v45), integer: 0),
        .number("maximums/partition_memory_per_cpu", .since(.v40)) { partition, _ in Number(partition.maxMemoryPerCPU)
        },
        .number("maximums/partition_memory_per_node", .since(.v40)) { partition, _ in
            partition.maxMemoryPerCPU == .unset ? .value(partition.maxMemoryPerNode.value ?? 0) : .unset
        },
        .number("maximums/nodes", .since(.v39)) { partition, _ in partition.maxNodes.orInfinite },
        .integer("maximums/shares", .v39 ... .v44) { partition, _ in partition.oversubscribe },
        .constant("maximums/shares", .only(.v45), integer: 0),
        .integer("maximums/oversubscribe/jobs", .v40 ... .v44) { partition, _ in partition.oversubscribe },
        .constant("maximums/oversubscribe/jobs", .only(.v45), integer: 0),
        .constant("maximums/oversubscribe/flags", .v40 ... .v45, words: []),
        .string("partition/oversubscribe", .since(.v45)) { partition, _, buffer in
            partition.oversubscribe > 1 ? buffer.append(ascii: "YES:") : buffer.append(ascii: "NO")
            if partition.oversubscribe > 1 { buffer.append(decimal: partition.oversubscribe) }
        },
        .number("maximums/time", .since(.v39)) { partition, _ in Number(partition.maxTime) },
        .integer("minimums/nodes", .since(.v39)) { partition, _ in partition.minNodes },
    ]

    private static let rest: [Field<Partition>] = [
        .text("name", .since(.v39)) { partition, _ in partition.name },
        .string("nodes/configured", .since(.v39)) { $1.cluster.append(hostlist: $0.nodes, to: &$2) },
        .empty("node_sets", .since(.v39)),
        .constant("maximums/over_time_limit", .since(.v39), number: .unset),
        .words("preempt_mode", .since(.v45)) { partition, _ in partition.preempts ? ["REQUEUE"] : ["CLUSTER_GLOBAL"] },
        .integer("priority/job_factor", .since(.v39)) { partition, _ in partition.priorityJobFactor },
        .integer("priority/tier", .since(.v39)) { partition, _ in partition.priorityTier },
        .text("qos/assigned", .since(.v39)) { $1.name(of: $0.qos) },
        .constant("timeouts/resume", .since(.v39), number: .unset),
        .empty("topology", .since(.v43)),
        .value("partition/state", .since(.v40)) { partition, _, writer in
            writer.list(CollectionOfOne(partition.state.rawValue)) { $1.string($0) }
        },
        .constant("suspend_time", .since(.v39), number: .infinite),
        .constant("timeouts/suspend", .since(.v39), number: .unset),
        .integer("cpus/total", .since(.v39)) { $1.cpus(of: $0) },
        .integer("nodes/total", .since(.v39)) { partition, _ in partition.nodes.count },
        .string("tres/configured", .since(.v39)) { $1.cluster.append($1.cluster.configuredTRES(of: $0), to: &$2) },
    ]
}

extension Source {
    func append(_ accounts: [Ref<Account>], to buffer: inout [UInt8]) {
        buffer.append(accounts) { $1.append(name(of: $0)) }
    }

    func append(_ qos: [Ref<QOS>], to buffer: inout [UInt8]) {
        buffer.append(qos) { $1.append(name(of: $0)) }
    }

    /// All of a partition's CPUs, those kept from jobs too.
    func cpus(of partition: Partition) -> Int {
        partition.nodes.reduce(0) { $0 + Int(cluster.nodes[$1].cpus) }
    }
}

extension Limit {
    var orInfinite: Number { value.map { .value($0) } ?? .infinite }

    /// Memory of each CPU as slurmctld packs it, with the highest bit set, which the plain integer lets through.
    var packedPerCPU: Int { value.map { Int.min + $0 } ?? 0 }
}

extension Partition {
    var packedMaxMemory: Int {
        maxMemoryPerCPU == .unset ? maxMemoryPerNode.value ?? 0 : maxMemoryPerCPU.packedPerCPU
    }
}

extension JSONWriter {
    mutating func flags(of partition: Partition) {
        list(PartitionFlags.names.filter { partition.flags.contains($0.flag) }) { $1.ascii($0.name) }
    }

    mutating func legacyFlags(of partition: Partition) {
        list(PartitionFlags.names.filter { partition.flags.contains($0.flag) }) { $1.string("\($0.name)".lowercased()) }
    }
}
