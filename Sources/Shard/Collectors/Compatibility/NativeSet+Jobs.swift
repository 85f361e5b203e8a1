import Metrics
import Slurm

/// `/metrics/jobs`, `/metrics/jobs-users-accts`, and the jobs of partitions.
extension NativeSet {
    private static let ofPartitions = PeerGroup<PeerJobs>(labels: ["partition"], merge: .union, feed: .jobs)

    static let jobs = jobs("slurm_jobs", [], "slurm_cluster_jobs_total", "slurm_cluster_job_%_allocated")
    static let users = jobs("slurm_user_jobs", ["username"], "slurm_user_jobs_total", "slurm_user_%_allocated")
    static let accounts = jobs(
        "slurm_account_jobs", ["account"], "slurm_account_jobs_total", "slurm_account_%_allocated")

    private static func jobs(
        _ prefix: String, _ labels: [LabelName], _ counterpart: String, _ amounts: String
    ) -> [PeerFigure<NativeJobs>] {
        let declare = PeerGroup<NativeJobs>(labels: labels, feed: .jobs)
        let owners =
            labels.isEmpty ? "" : "Unstarted tasks of arrays count each; Slurm counts one for all of them here."
        return [
            declare.count(
                MetricName(stringLiteral: prefix), "Jobs that Slurm lists.", as: "sum(\(counterpart))", owners
            ) {
                $0.counts.all.jobs
            },
            declare.count(
                MetricName(stringLiteral: prefix + "_nodes_alloc"),
                "Nodes that running and suspended jobs have, each once.",
                as: "\(named("nodes", amounts)), where a node counts for each of its jobs"
            ) { $0.allocatedNodes },
        ]
            + counts(prefix, counterpart).map { row in
                declare.count(row.name, row.meaning, as: row.counterpart) { row.number($0.counts) }
            }
            + allocations(prefix, amounts).map { row in
                declare.count(row.name, row.meaning, as: row.counterpart, row.difference) { row.number($0.counts) }
            }
    }

    static let partitionJobs: [PeerFigure<PeerJobs>] =
        [
            ofPartitions.count(
                "slurm_partition_jobs", "Jobs of a partition that haven't ended.",
                as: "sum by (partition) (slurm_partition_jobs_total{state=~\"pending|running|suspended\"})",
                "\(several) Unstarted tasks of arrays count each; Slurm counts one for all of them here."
            ) { $0.present }
        ]
        + counts("slurm_partition_jobs", "slurm_partition_jobs_total").map { row in
            ofPartitions.count(row.name, row.meaning, as: row.counterpart, several) { row.number($0) }
        }
        + allocations("slurm_partition_jobs", "slurm_partition_job_%_allocated").map { row in
            ofPartitions.count(row.name, row.meaning, as: row.counterpart, row.difference) { row.number($0) }
        } + scaling

    private static let several = "A job that waits for several partitions counts in each; Slurm counts it in one."

    private struct Row: Sendable {
        let name: MetricName
        let meaning: String
        let counterpart: String
        var difference = ""
        let number: @Sendable (borrowing PeerJobs) -> Int?
    }

    private static func counts(_ prefix: String, _ counterpart: String) -> [Row] {
        bases.map { word, base in
            Row(
                name: MetricName(stringLiteral: "\(prefix)_\(word)"),
                meaning: "Jobs in base state \(base.rawValue), whatever their flags.",
                counterpart: "\(counterpart){state=\"\(base.rawValue)\"}"
            ) { $0.all[base] }
        }
            + flags.map { word, flag in
                Row(
                    name: MetricName(stringLiteral: "\(prefix)_\(word)"),
                    meaning: "Jobs with the flag \(flag.names[0]).",
                    counterpart: "slurm_jobs_flags{flag=\"\(flag.names[0])\"}"
                ) { $0.all[flag] }
            } + [
                Row(
                    name: MetricName(stringLiteral: "\(prefix)_hold"), meaning: "Waiting jobs that somebody holds.",
                    counterpart: "slurm_jobs_held"
                ) { $0.all.held },
                Row(
                    name: MetricName(stringLiteral: "\(prefix)_finished"),
                    meaning: "Jobs that ended, however they did.",
                    counterpart: "\(counterpart), its states of ended jobs"
                ) { $0.ended },
                Row(
                    name: MetricName(stringLiteral: "\(prefix)_started"),
                    meaning: "Jobs that aren't pending, though they may never have run.",
                    counterpart: "\(counterpart){state!=\"pending\"}"
                ) { $0.begun },
            ]
    }

