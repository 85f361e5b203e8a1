import Metrics
import Slurm

/// A job that has series of its own, and the moment of which they tell.
struct ListedJob: Sendable {
    let job: JobRecord
    let now: Timestamp
}

/// What there is to say of each job.
enum JobFigures {
    static let all = descriptions + requests + allocations + durations + moments + standing

    private static let declare = FamilyGroup(labels: ["job_id"], level: .detailed, merge: .union, feed: .jobs)
    /// Where the sum over jobs means something.
    private static let amount = FamilyGroup(labels: ["job_id"], level: .detailed, merge: .sum, feed: .jobs)

    private static let descriptions: [Figure<ListedJob>] = [
        Figure(
            declare.info(
                "slurm_job_info", "What a job is. An entry for all unstarted tasks of an array has no array_task_id.",
                by: [
                    "job_name", "user", "account", "partition", "qos", "array_job_id", "array_task_id", "het_job_id",
                    "het_job_offset",
                ])
        ) { listed, symbols in
            let job = listed.job
            return [
                Share(
                    job.name, symbols[job.user], symbols[job.account], symbols[job.home], symbols[job.qos],
                    job.arrayID.map(String.init) ?? "", job.arrayTaskID.map(String.init) ?? "",
                    job.heterogeneousID.map(String.init) ?? "",
                    job.heterogeneousID == nil ? "" : job.heterogeneousOffset.map(String.init) ?? "",
                    number: 1)
            ]
        },
        Figure(
            declare.gauge("slurm_job_state", "1 for the one state that squeue shows for a job.", by: ["state"])
        ) { listed, _ in [Share(listed.job.state.effective.name, number: 1)] },
        Figure(
            declare.gauge("slurm_job_reason", "1 for why a job waits.", by: ["reason"])
        ) { listed, symbols in
            guard listed.job.state.presumedBase == .pending else { return [] }
            return [Share(listed.job.reason.isEmpty ? "None" : symbols[listed.job.reason], number: 1)]
        },
        Figure(
            whole: amount.gauge(
                "slurm_job_tasks", "How many jobs the entry stands for: unstarted tasks of an array count each.")
        ) { $0.job.jobs },
    ]

    private static let requests: [Figure<ListedJob>] = [
        Figure(
            whole: amount.gauge("slurm_job_cpus_requested", "CPUs that a job asks for; of an array, each task.")
        ) { $0.job.requested.cpus },
        Figure(
            whole: amount.gauge(
                "slurm_job_memory_requested_bytes", "Memory that a job asks for; of an array, each task.", unit: "bytes"
            )
        ) { $0.job.requested.memoryBytes },
        Figure(
            whole: amount.gauge(
                "slurm_job_nodes_requested", "Nodes that a job asks for, at least; of an array, each task.")
        ) { $0.job.requested.nodes },
        Figure(
            amount.gauge("slurm_job_gpus_requested", "GPUs that a job asks for, by type.", by: ["gpu_type"])
        ) { listed, symbols in gpus(listed.job.requested, symbols) },
    ]

    private static let allocations: [Figure<ListedJob>] = [
        Figure(
            whole: amount.gauge("slurm_job_cpus_allocated", "CPUs that a running or suspended job has.")
        ) { $0.job.holdsResources ? $0.job.allocated.cpus : nil },
        Figure(
            whole: amount.gauge(
                "slurm_job_memory_allocated_bytes", "Memory that a running or suspended job has.", unit: "bytes")
        ) { $0.job.holdsResources ? $0.job.allocated.memoryBytes : nil },
        Figure(
            whole: amount.gauge("slurm_job_nodes_allocated", "Nodes that a running or suspended job has.")
        ) { $0.job.holdsResources ? $0.job.allocated.nodes : nil },
        Figure(
            amount.gauge(
                "slurm_job_gpus_allocated",
                "GPUs that a running or suspended job has, by type. Absent where Slurm doesn't say how many.",
                by: ["gpu_type"])
        ) { listed, symbols in listed.job.holdsResources ? gpus(listed.job.allocated, symbols) : [] },
    ]

