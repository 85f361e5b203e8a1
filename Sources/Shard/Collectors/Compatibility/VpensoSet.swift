import Metrics
import Slurm

/// What prometheus-slurm-exporter of vpenso exports, and lcrownover's, which has the same names: Grafana's dashboard 4323.
enum VpensoSet {
    static var rows: [PeerRow] {
        queue.map(\.row) + cpus.map(\.row) + gpus.map(\.row) + nodes.map(\.row) + everyNode.map(\.row)
            + partitionNodes.map(\.row) + partitionJobs.map(\.row) + users.map(\.row) + accounts.map(\.row)
            + [fairshare] + scheduler.map(\.row)
    }

    static func fill(_ collector: inout Collector, _ settings: CollectionSettings) {
        switch collector.name {
        case .cluster:
            collector.jobs = [KeyedFold(queue, by: .whole)]
            collector.nodes = [KeyedFold(cpus + gpus + nodes, by: .whole)]
        case .nodes where settings.nodes.includesSeries:
            let selection = NodeSelection(settings.nodes)
            collector.nodes = [
                RecordFold(everyNode.map(\.figure)) { node, symbols in
                    guard !node.name.isEmpty, selection.includes(node, symbols) else { return nil }
                    return [node.name, node.state.effective]
                }
            ]
        case .partitions:
            collector.nodes = [KeyedFold(partitionNodes, by: .partitions { $0.partitions })]
            collector.jobs = [KeyedFold(partitionJobs, by: .partitions { $0.partitions })]
        case .users: collector.jobs = [KeyedFold(users, by: .users(settings))]
        case .accounts: collector.jobs = [KeyedFold(accounts, by: .accounts(settings))]
        case .fairshare:
            collector.shares = [Excerpt(of: Fairshare(ExcludedOwners(settings)), families: [fairshare.family.name])]
        case .scheduler: collector.scheduler = [RecordFold(scheduler.map(\.figure)) { _, _ in [] }]
        default: break
        }
    }

    private static let ofJobs = PeerGroup<PeerJobs>(feed: .jobs)
    private static let ofNodes = PeerGroup<PeerNodes>(feed: .nodes)

    private static let queue: [PeerFigure<PeerJobs>] =
        [
            ("pending", JobState(.pending)), ("running", JobState(.running)), ("suspended", JobState(.suspended)),
            ("cancelled", JobState(.cancelled)), ("completing", JobState(.completed, .completing)),
            ("completed", JobState(.completed)), ("configuring", JobState(.running, .configuring)),
            ("failed", JobState(.failed)), ("timeout", JobState(.timeout)), ("preempted", JobState(.preempted)),
            ("node_fail", JobState(.nodeFail)),
        ].map { name, state in
            ofJobs.count(
                MetricName(stringLiteral: "slurm_queue_\(name)"), "Jobs in state \(name).",
                as: "slurm_cluster_jobs_total{state=\"\(name)\"}"
            ) { $0[state].jobs }
        } + [
            ofJobs.shares(
                "slurm_queue_pending_dependency", "Jobs in state pending that wait for other jobs.", by: [],
                as: "slurm_jobs_pending_reason{reason=\"Dependency\"}"
            ) { jobs, symbols in [Share([], Double(jobs.pending(for: "Dependency", symbols)))] }
        ]

    private static let cpus: [PeerFigure<PeerNodes>] = [
        ofNodes.count("slurm_cpus_alloc", "CPUs that jobs have.", as: "slurm_cluster_cpus_allocated") {
            $0.all.total(\.allocatedCPUs)
        },
        ofNodes.count("slurm_cpus_idle", "CPUs that jobs could have.", as: "slurm_cluster_cpus_idle") {
            $0.all.total(\.idleCPUs)
        },
        ofNodes.count(
            "slurm_cpus_other", "CPUs that jobs don't have, of nodes that are down or draining.",
            as: "slurm_cluster_cpus_total - slurm_cluster_cpus_allocated - slurm_cluster_cpus_idle"
        ) { $0.otherCPUs },
        ofNodes.count("slurm_cpus_total", "CPUs of all nodes.", as: "slurm_cluster_cpus_total") {
            $0.all.total(\.cpus)
        },
    ]

