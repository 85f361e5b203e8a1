import Metrics
import Slurm

/// What prometheus-slurm-exporter of rivosinc exports.
enum RivosincSet {
    static var rows: [PeerRow] {
        nodes.map(\.row) + partitionNodes.map(\.row) + partitionJobs.map(\.row) + pending.map(\.row)
            + RivosincFeatures.rows + users.map(\.row) + accounts.map(\.row) + limits.map(\.row)
            + licenses.map(\.row) + scheduler.map(\.row) + calls.map(\.row)
    }

    static func fill(_ collector: inout Collector, _ settings: CollectionSettings) {
        switch collector.name {
        case .cluster: collector.nodes = [KeyedFold(nodes, by: .whole)]
        case .jobs: collector.jobs = [KeyedFold(pending, by: .whole), RivosincFeatures()]
        case .partitions:
            collector.nodes = [KeyedFold(partitionNodes, by: .partitions { $0.partitions })]
            collector.jobs = [KeyedFold(partitionJobs, by: .partitions { $0.partitions })]
        case .users: collector.jobs = [KeyedFold(users, by: .users(settings))]
        case .accounts: collector.jobs = [KeyedFold(accounts, by: .accounts(settings))]
        case .fairshare where settings.fairshare.includesLimits:
            let excluded = ExcludedOwners(settings)
            collector.associations = [
                RecordFold(limits.map(\.figure)) { association, symbols in
                    let isShown =
                        association.user.isEmpty
                        && !excluded.contains(user: .empty, account: association.account, symbols)
                    return isShown ? [symbols[association.account]] : nil
                }
            ]
        case .licenses:
            collector.licenses = [RecordFold(licenses.map(\.figure)) { license, symbols in [symbols[license.name]] }]
        case .scheduler: collector.scheduler = [RecordFold((scheduler + calls).map(\.figure)) { _, _ in [] }]
        default: break
        }
    }

    private static let bytes = "In bytes of 2^20 to Slurm's megabyte; the original takes 10^6, which is 4.6% less."
    private static let word =
        "`state` is one word without a sign; the original has one for each line of sinfo, joined by &."
    private static let ofNodes = PeerGroup<PeerNodes>(feed: .nodes)

    private static let nodes: [PeerFigure<PeerNodes>] = [
        ofNodes.count("slurm_cpus_total", "CPUs of all nodes.", as: "slurm_cluster_cpus_total") {
            $0.all.total(\.cpus)
        },
        ofNodes.count("slurm_cpus_idle", "CPUs that jobs could have.", as: "slurm_cluster_cpus_idle") {
            $0.all.total(\.idleCPUs)
        },
        ofNodes.number("slurm_cpu_load", "Load averages of all nodes added up.", as: "slurm_cluster_cpu_load") {
            $0.all.load
        },
        ofNodes.shares(
            "slurm_cpus_per_state", "CPUs by state of their node.", by: ["state"], as: "slurm_cluster_cpus", word
        ) { nodes, _ in nodes.shares { $0.cpus.known } },
        ofNodes.shares(
            "slurm_node_count_per_state", "Nodes by state.", by: ["state"], as: "slurm_cluster_nodes_total", word
        ) { nodes, _ in nodes.shares { $0.nodes } },
        ofNodes.count("slurm_mem_real", "Memory of all nodes.", as: "slurm_cluster_memory_total_bytes", bytes) {
            $0.all.total(\.memoryBytes)
        },
        ofNodes.count(
            "slurm_mem_free", "Free memory as the nodes' operating systems see it.",
            as: "slurm_cluster_memory_free_bytes", bytes
        ) { $0.all.freeMemoryBytes.known },
        ofNodes.count(
            "slurm_mem_alloc", "Memory that jobs have.", as: "slurm_cluster_memory_allocated_bytes",
            "\(bytes) With its default commands the original shows what isn't free, whoever uses it."
        ) { $0.all.total(\.allocatedMemoryBytes) },
    ]

