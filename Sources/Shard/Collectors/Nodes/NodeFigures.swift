import Metrics
import Slurm

/// A node and where it counts.
struct ListedNode: Sendable {
    let node: NodeRecord
    let home: String
    let showsFeatures: Bool
}

/// What there is to say of each node.
enum NodeFigures {
    static let all = descriptions + numbers + conditions + moments + gpus + genericResources

    private static let declare = FamilyGroup(labels: ["node"], level: .detailed, merge: .union, feed: .nodes)
    /// Where the sum over nodes means something.
    private static let amount = FamilyGroup(labels: ["node"], level: .detailed, merge: .sum, feed: .nodes)

    private static let descriptions: [Figure<ListedNode>] = [
        Figure(
            declare.info(
                "slurm_node_info", "What a node is. Its partition is the first by name of those it is in.",
                by: ["partition", "arch", "os", "features", "version", "address", "weight", "gres"]),
            breakdown: description),
        Figure(
            declare.gauge(
                "slurm_node_state",
                "1 for the state that sinfo shows and for each flag that the node has; what doesn't hold has no series.",
                by: ["state"])
        ) { listed in
            Set([listed.node.state.effective] + listed.node.state.flags.names).map { ($0, 1) }
        },
        Figure(
            declare.gauge(
                "slurm_node_partition", "1 for each partition that a node is in: for joins.", by: ["partition"]),
            breakdown: memberships),
        Figure(
            declare.info(
                "slurm_node_reason_info", "Why a node is down or drained, and who said so.", by: ["reason", "user"]),
            breakdown: reason),
    ]

    private static let numbers: [Figure<ListedNode>] = [
        Figure(
            whole: amount.gauge("slurm_node_cpus_total", "CPUs of a node, as configured.")
        ) { $0.node.cpus },
        Figure(
            whole: amount.gauge(
                "slurm_node_cpus_effective", "CPUs of a node that jobs can have: without the system's own.")
        ) { $0.node.effectiveCPUs },
        Figure(
            whole: amount.gauge("slurm_node_cpus_allocated", "CPUs of a node that jobs have.")
        ) { $0.node.allocatedCPUs },
        Figure(
            whole: amount.gauge(
                "slurm_node_cpus_idle",
                "CPUs of a node that jobs don't have; 0 while it is down or drains, as sinfo counts them.")
        ) { $0.node.idleCPUs },
        Figure(
            whole: amount.gauge(
                "slurm_node_cpu_cores_total", "The same number as slurm_node_cpus_total, under another name.")
        ) { $0.node.cpus },
        Figure(
            whole: amount.gauge(
                "slurm_node_memory_total_bytes", "Memory of a node, as configured.", unit: "bytes")
        ) { $0.node.memoryBytes },
        Figure(
            whole: amount.gauge(
                "slurm_node_memory_effective_bytes", "Memory of a node that jobs can have: without the system's own.",
                unit: "bytes")
        ) { $0.node.effectiveMemoryBytes },
        Figure(
            whole: amount.gauge(
                "slurm_node_memory_allocated_bytes", "Memory of a node that jobs have.", unit: "bytes")
        ) { $0.node.allocatedMemoryBytes },
        Figure(
            whole: amount.gauge(
                "slurm_node_memory_free_bytes",
                "Free memory of a node as its operating system sees it; absent until slurmd has reported.",
                unit: "bytes")
        ) { $0.node.freeMemoryBytes },
    ]

    private static let conditions: [Figure<ListedNode>] = [
        Figure(
            declare.gauge(
                "slurm_node_load", "Load average of a node; absent until slurmd has reported.",
                merge: .sumOfFractions(decimals: 2))
        ) { $0.node.load },
        Figure(
            declare.gauge(
                "slurm_node_power_usage_watts", "Power that a node draws, where it is measured.", unit: "watts",
                merge: .sumOfFractions(decimals: 1))
        ) { $0.node.watts },
        Figure(
            amount.counter(
                "slurm_node_energy_joules_total",
                "Energy that a node has drawn, where it is measured. It starts again from 0 when slurmd does.",
                unit: "joules")
        ) { $0.node.consumedJoules?.rounded() },
        Figure(
            whole: declare.gauge(
                "slurm_node_weight", "Of the nodes that a job could have, Slurm takes those of the least weight first.")
        ) { $0.node.weight },
    ]

