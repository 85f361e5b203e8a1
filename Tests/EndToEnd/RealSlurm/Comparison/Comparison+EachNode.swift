import Foundation
import RealSlurm

extension Comparison {
    static let eachNode = descriptionsOfNodes + figuresOfNodes + momentsOfNodes

    private static let descriptionsOfNodes = [
        Comparison(counts: "slurm_node_state", by: ["node", "state"]) { words in
            let flags = Dictionary(uniqueKeysWithValues: words.nodeRecords.map { ($0["NodeName"]!, $0.flags) })
            return words.nodes.tallyEach { node in
                Set([node.plainState] + (flags[node.name] ?? [])).map { [node.name, $0] }
            }
        },
        Comparison(counts: "slurm_node_partition", by: ["node", "partition"]) {
            $0.memberships.tally { [$0.node.name, $0.partition] }
        },
        Comparison(counts: "slurm_node_reason_info", by: ["node", "reason", "user"]) {
            $0.nodes.filter { $0.reason != nil }.tally { [$0.name, $0.reason!, $0.reasonUser ?? ""] }
        },
        Comparison(
            counts: "slurm_node_info",
            by: ["node", "partition", "arch", "os", "features", "version", "address", "weight", "gres"]
        ) { words in
            let homes = Dictionary(uniqueKeysWithValues: words.nodes.map { ($0.name, $0.home) })
            return words.nodeRecords.tally { record in
                [record["NodeName"], homes[record["NodeName"]!]]
                    .map { $0 ?? "" } + Self.described.map { record[$0] ?? "" }
            }
        },
    ]

    private static let described = ["Arch", "OS", "AvailableFeatures", "Version", "NodeAddr", "Weight", "Gres"]

    private static let figuresOfNodes = [
        ofEach("slurm_node_cpus_total") { $0.processors.total },
        ofEach("slurm_node_cpus_allocated") { $0.processors.allocated },
        ofEach("slurm_node_cpus_idle") { $0.processors.idle },
        ofEach("slurm_node_cpu_cores_total") { $0.processors.total },
        ofEach("slurm_node_weight") { $0.weight },
        ofEach("slurm_node_memory_total_bytes") { $0.memoryBytes },
        ofEach("slurm_node_memory_allocated_bytes") { $0.allocatedMemoryBytes },
        ofEach("slurm_node_memory_free_bytes") { $0.freeMemoryBytes },
        Comparison("slurm_node_load", by: ["node"]) { $0.nodes.sum(of: { $0.load ?? 0 }, by: { [$0.name] }) },
        Comparison(counts: "slurm_node_gpus_total", by: ["node", "gpu_type"]) { ofEachType($0, \.gpus) },
        Comparison(counts: "slurm_node_gpus_allocated", by: ["node", "gpu_type"]) { ofEachType($0, \.usedGPUs) },
        Comparison(counts: "slurm_node_gres_total", by: ["node", "gres"]) { ofEachType($0, \.gres) },
        Comparison(counts: "slurm_node_gres_used", by: ["node", "gres"]) { ofEachType($0, \.usedGres) },
    ]

    private static let momentsOfNodes =
        [
            ("slurm_node_boot_timestamp_seconds", "BootTime"),
            ("slurm_node_daemon_start_timestamp_seconds", "SlurmdStartTime"),
            ("slurm_node_last_busy_timestamp_seconds", "LastBusyTime"),
        ].map { metric, field in
            Comparison(metric, by: ["node"]) { words in
                words.nodeRecords.sum(of: { $0.date(field)?.timeIntervalSince1970 ?? 0 }, by: { [$0["NodeName"]!] })
            }
        } + [
            Comparison("slurm_node_reason_timestamp_seconds", by: ["node"]) {
                $0.nodes.sum(of: { $0.reasonSince?.timeIntervalSince1970 ?? 0 }, by: { [$0.name] })
            }
        ]

    private static func ofEach(_ metric: String, _ amount: @escaping @Sendable (NodeReading) -> Int) -> Comparison {
        Comparison(counts: metric, by: ["node"]) { $0.nodes.sum(of: amount, by: { [$0.name] }) }
    }

    private static func ofEachType(
        _ words: SlurmsWords, _ gpus: (NodeReading) -> [String: Int]
    ) -> [[String]: Int] {
        words.nodes.flatMap { node in gpus(node).map { ([node.name, $0.key], $0.value) } }.sum(of: \.1, by: \.0)
    }
}