    private static let partitionNodes: [PeerFigure<PeerNodes>] = [
        PeerGroup.ofPartitionNodes.count(
            "slurm_partition_total_cpus", "CPUs of a partition's nodes.", as: "slurm_partition_cpus_total", PeerRow.zero
        ) { $0.all.total(\.cpus) },
        PeerGroup.ofPartitionNodes.count(
            "slurm_partition_idle_cpus", "CPUs of a partition's nodes that jobs could have.",
            as: "slurm_partition_cpus_idle", PeerRow.zero
        ) { $0.all.total(\.idleCPUs) },
        PeerGroup.ofPartitionNodes.number(
            "slurm_partition_cpu_load", "Load averages of a partition's nodes added up.",
            as: "slurm_partition_cpu_load", PeerRow.zero
        ) { $0.all.load },
        PeerGroup.ofPartitionNodes.count(
            "slurm_partition_real_mem", "Memory of a partition's nodes.", as: "slurm_partition_memory_total_bytes",
            bytes
        ) { $0.all.total(\.memoryBytes) },
        PeerGroup.ofPartitionNodes.count(
            "slurm_partition_free_mem", "Free memory of a partition's nodes as their operating systems see it.",
            as: "slurm_partition_memory_free_bytes", bytes
        ) { $0.all.freeMemoryBytes.known },
        PeerGroup.ofPartitionNodes.count(
            "slurm_partition_weight", "Weights of a partition's nodes added up.",
            as: "sum by (partition) (slurm_node_weight * on (node) group_right slurm_node_partition)", PeerRow.zero
        ) { $0.weight.known },
        PeerGroup.ofPartitionNodes.shares(
            "slurm_partition_alloc_cpus", "CPUs of a partition's nodes that jobs have, by state of their node.",
            by: ["state"], as: "slurm_partition_cpus_allocated, without states", word
        ) { nodes, _ in nodes.shares { $0.allocatedCPUs.known } },
        PeerGroup.ofPartitionNodes.shares(
            "slurm_partition_alloc_mem", "Memory of a partition's nodes that jobs have, by state of their node.",
            by: ["state"], as: "slurm_partition_memory_allocated_bytes, without states",
            "\(bytes) With its default commands the original shows what isn't free, whoever uses it."
        ) { nodes, _ in nodes.shares { $0.allocatedMemoryBytes.known } },
        PeerGroup.ofPartitionNodes.shares(
            "slurm_partition_node_count", "Nodes of a partition by state.", by: ["state"], as: "slurm_partition_nodes",
            word
        ) { nodes, _ in nodes.shares { $0.nodes } },
    ]

    private static let partitionJobs: [PeerFigure<PeerJobs>] = [
        PeerGroup(labels: ["partition"], merge: .union, feed: .jobs).shares(
            "slurm_partition_job_state_total", "Jobs of a partition by state.", by: ["state"],
            as: "slurm_partition_jobs_total",
            "A job that waits for several counts in each; the original has a partition a,b for it."
        ) { jobs, _ in jobs.shares { $0.jobs } }
    ]

    private static let pending: [PeerFigure<PeerJobs>] = [
        PeerGroup(feed: .jobs).shares(
            "slurm_pending_reason_total", "Jobs in state pending by why they wait.", by: ["reason"],
            as: "slurm_jobs_pending_reason"
        ) { $0.pendingReasons($1) }
    ]
}

/// Users, accounts and what they are allowed.
extension RivosincSet {
    private static let users = owners(
        "username", "user",
        (jobs: "slurm_user_state_total", memory: "slurm_user_mem_alloc", cpus: "slurm_user_cpu_alloc"))
    private static let accounts = owners(
        "account", "account",
        (
            jobs: "slurm_account_job_state_total", memory: "slurm_account_job_state_mem_alloc",
            cpus: "slurm_account_job_state_cpu_alloc"
        ))

    private static func owners(
        _ label: LabelName, _ owner: String, _ names: (jobs: MetricName, memory: MetricName, cpus: MetricName)
    ) -> [PeerFigure<PeerJobs>] {
        let declare = PeerGroup<PeerJobs>(labels: [label], feed: .jobs)
        let asked = "What waiting jobs ask for counts, as there; what ended jobs had doesn't."
        return [
            declare.shares(
                names.jobs, "Jobs of each \(owner) by state.", by: ["state"], as: "slurm_\(owner)_jobs_total"
            ) { jobs, _ in jobs.shares { $0.jobs } },
            declare.shares(
                names.memory, "Memory of each \(owner)'s jobs by state.", by: ["state"],
                as: "slurm_\(owner)_memory_allocated_bytes, slurm_\(owner)_memory_requested_bytes",
                "\(bytes) The original takes what a job asks for by node or CPU for what it has. \(asked)"
            ) { jobs, _ in jobs.shares { $0.memoryBytes.known } },
            declare.shares(
                names.cpus, "CPUs of each \(owner)'s jobs by state.", by: ["state"],
                as: "slurm_\(owner)_cpus_allocated, slurm_\(owner)_cpus_requested", asked
            ) { jobs, _ in jobs.shares { $0.cpus.known } },
        ]
    }

    private static let ofLimits = PeerGroup<AssociationRecord>(
        labels: ["account"], merge: .replica, feed: .associations)

    private static let limits: [PeerFigure<AssociationRecord>] = [
        ofLimits.count(
            "slurm_account_cpu_limit", "CPUs that an account's jobs may have together (GrpTRES).",
            as: "slurm_association_limit{limit=\"group\",tres=\"cpu\"}", "A limit of 0 is shown."
        ) { $0.limits.group[.cpu] },
        ofLimits.count(
            "slurm_account_mem_limit", "Memory that an account's jobs may have together (GrpTRES), in bytes.",
            as: "slurm_association_limit{limit=\"group\",tres=\"mem\"}", bytes
        ) { $0.limits.group[.memory] },
        ofLimits.count(
            "slurm_account_job_alloc_limit", "Jobs of an account that may run at a time (GrpJobs).",
            as: "slurm_association_limit{limit=\"group_jobs\"}", "A limit of 0 is shown."
        ) { $0.limits.groupJobs },
        ofLimits.count(
            "slurm_account_job_limit", "Jobs of an account that may wait or run at a time (GrpSubmitJobs).",
            as: "slurm_association_limit{limit=\"group_submit_jobs\"}", "A limit of 0 is shown."
        ) { $0.limits.groupSubmittedJobs },
    ]
}

