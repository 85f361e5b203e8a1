import Metrics
import Slurm

/// `/metrics/nodes`, and the nodes of partitions.
extension NativeSet {
    private static let ofEveryNode = PeerGroup<NodeRecord>(labels: ["node"], level: .detailed, feed: .nodes)

    static let everyNode: [PeerFigure<NodeRecord>] = [
        ofEveryNode.count("slurm_node_cpus", "CPUs of a node.", as: "slurm_node_cpus_total") { $0.cpus },
        ofEveryNode.count("slurm_node_cpus_alloc", "CPUs of a node that jobs have.", as: "slurm_node_cpus_allocated") {
            $0.allocatedCPUs
        },
        ofEveryNode.count(
            "slurm_node_cpus_effective", "CPUs of a node that jobs can have.", as: "slurm_node_cpus_effective"
        ) { $0.effectiveCPUs },
        ofEveryNode.count(
            "slurm_node_cpus_idle", "CPUs of a node that jobs don't have, whatever its state.",
            as: "slurm_node_cpus_effective - slurm_node_cpus_allocated"
        ) { $0.unusedCPUs },
        ofEveryNode.count("slurm_node_gpus", "GPUs of a node.", as: "sum by (node) (slurm_node_gpus_total)") {
            $0.gpus.total
        },
        ofEveryNode.count(
            "slurm_node_gpus_alloc", "GPUs of a node that jobs have.", as: "sum by (node) (slurm_node_gpus_allocated)"
        ) { node in node.gpus.isEmpty ? 0 : node.allocatedGPUs?.total },
        ofEveryNode.count(
            "slurm_node_memory_alloc_bytes", "Memory of a node that jobs have.",
            as: "slurm_node_memory_allocated_bytes",
            bytes
        ) { $0.allocatedMemoryBytes },
        ofEveryNode.count(
            "slurm_node_memory_effective_bytes", "Memory of a node that jobs can have.",
            as: "slurm_node_memory_effective_bytes", bytes
        ) { $0.effectiveMemoryBytes },
        ofEveryNode.count(
            "slurm_node_memory_free_bytes", "Free memory of a node as its operating system sees it.",
            as: "slurm_node_memory_free_bytes", "\(bytes) Absent until slurmd has reported; Slurm shows 0."
        ) { $0.freeMemoryBytes },
        ofEveryNode.count(
            "slurm_node_memory_bytes", "Memory of a node.", as: "slurm_node_memory_total_bytes", bytes
        ) { $0.memoryBytes },
    ]

    private static let ofNodes = PeerGroup<PeerNodes>(feed: .nodes)
    private static let ofPartitions = PeerGroup<PeerNodes>(labels: ["partition"], merge: .union, feed: .nodes)

    static let nodes: [PeerFigure<PeerNodes>] =
        [
            ofNodes.count("slurm_nodes", "Nodes.", as: "sum(slurm_cluster_nodes_total)") { $0.all.nodes }
        ] + conditions(ofNodes, "slurm_nodes_", Words(flags: "slurm_cluster_nodes_flags", states: "slurm_nodes_total"))
        + flags(
            ofNodes, "slurm_nodes_",
            special: ["cg": "completing", "reboot_requested": "reboot_req", "no_resp": "noresp"])

    static let partitionNodes: [PeerFigure<PeerNodes>] =
        conditions(
            ofPartitions, "slurm_partition_nodes_",
            Words(flags: "slurm_partition_nodes_flags", states: "slurm_partition_nodes"))
        + flags(ofPartitions, "slurm_partition_nodes_", special: [:]) + partitionSums

    private struct Words {
        let flags: String
        let states: String
    }

    private static func conditions(
        _ declare: PeerGroup<PeerNodes>, _ prefix: String, _ ours: Words
    ) -> [PeerFigure<PeerNodes>] {
        func name(_ rest: String) -> MetricName { MetricName(stringLiteral: prefix + rest) }
        let bases: [(String, NodeState.Base)] = [
            ("alloc", .allocated), ("down", .down), ("future", .future), ("idle", .idle), ("mixed", .mixed),
            ("unknown", .unknown),
        ]
        return bases.map { word, base in
            declare.count(
                name(word), "Nodes in base state \(base.rawValue), whatever their flags.",
                as: "\(ours.states), by the state that sinfo shows"
            ) { $0[base] }
        } + [
            declare.count(
                name("drain"), "Nodes with the flag drain and without jobs.", as: "\(ours.states){state=\"drained\"}",
                "Slurm's help speaks of all with the flag, but those with jobs are left out there, too."
            ) { $0.drained },
            declare.count(
                name("drained"), "Nodes with the flag drain and without jobs.", as: "\(ours.states){state=\"drained\"}"
            ) { $0.drained },
            declare.count(
                name("draining"), "Nodes with the flag drain and with jobs.", as: "\(ours.states){state=\"draining\"}"
            ) { $0.draining },
        ]
    }