    private static let gpus: [PeerFigure<PeerNodes>] = [
        ofNodes.count(
            "slurm_gpus_alloc", "GPUs that jobs have.", as: "slurm_cluster_gpus_allocated",
            "The original reads only jobs that asked with --gres=gpu:N, without a type."
        ) { $0.allocatedGPUs },
        ofNodes.count(
            "slurm_gpus_idle", "GPUs that jobs don't have.",
            as: "slurm_cluster_gpus_total - slurm_cluster_gpus_allocated",
            "The original's can be below 0, as it asks for both parts at different times."
        ) { nodes in nodes.allocatedGPUs.map { max(0, nodes.all.gpus.total - $0) } },
        ofNodes.count(
            "slurm_gpus_total", "GPUs of all nodes.", as: "slurm_cluster_gpus_total",
            "The original takes GPUs with a type for 0."
        ) { $0.all.gpus.total },
        ofNodes.number(
            "slurm_gpus_utilization", "Share of all GPUs that jobs have.", as: "slurm_cluster_gpu_utilization_ratio",
            "Absent where there are no GPUs; the original has NaN or +Inf."
        ) { nodes in
            let total = nodes.all.gpus.total
            return total > 0 ? nodes.allocatedGPUs.map { Double($0) / Double(total) } : nil
        },
    ]

    private static let once =
        "Each node counts once; the original counts one in several partitions too often, or several that are alike too"
        + " seldom."

    private static let nodes: [PeerFigure<PeerNodes>] = [
        ("alloc", ["allocated"]), ("comp", ["completing"]), ("down", ["down"]), ("drain", ["drained", "draining"]),
        ("err", ["error"]), ("fail", ["fail", "failing"]), ("idle", ["idle"]), ("maint", ["maint"]),
        ("mix", ["mixed"]), ("resv", ["reserved"]), ("reboot", ["reboot"]),
    ].map { name, states in
        ofNodes.count(
            MetricName(stringLiteral: "slurm_nodes_\(name)"), "Nodes in state \(states.joined(separator: " or ")).",
            as: "slurm_cluster_nodes_total{state\(states.count > 1 ? "=~" : "=")\"\(states.joined(separator: "|"))\"}",
            once
        ) { nodes in states.reduce(0) { $0 + nodes.count($1) } }
    }
}

/// Nodes and partitions.
extension VpensoSet {
    private static let ofEveryNode = PeerGroup<NodeRecord>(labels: ["node", "status"], level: .detailed, feed: .nodes)
    private static let mebibyte = 1 << 20
    private static let status =
        "`status` is one word without a sign for nodes that don't answer or are off, so that a series lasts longer."

    private static let everyNode: [PeerFigure<NodeRecord>] = [
        ofEveryNode.count(
            "slurm_node_cpu_alloc", "CPUs of a node that jobs have.", as: "slurm_node_cpus_allocated", status
        ) { $0.allocatedCPUs },
        ofEveryNode.count(
            "slurm_node_cpu_idle", "CPUs of a node that jobs could have.", as: "slurm_node_cpus_idle", status
        ) { $0.idleCPUs },
        ofEveryNode.count(
            "slurm_node_cpu_other", "CPUs of a node that jobs don't have while it is down or drains.",
            as: "slurm_node_cpus_total - slurm_node_cpus_allocated - slurm_node_cpus_idle", status
        ) { node in
            guard let total = node.cpus, let allocated = node.allocatedCPUs, let idle = node.idleCPUs else {
                return nil
            }
            return max(0, total - allocated - idle)
        },
        ofEveryNode.count("slurm_node_cpu_total", "CPUs of a node.", as: "slurm_node_cpus_total", status) { $0.cpus },
        ofEveryNode.count(
            "slurm_node_mem_alloc", "Memory of a node that jobs have, in MiB.",
            as: "slurm_node_memory_allocated_bytes / 2^20", status
        ) { node in node.allocatedMemoryBytes.map { $0 / mebibyte } },
        ofEveryNode.count(
            "slurm_node_mem_total", "Memory of a node, in MiB.", as: "slurm_node_memory_total_bytes / 2^20", status
        ) { node in node.memoryBytes.map { $0 / mebibyte } },
    ]

    private static let ofPartitionJobs = PeerGroup<PeerJobs>(labels: ["partition"], merge: .union, feed: .jobs)

    private static let partitionNodes: [PeerFigure<PeerNodes>] = [
        PeerGroup.ofPartitionNodes.count(
            "slurm_partition_cpus_allocated", "CPUs of a partition's nodes that jobs have.",
            as: "slurm_partition_cpus_allocated", PeerRow.zero
        ) { $0.all.total(\.allocatedCPUs) },
        PeerGroup.ofPartitionNodes.count(
            "slurm_partition_cpus_idle", "CPUs of a partition's nodes that jobs could have.",
            as: "slurm_partition_cpus_idle", PeerRow.zero
        ) { $0.all.total(\.idleCPUs) },
        PeerGroup.ofPartitionNodes.count(
            "slurm_partition_cpus_other",
            "CPUs of a partition's nodes that jobs don't have, of nodes that are down or draining.",
            as: "slurm_partition_cpus_total - slurm_partition_cpus_allocated - slurm_partition_cpus_idle", PeerRow.zero
        ) { $0.otherCPUs },
        PeerGroup.ofPartitionNodes.count(
            "slurm_partition_cpus_total", "CPUs of a partition's nodes.", as: "slurm_partition_cpus_total", PeerRow.zero
        ) { $0.all.total(\.cpus) },
    ]

