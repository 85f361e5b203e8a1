import RealSlurm

extension Comparison {
    static let nodes = nodeCounts + nodeResources + nodeGPUs + nodeRatios

    private static let nodeCounts =
        ["slurm_cluster_nodes_total", "slurm_nodes_total", "slurm_node_count_by_state"].map {
            Comparison(counts: $0, by: ["state"]) { $0.nodes.tally { [$0.plainState] } }
        }
        + ["slurm_cluster_nodes_flags", "slurm_nodes_flags"].map {
            Comparison(counts: $0, by: ["flag"]) { $0.nodeRecords.tallyEach { $0.flags.map { [$0] } } }
        } + [
            Comparison(total: "slurm_cluster_nodes_allocated") { Double($0.nodes.count(where: \.hasJobs)) },
            Comparison(total: "slurm_cluster_nodes_unreported") { Double($0.nodes.count { $0.freeMemory == nil }) },
            Comparison(total: "slurm_nodes_excluded") { _ in 0 },
            Comparison(counts: "slurm_node_details", by: ["partition"]) { $0.nodes.tally { [$0.home] } },
        ]

    private static let nodeResources = [
        total("slurm_cluster_cpus_total") { $0.processors.total },
        Comparison(counts: "slurm_cluster_cpus", by: ["state"]) {
            $0.nodes.sum(of: \.processors.total) { [$0.plainState] }
        },
        total("slurm_cluster_cpus_allocated") { $0.processors.allocated },
        total("slurm_cluster_cpus_idle") { $0.processors.idle },
        Comparison(total: "slurm_cluster_cpu_load") { $0.nodes.reduce(0) { $0 + ($1.load ?? 0) } },
        Comparison("slurm_cluster_efficiency_percentage", by: ["resource"]) { words in
            let busy = words.nodes.filter { $0.hasJobs && $0.load != nil }
            let cpus = busy.reduce(0) { $0 + $1.processors.allocated }
            return cpus == 0 ? [:] : [["cpu"]: busy.reduce(0) { $0 + $1.load! } * 100 / Double(cpus)]
        },
        total("slurm_cluster_memory_total_bytes") { $0.memoryBytes },
        Comparison(counts: "slurm_cluster_memory_bytes", by: ["state"]) {
            $0.nodes.sum(of: \.memoryBytes) { [$0.plainState] }
        },
        total("slurm_cluster_memory_allocated_bytes") { $0.allocatedMemoryBytes },
        total("slurm_cluster_memory_free_bytes") { $0.freeMemoryBytes },
    ]

    private static let nodeGPUs = [
        Comparison(counts: "slurm_cluster_gpus_total", by: ["gpu_type"]) {
            $0.nodes.flatMap(\.gpus).sum(of: \.value) { [$0.key] }
        },
        Comparison(counts: "slurm_cluster_gpus_allocated", by: ["gpu_type"]) {
            $0.nodes.flatMap(\.usedGPUs).sum(of: \.value) { [$0.key] }
        },
        Comparison(counts: "slurm_cluster_gpus", by: ["state", "gpu_type"]) { words in
            words.nodes.flatMap { node in node.gpus.map { ([node.plainState, $0.key], $0.value) } }
                .sum(of: \.1, by: \.0)
        },
    ]

    private static let nodeRatios = [
        ratio("slurm_cluster_utilization", \.processors.allocated, of: \.processors.total),
        ratio("slurm_cluster_memory_utilization_ratio", \.allocatedMemory, of: \.memory),
        ratio("slurm_cluster_gpu_utilization_ratio", \.usedGPUCount, of: \.gpuCount),
        Comparison(total: "slurm_cluster_node_utilization_ratio") { words in
            Double(words.nodes.count(where: \.hasJobs)) / Double(words.nodes.count)
        },
        Comparison(total: "slurm_cluster_health") { words in
            let healthy: Set = ["allocated", "blocked", "completing", "idle", "mixed", "planned", "reserved"]
            return Double(words.nodes.count { healthy.contains($0.plainState) }) / Double(words.nodes.count)
        },
    ]

    private static func total(_ metric: String, _ amount: @escaping @Sendable (NodeReading) -> Int) -> Comparison {
        Comparison(total: metric) { Double($0.nodes.map(amount).reduce(0, +)) }
    }

    private static func ratio(
        _ metric: String, _ part: @escaping @Sendable (NodeReading) -> Int,
        of whole: @escaping @Sendable (NodeReading) -> Int
    ) -> Comparison {
        Comparison(total: metric) { words in
            Double(words.nodes.map(part).reduce(0, +)) / Double(words.nodes.map(whole).reduce(0, +))
        }
    }
}

extension NodeReading {
    var hasJobs: Bool { processors.allocated > 0 }
    var gpuCount: Int { gpus.values.reduce(0, +) }
    var usedGPUCount: Int { usedGPUs.values.reduce(0, +) }
}