    private static let bases: [(String, JobState.Base)] = [
        ("bootfail", .bootFail), ("cancelled", .cancelled), ("completed", .completed), ("deadline", .deadline),
        ("failed", .failed), ("node_failed", .nodeFail), ("outofmemory", .outOfMemory), ("pending", .pending),
        ("preempted", .preempted), ("running", .running), ("suspended", .suspended), ("timeout", .timeout),
    ]

    private static let flags: [(String, JobState.Flags)] = [
        ("completing", .completing), ("configuring", .configuring), ("expediting", .expediting),
        ("fed_requeued", .requeueFed), ("powerup_node", .powerUpNode), ("requeued", .requeued),
        ("resizing", .resizing), ("revoked", .revoked), ("signaling", .signaling), ("stageout", .stageOut),
    ]

    private static func allocations(_ prefix: String, _ amounts: String) -> [Row] {
        [
            Row(
                name: MetricName(stringLiteral: "\(prefix)_cpus_alloc"),
                meaning: "CPUs that running and suspended jobs have.", counterpart: named("cpus", amounts),
                difference: wraps
            ) { $0.all.allocated(\.cpus) },
            Row(
                name: MetricName(stringLiteral: "\(prefix)_gpus_alloc"),
                meaning: "GPUs that running and suspended jobs have.", counterpart: named("gpus", amounts),
                difference: "Absent where Slurm doesn't say how many a job has."
            ) { $0.allocatedGPUs },
            Row(
                name: MetricName(stringLiteral: "\(prefix)_memory_alloc"),
                meaning: "Memory that running and suspended jobs have, in bytes.",
                counterpart: named("memory", amounts) + "_bytes",
                difference: "Slurm says bytes and shows its own megabytes (2^20)."
            ) { $0.all.allocated(\.memoryBytes) },
        ]
    }

    private static func named(_ amount: String, _ pattern: String) -> String {
        pattern.split(separator: "%", omittingEmptySubsequences: false).joined(separator: amount)
    }

    private static let scaling: [PeerFigure<PeerJobs>] =
        ["max", "min"].flatMap { end in
            let least = end == "max" ? "The least number that a job takes counts; Slurm takes the largest." : ""
            return [
                ofPartitions.count(
                    MetricName(stringLiteral: "slurm_partition_jobs_\(end)_job_nodes"),
                    "The most nodes that one waiting job asks for.",
                    as: "max by (partition) (slurm_partition_pending_max_nodes)",
                    least
                ) { max($0.all.mostNodes.free, $0.all.mostNodes.held) },
                ofPartitions.count(
                    MetricName(stringLiteral: "slurm_partition_jobs_\(end)_job_nodes_nohold"),
                    "The most nodes that one waiting job asks for that nobody holds.",
                    as: "slurm_partition_pending_max_nodes{held=\"false\"}", least
                ) { $0.all.mostNodes.free },
            ]
        } + [
            ofPartitions.shares(
                "slurm_partition_jobs_wait_part_node_limit",
                "Jobs that wait as the partition's limits on nodes forbid them.",
                by: [], as: "slurm_jobs_pending_reason{reason=\"PartitionNodeLimit\"}",
                "Slurm also counts jobs that wait for many other reasons, as it compares bits of a number."
            ) { jobs, symbols in [Share([], Double(jobs.pending(for: "PartitionNodeLimit", symbols)))] }
        ]
}

extension PeerJobs {
    /// 0 where no job has any; nothing where somebody has, and Slurm doesn't say how many.
    fileprivate var allocatedGPUs: Int? { all.hasUnknownGPUs ? nil : all.allocatedGPUs.total }
}