    private static let partitionJobs: [PeerFigure<PeerJobs>] = [
        ofPartitionJobs.count(
            "slurm_partition_jobs_pending", "Jobs in state pending that may start in a partition.",
            as: "slurm_partition_jobs_pending",
            "A job that waits for several counts in each; the original leaves it out."
        ) { $0[JobState(.pending)].jobs }
    ]
}

/// Users, accounts, and slurmctld's own figures.
extension VpensoSet {
    private static let users = owners("user")
    private static let accounts = owners("account")

    private static func owners(_ owner: String) -> [PeerFigure<PeerJobs>] {
        let declare = PeerGroup<PeerJobs>(labels: [LabelName(stringLiteral: owner)], feed: .jobs)
        func name(_ rest: String) -> MetricName { MetricName(stringLiteral: "slurm_\(owner)_\(rest)") }
        let jobs = [JobState(.pending), JobState(.running), JobState(.suspended)].map { state in
            let word = state.effective.name
            return declare.count(
                name("jobs_\(word)"), "Jobs of each \(owner) in state \(word).",
                as: "slurm_\(owner)_jobs_total{state=\"\(word)\"}", PeerRow.zero
            ) { $0[state].jobs }
        }
        return jobs + [
            declare.count(
                name("cpus_running"), "CPUs that jobs in state running have, by \(owner).",
                as: "slurm_\(owner)_cpus_allocated, with what suspended jobs have", PeerRow.zero
            ) { $0[JobState(.running)].cpus.known ?? 0 },
            declare.count(
                name("cpus_pending"), "CPUs that jobs in state pending ask for, by \(owner); lcrownover's.",
                as: "slurm_\(owner)_cpus_requested", PeerRow.zero
            ) { $0[JobState(.pending)].cpus.known ?? 0 },
        ]
    }

    private static let fairshare = PeerRow(
        "slurm_account_fairshare", "Fair-share factor of an account.", labels: ["account"], merge: .replica,
        feed: .shares, as: "slurm_account_fairshare",
        "All accounts, each with the best factor of the users in and below it; the original has the topmost, with what"
            + " sshare says of them, and that is nothing with fair tree.")

    private static let ofScheduler = PeerGroup<SchedulerRecord>(merge: .replica, feed: .diag)
    private static let microseconds = "in microseconds"

    private static let scheduler: [PeerFigure<SchedulerRecord>] = [
        ("threads", "server_thread_count", "Threads of slurmctld that serve requests.", "scheduler_threads"),
        (
            "queue_size", "agent_queue_size", "Requests to nodes that wait for an agent.",
            "scheduler_agent_queue_size"
        ),
        ("dbd_queue_size", "dbd_agent_queue_size", "Messages that wait for slurmdbd.", "scheduler_dbd_queue_size"),
        (
            "last_cycle", "schedule_cycle_last", "Length of the last scheduling cycle, \(microseconds).",
            "scheduler_cycle_last_seconds * 1e6"
        ),
        (
            "mean_cycle", "schedule_cycle_mean", "Mean length of scheduling cycles, \(microseconds).",
            "scheduler_cycle_mean_seconds * 1e6"
        ),
        (
            "cycle_per_minute", "schedule_cycle_per_minute", "Scheduling cycles a minute.",
            "scheduler_cycles_per_minute"
        ),
        (
            "backfill_last_cycle", "bf_cycle_last", "Length of the last backfill cycle, \(microseconds).",
            "backfill_cycle_last_seconds * 1e6"
        ),
        (
            "backfill_mean_cycle", "bf_cycle_mean", "Mean length of backfill cycles, \(microseconds).",
            "backfill_cycle_mean_seconds * 1e6"
        ),
        ("backfill_depth_mean", "bf_depth_mean", "Mean number of jobs in a backfill cycle.", "backfill_depth_mean"),
        (
            "backfilled_jobs_since_start_total", "bf_backfilled_jobs",
            "Jobs started by the backfill scheduler since slurmctld started.", "backfill_jobs_total"
        ),
        (
            "backfilled_jobs_since_cycle_total", "bf_last_backfilled_jobs",
            "Jobs started by the backfill scheduler since midnight UTC.", "backfill_jobs_today_total"
        ),
        (
            "backfilled_heterogeneous_total", "bf_backfilled_het_jobs",
            "Components of heterogeneous jobs started by the backfill scheduler since slurmctld started.",
            "backfill_het_jobs_total"
        ),
    ].map { name, key, meaning, counterpart in
        ofScheduler.number(
            MetricName(stringLiteral: "slurm_scheduler_\(name)"), meaning, as: "slurm_\(counterpart)"
        ) { $0.figures[key] }
    }
}