/// Licences, and slurmctld's own figures.
extension RivosincSet {
    private static let ofLicenses = PeerGroup<LicenseRecord>(labels: ["name"], merge: .replica, feed: .licenses)

    private static let licenses: [PeerFigure<LicenseRecord>] = [
        ofLicenses.count("slurm_lic_total", "Licences that there are.", as: "slurm_license_total", PeerRow.zero) {
            $0.total
        },
        ofLicenses.count("slurm_lic_used", "Licences that jobs have.", as: "slurm_license_used", PeerRow.zero) {
            $0.used
        },
        ofLicenses.count("slurm_lic_free", "Licences that are free.", as: "slurm_license_free", PeerRow.zero) {
            $0.free
        },
        ofLicenses.count(
            "slurm_lic_reserved", "Licences that reservations have.", as: "slurm_license_reserved", PeerRow.zero
        ) { $0.reserved },
        ofLicenses.count(
            "slurm_lic_last_consumed", "Remote licences that the licence server counts as taken.",
            as: "slurm_license_last_consumed", "Only of remote licences, as others have none; 0 is shown."
        ) { $0.isRemote ? $0.lastConsumed : nil },
        ofLicenses.count(
            "slurm_lic_last_deficit", "Remote licences that Slurm keeps back.", as: "slurm_license_last_deficit",
            "Only of remote licences, as others have none; 0 is shown."
        ) { $0.isRemote ? $0.lastDeficit : nil },
    ]

    private static let ofScheduler = PeerGroup<SchedulerRecord>(merge: .replica, feed: .diag)

    private static let scheduler: [PeerFigure<SchedulerRecord>] = [
        ("daemon_thread_count", "server_thread_count", "Threads of slurmctld.", "slurm_scheduler_threads", ""),
        (
            "dbd_agent_queue_size", "dbd_agent_queue_size", "Messages that wait for slurmdbd.",
            "slurm_scheduler_dbd_queue_size", ""
        ),
        (
            "backfill_job_count", "bf_backfilled_jobs",
            "Jobs started by the backfill scheduler since slurmctld started.", "slurm_backfill_jobs_total", ""
        ),
        (
            "backfill_cycle_count", "bf_cycle_sum", "Time spent on backfill cycles, in microseconds.",
            "slurm_backfill_cycle_duration_seconds_sum * 1e6",
            "The original's help calls it a number of cycles, but this is what it shows; absent before API version 0.0.39."
        ),
        (
            "backfill_cycle_counter", "bf_cycle_counter", "Backfill cycles since midnight UTC.",
            "slurm_backfill_cycles_total", ""
        ),
        (
            "backfill_last_depth", "bf_last_depth", "Jobs that the last backfill cycle looked at.",
            "slurm_backfill_last_depth", ""
        ),
        (
            "backfill_last_depth_try_sched", "bf_last_depth_try", "Jobs that the last backfill cycle tried to start.",
            "slurm_backfill_last_depth_try", ""
        ),
    ].map { name, key, meaning, counterpart, difference in
        ofScheduler.number(MetricName(stringLiteral: "slurm_\(name)"), meaning, as: counterpart, difference) {
            $0.figures[key]
        }
    }

    private static let swapped = "In microseconds. The original's help texts of these are interchanged."

    private static let calls: [PeerFigure<SchedulerRecord>] = [
        ofScheduler.shares(
            "slurm_rpc_user_count", "Calls that slurmctld served, by user.", by: ["user"],
            as: "slurm_rpc_user_calls_total"
        ) { record, _ in record.callsByUser.map { Share($0.name, number: $0.count) } },
        ofScheduler.shares(
            "slurm_rpc_user_total_time", "Time that slurmctld spent on calls, by user.", by: ["user"],
            as: "slurm_rpc_user_duration_seconds_total * 1e6", swapped
        ) { record, _ in record.callsByUser.map { Share($0.name, number: $0.microseconds) } },
        ofScheduler.shares(
            "slurm_rpc_msg_type_count", "Calls that slurmctld served, by type.", by: ["type"],
            as: "slurm_rpc_calls_total"
        ) { record, _ in record.callsByType.map { Share($0.name, number: $0.count) } },
        ofScheduler.shares(
            "slurm_rpc_msg_type_avg_time", "Mean time of a call, by type.", by: ["type"],
            as: "slurm_rpc_duration_seconds_total / slurm_rpc_calls_total * 1e6", swapped
        ) { record, _ in
            record.callsByType.filter { $0.count > 0 }.map { Share($0.name, number: $0.microseconds / $0.count) }
        },
        ofScheduler.shares(
            "slurm_rpc_msg_type_total_time", "Time that slurmctld spent on calls, by type.", by: ["type"],
            as: "slurm_rpc_duration_seconds_total * 1e6", swapped
        ) { record, _ in record.callsByType.map { Share($0.name, number: $0.microseconds) } },
    ]
}
