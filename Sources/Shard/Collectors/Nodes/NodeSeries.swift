import Metrics
import Slurm

/// Series of each node, by those who count it in its home partition.
struct NodeSeries: Fold {
    /// A node and where it counts.
    private struct Listed: Sendable {
        let node: NodeRecord
        let home: String
        let showsFeatures: Bool
    }

    private struct Count: Subtotal {
        var nodes = 0
    }

    private static let declare = FamilyGroup(labels: ["node"], level: .detailed, merge: .union, feed: .nodes)
    /// Where the sum over nodes means something.
    private static let amount = FamilyGroup(labels: ["node"], level: .detailed, merge: .sum, feed: .nodes)

    private static let descriptions: [Figure<Listed>] = [
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

    private static let numbers: [Figure<Listed>] = [
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
                "slurm_node_memory_total_bytes", "Memory of a node, as configured.", unit: "bytes")
        ) { $0.node.memoryBytes },
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
            moment: declare.gauge("slurm_node_boot_timestamp_seconds", "When a node started.", unit: "seconds")
        ) { $0.node.booted },
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

    private static let gpus: [Figure<Listed>] = [
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

    private static func description(_ listed: borrowing Listed, _ symbols: borrowing Symbols) -> [Share] {
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

    private static func memberships(_ listed: borrowing Listed, _ symbols: borrowing Symbols) -> [Share] {
        var shares: [Share] = []
        listed.node.partitions.forEachDistinct { shares.append(Share(symbols[$0], number: 1)) }
        return shares
    }

    private static func reason(_ listed: borrowing Listed, _ symbols: borrowing Symbols) -> [Share] {
        let node = listed.node
        return node.reason.isEmpty ? [] : [Share(node.reason, node.reasonUser, number: 1)]
    }

    private var tables = FigureTables(descriptions + numbers + gpus)
    private var counts = FigureTables<Count>([
        Figure(
            whole: FamilyGroup(labels: ["partition"], level: .detailed, merge: .sum, feed: .nodes).gauge(
                "slurm_node_details", "Nodes that have series of their own, by home partition.")
        ) { $0.nodes }
    ])
    private var listed = Groups<Symbol, Count>()
    private var scope = ScopeFilter()
    private var context = FoldContext(expectedTime: Timestamp(0))
    private let selection: NodeSelection
    private let showsFeatures: Bool

    init(_ settings: CollectionSettings.Nodes) {
        selection = NodeSelection(settings)
        showsFeatures = settings.includesFeatures
    }

    var families: [MetricFamily] { tables.families + counts.families }

    mutating func begin(_ context: FoldContext) {
        self.context = context
        scope.begin(context)
        listed.removeAll()
        tables.begin()
    }

    mutating func add(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) {
        let home = node.home(symbols)
        // A node without a name is one of a dynamic kind that hasn't come yet.
        guard !node.name.isEmpty, scope.covers(home, symbols), selection.includes(node, symbols) else { return }
        listed.update(home) { $0.nodes += 1 }
        let subject = Listed(node: copy node, home: symbols[home], showsFeatures: showsFeatures)
        tables.add(subject, labels: [node.name], symbols)
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        let rows = listed.byName(known: context.partitions, context.scope, symbols)
        return tables.end() + counts.tables(of: rows.map { ([$0.name], $0.1) }, symbols)
    }
}
