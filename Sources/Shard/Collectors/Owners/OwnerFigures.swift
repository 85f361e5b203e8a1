import Metrics

/// The families of users', accounts' and QOS's jobs, which differ in names and labels only.
enum OwnerFigures {
    /// As people call them.
    private static let titles = ["qos": "QOS"]
    private static let note = [
        "user": " Users that `exclude_users` names are left out.",
        "account": " Accounts that the settings exclude are left out.",
    ]

    /// - Parameter owner: the word in the names of the families.
    static func of(_ owner: String, labels: [LabelName]) -> [Figure<JobSum>] {
        let declare = FamilyGroup(labels: labels, merge: .sum, feed: .jobs)
        func name(_ rest: String) -> MetricName { MetricName(stringLiteral: "slurm_\(owner)_\(rest)") }
        let title = titles[owner, default: owner]
        return jobs(title, declare, name) + allocations(title, declare, name) + requests(title, declare, name)
    }

    private static func jobs(
        _ owner: String, _ declare: FamilyGroup, _ name: (String) -> MetricName
    ) -> [Figure<JobSum>] {
        [
            Figure(
                declare.gauge(
                    name("jobs_total"),
                    "Jobs of each \(owner) that Slurm lists, by the one state that squeue shows: pending, running and the"
                        + " states that some job is in. Unstarted tasks of arrays count each."
                        + note[owner, default: ""],
                    by: ["state"])
            ) { $0.statesInUse }
        ]
    }

    private static func allocations(
        _ owner: String, _ declare: FamilyGroup, _ name: (String) -> MetricName
    ) -> [Figure<JobSum>] {
        [
            Figure(
                whole: declare.gauge(
                    name("cpus_allocated"), "CPUs that the running and suspended jobs of each \(owner) have.")
            ) { $0.allocated(\.cpus) },
            Figure(
                whole: declare.gauge(
                    name("memory_allocated_bytes"),
                    "Memory that the running and suspended jobs of each \(owner) have.", unit: "bytes")
            ) { $0.allocated(\.memoryBytes) },
            Figure(
                whole: declare.gauge(
                    name("nodes_allocated"),
                    "Nodes that the running and suspended jobs of each \(owner) have, each as often as jobs have it.")
            ) { $0.allocated(\.nodes) },
            Figure(
                declare.gauge(
                    name("gpus_allocated"),
                    "GPUs that the running and suspended jobs of each \(owner) have, by type. Absent where Slurm doesn't say how"
                        + " many a job has.",
                    by: ["gpu_type"])
            ) { $0.allocatedGPUs.shares($1) },
        ]
    }

    private static func requests(
        _ owner: String, _ declare: FamilyGroup, _ name: (String) -> MetricName
    ) -> [Figure<JobSum>] {
        [
            Figure(
                whole: declare.gauge(
                    name("cpus_requested"), "CPUs that the waiting jobs of each \(owner) ask for.")
            ) { $0.requested(\.cpus) },
            Figure(
                whole: declare.gauge(
                    name("memory_requested_bytes"), "Memory that the waiting jobs of each \(owner) ask for.",
                    unit: "bytes")
            ) { $0.requested(\.memoryBytes) },
            Figure(
                declare.gauge(
                    name("gpus_requested"), "GPUs that the waiting jobs of each \(owner) ask for, by type.",
                    by: ["gpu_type"])
            ) { $0.requested.gpus.shares($1) },
        ]
    }

    static let statistics = Figure<JobSum>(
        whole: FamilyGroup(labels: ["user", "account"], level: .detailed, merge: .sum, feed: .jobs).gauge(
            "slurm_user_statistics", "Jobs of each user in whatever state: slurm_user_jobs_total without its states.")
    ) { $0.jobs }

    static let usage = Figure<JobSum>(
        whole: FamilyGroup(labels: ["account"], merge: .sum, feed: .jobs).gauge(
            "slurm_account_usage",
            "CPUs in use by each account now: the same number as slurm_account_cpus_allocated, under another name.")
    ) { $0.allocated(\.cpus) }
}