    private static let allFlags: [(word: String, flag: NodeState.Flags)] = [
        ("blocked", .blocked), ("cg", .completing), ("cloud", .cloud), ("dyn_future", .dynamicFuture),
        ("dyn_normal", .dynamicNormal), ("external", .external), ("fail", .fail),
        ("invalid_reg", .invalidRegistration), ("maint", .maintenance), ("no_resp", .notResponding),
        ("planned", .planned), ("power_down", .powerDown), ("power_up", .powerUp), ("powered_down", .poweredDown),
        ("powering_down", .poweringDown), ("powering_up", .poweringUp), ("reboot_issued", .rebootIssued),
        ("reboot_requested", .rebootRequested), ("resv", .reserved),
    ]

    /// - Parameter special: what some are called otherwise.
    private static func flags(
        _ declare: PeerGroup<PeerNodes>, _ prefix: String, special: [String: String]
    ) -> [PeerFigure<PeerNodes>] {
        let isOfAll = declare.labels.isEmpty
        let ours = isOfAll ? "slurm_cluster_nodes_flags" : "slurm_partition_nodes_flags"
        // Of all nodes Slurm has no count of those that power down: it shows it as those that power up.
        return allFlags.filter { !isOfAll || $0.flag != .poweringDown }.map { word, flag in
            declare.count(
                MetricName(stringLiteral: prefix + special[word, default: word]),
                "Nodes with the flag \(flag.names[0]).", as: "\(ours){flag=\"\(flag.names[0])\"}",
                isOfAll && flag == .poweringUp ? "Slurm shows those that power down under this name." : ""
            ) { $0.all[flag] }
        }
    }

    private static let partitionSums: [PeerFigure<PeerNodes>] = [
        ofPartitions.count(
            "slurm_partition_nodes_cpus_efctv", "CPUs of a partition's nodes that jobs can have.",
            as: "slurm_partition_cpus_effective", wraps
        ) { $0.all.total(\.effectiveCPUs) },
        ofPartitions.count(
            "slurm_partition_nodes_cpus_idle",
            "CPUs of a partition's nodes that jobs don't have, whatever their state.",
            as: "slurm_partition_cpus_effective - slurm_partition_cpus_allocated", wraps
        ) { $0.unusedCPUs.known },
        ofPartitions.count(
            "slurm_partition_nodes_cpus_alloc", "CPUs of a partition's nodes that jobs have.",
            as: "slurm_partition_cpus_allocated", wraps
        ) { $0.all.total(\.allocatedCPUs) },
        ofPartitions.count(
            "slurm_partition_nodes_mem_alloc", "Memory of a partition's nodes that jobs have.",
            as: "slurm_partition_memory_allocated_bytes", bytes
        ) { $0.all.total(\.allocatedMemoryBytes) },
        ofPartitions.count(
            "slurm_partition_nodes_mem_avail", "Memory of a partition's nodes that jobs can have.",
            as: "slurm_partition_memory_effective_bytes", bytes
        ) { $0.all.effectiveMemoryBytes.known },
        ofPartitions.count(
            "slurm_partition_nodes_mem_free", "Free memory of a partition's nodes as their operating systems see it.",
            as: "slurm_partition_memory_free_bytes", bytes
        ) { $0.all.freeMemoryBytes.known },
        ofPartitions.count(
            "slurm_partition_nodes_mem_tot", "Memory of a partition's nodes.", as: "slurm_partition_memory_total_bytes",
            bytes
        ) { $0.all.total(\.memoryBytes) },
        ofPartitions.count(
            "slurm_partition_gpus", "GPUs of a partition's nodes.",
            as: "sum by (partition) (slurm_partition_gpus_total)"
        ) { $0.all.gpus.total },
    ]
}

extension NodeRecord {
    /// As slurmctld counts idle CPUs itself: sinfo has none of nodes that are down or drain.
    var unusedCPUs: Int? {
        guard let cpus = effectiveCPUs ?? cpus, let allocatedCPUs else { return nil }
        return max(0, cpus - allocatedCPUs)
    }
}