    private static let durations: [Figure<ListedJob>] = [
        Figure(
            whole: declare.gauge(
                "slurm_job_queue_time_seconds",
                "How long a job has waited since it could have started, or had waited when it did.", unit: "seconds")
        ) { $0.job.waitSeconds ?? $0.job.waitingSeconds(at: $0.now) },
        Figure(
            whole: declare.gauge(
                "slurm_job_run_time_seconds", "How long a job has run, or had when it ended; suspension left out.",
                unit: "seconds")
        ) { $0.job.runSeconds(at: $0.now) },
        Figure(
            whole: declare.gauge(
                "slurm_job_time_limit_seconds", "A job's time limit; absent if unlimited.", unit: "seconds")
        ) { $0.job.timeLimitSeconds?.value },
        Figure(
            whole: declare.gauge(
                "slurm_job_time_left_seconds",
                "How long a running or suspended job may still run until its time limit; 0 beyond it, absent if unlimited.",
                unit: "seconds")
        ) { $0.job.secondsLeft(at: $0.now) },
    ]

    private static let moments: [Figure<ListedJob>] = [
        Figure(
            moment: declare.gauge("slurm_job_submit_timestamp_seconds", "When a job was submitted.", unit: "seconds")
        ) { $0.job.submitted },
        Figure(
            moment: declare.gauge(
                "slurm_job_eligible_timestamp_seconds", "From when on a job could start, as far as that is known.",
                unit: "seconds")
        ) { $0.job.eligible },
        Figure(
            moment: declare.gauge(
                "slurm_job_expected_start_timestamp_seconds",
                "When the scheduler expects that a waiting job will start; absent where it hasn't planned it.",
                unit: "seconds")
        ) { $0.job.expectedStart },
        Figure(
            moment: declare.gauge(
                "slurm_job_start_timestamp_seconds", "When a job started; absent as long as it waits.",
                unit: "seconds")
        ) { $0.job.runStart },
        Figure(
            moment: declare.gauge(
                "slurm_job_end_timestamp_seconds", "When a job ended; absent until it has.", unit: "seconds")
        ) { $0.job.state.hasEnded ? $0.job.end : nil },
    ]

    private static let standing: [Figure<ListedJob>] = [
        Figure(
            declare.gauge("slurm_job_priority", "A job's priority in the queue; 0 while it is held.")
        ) { $0.job.priority.map { Double($0) } },
        Figure(
            whole: declare.gauge("slurm_job_restarts", "How many times a job was queued again.")
        ) { $0.job.restarts },
    ]

    private static func gpus(_ resources: Resources, _ symbols: borrowing Symbols) -> [Share] {
        var gpus = GPUSum()
        gpus.add(resources.gpus)
        return gpus.shares(symbols)
    }

    /// As many series as the listed jobs have nodes, so it is asked for by itself.
    static let nodes = Figure<ListedJob>(
        declare.gauge("slurm_node_job", "1 for each node that a running or suspended job has: for joins.", by: ["node"])
    ) { listed, _ in
        guard listed.job.holdsResources, let nodes = HostList(listed.job.nodeList) else { return [] }
        return nodes.names.map { Share($0, number: 1) }
    }
}

extension JobRecord {
    /// Of a job that waits and could start.
    func waitingSeconds(at now: Timestamp) -> Int? {
        guard state.presumedBase == .pending, let since = eligible ?? submitted else { return nil }
        return Int(max(0, now.since(since)))
    }

    /// Until its time limit, of a job that holds resources.
    func secondsLeft(at now: Timestamp) -> Int? {
        guard holdsResources, let limit = timeLimitSeconds?.value, let run = runSeconds(at: now) else { return nil }
        return max(0, limit - run)
    }

    /// What a job that waits shows for its start is what the scheduler expects.
    var expectedStart: Timestamp? {
        guard state.presumedBase == .pending, !isOver, let start, start.seconds > 0 else { return nil }
        return start
    }
}