    private static let moments: [Figure<ListedNode>] = [
        Figure(
            moment: declare.gauge("slurm_node_boot_timestamp_seconds", "When a node started.", unit: "seconds")
        ) { $0.node.booted },
        Figure(
            moment: declare.gauge(
                "slurm_node_daemon_start_timestamp_seconds", "When a node's slurmd started.", unit: "seconds")
        ) { $0.node.daemonStarted },
        Figure(
            moment: declare.gauge(
                "slurm_node_last_busy_timestamp_seconds", "When a node last had a job.", unit: "seconds")
        ) { $0.node.lastBusy },
        Figure(
            moment: declare.gauge(
                "slurm_node_reason_timestamp_seconds", "Since when the reason of slurm_node_reason_info holds.",
                unit: "seconds")
        ) { $0.node.reason.isEmpty ? nil : $0.node.reasonSince },
    ]

    private static let gpus: [Figure<ListedNode>] = [
        Figure(
            amount.gauge("slurm_node_gpus_total", "GPUs of a node by type.", by: ["gpu_type"])
        ) { listed, symbols in
            var gpus = GPUSum()
            gpus.add(listed.node.gpus)
            return gpus.shares(symbols)
        },
        Figure(
            amount.gauge(
                "slurm_node_gpus_allocated",
                "GPUs of a node that jobs have, by type; absent where Slurm doesn't track them.", by: ["gpu_type"])
        ) { listed, symbols in
            var gpus = GPUSum()
            guard let allocated = listed.node.allocatedGPUs else { return [] }
            for group in listed.node.gpus.groups { gpus.add(0, of: group.type) }
            gpus.add(allocated)
            return gpus.shares(symbols)
        },
    ]

    private static let genericResources: [Figure<ListedNode>] = [
        Figure(
            amount.gauge(
                "slurm_node_gres_total", "Generic resources of a node by name, with their type where they have one.",
                by: ["gres"])
        ) { listed, symbols in
            genericResources(listed, symbols) { $0.total }
        },
        Figure(
            amount.gauge(
                "slurm_node_gres_used", "Generic resources of a node that jobs have; absent where Slurm doesn't say.",
                by: ["gres"])
        ) { listed, symbols in
            genericResources(listed, symbols) { $0.used }
        },
    ]

    private static func genericResources(
        _ listed: borrowing ListedNode, _ symbols: borrowing Symbols, _ count: (GenericResource) -> Int?
    ) -> [Share] {
        var shares: [Share] = []
        for resource in listed.node.genericResources {
            if let count = count(resource) { shares.append(Share(symbols[resource.name], number: count)) }
        }
        return shares
    }

    private static func description(_ listed: borrowing ListedNode, _ symbols: borrowing Symbols) -> [Share] {
        let node = listed.node
        let features = listed.showsFeatures ? names(node.features, symbols) : ""
        var resources: [String] = []
        for resource in node.genericResources { resources.append("\(symbols[resource.name]):\(resource.total)") }
        return [
            Share(
                listed.home, node.architecture, node.operatingSystem, features, node.version, node.address,
                node.weight.map(String.init) ?? "", resources.joined(separator: ","), number: 1)
        ]
    }

    private static func names(_ list: [Symbol], _ symbols: borrowing Symbols) -> String {
        var names: [String] = []
        for symbol in list { names.append(symbols[symbol]) }
        return names.joined(separator: ",")
    }

    private static func memberships(_ listed: borrowing ListedNode, _ symbols: borrowing Symbols) -> [Share] {
        var shares: [Share] = []
        listed.node.partitions.forEachDistinct { shares.append(Share(symbols[$0], number: 1)) }
        return shares
    }

    private static func reason(_ listed: borrowing ListedNode, _ symbols: borrowing Symbols) -> [Share] {
        let node = listed.node
        return node.reason.isEmpty ? [] : [Share(node.reason, node.reasonUser, number: 1)]
    }
}
