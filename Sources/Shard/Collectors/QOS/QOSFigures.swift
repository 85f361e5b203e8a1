import Metrics
import Slurm

/// What is said of each quality of service.
enum QOSFigures {
    private static let declare = FamilyGroup(labels: ["qos"], merge: .replica, feed: .qos)
    private static let unset = " Absent where it isn't set; 0 is a limit."

    static let all = facts + jobLimits + resourceLimits

    private static let facts: [Figure<QOSRecord>] = [
        Figure(
            declare.info(
                "slurm_qos_info",
                "What a QOS is: its flags, the QOS whose jobs its own may preempt, and how they are preempted.",
                by: ["description", "flags", "preempts", "preempt_mode"])
        ) { qos, symbols in
            func list(_ names: [Symbol]) -> String { names.map { symbols[$0] }.joined(separator: ",") }
            return [Share(qos.description, list(qos.flags), list(qos.preempts), list(qos.preemptModes), number: 1)]
        },
        Figure(whole: declare.gauge("slurm_qos_priority", "What a QOS adds to its jobs' priority.")) { $0.priority },
        Figure(
            declare.gauge(
                "slurm_qos_usage_factor", "What the use of a QOS's jobs is multiplied by when it is counted.")
        ) { $0.usageFactor },
        Figure(
            whole: declare.gauge(
                "slurm_qos_grace_time_seconds", "How long a job of a QOS goes on once it is told that it is preempted.",
                unit: "seconds")
        ) { $0.graceSeconds },
    ]

    private static func limit(
        _ name: MetricName, _ help: String, unit: String? = nil, _ limit: @escaping @Sendable (UsageLimits) -> Int?
    ) -> Figure<QOSRecord> {
        Figure(whole: declare.gauge(name, help + unset, unit: unit)) { limit($0.limits) }
    }

    private static let jobLimits = [
        limit("slurm_qos_max_jobs", "Most jobs of a QOS that run at a time (GrpJobs).") { $0.groupJobs },
        limit("slurm_qos_max_jobs_per_user", "Most jobs of a user that run in a QOS at a time (MaxJobsPerUser).") {
            $0.jobs
        },
        limit(
            "slurm_qos_max_jobs_per_account",
            "Most jobs of an account that run in a QOS at a time (MaxJobsPerAccount)."
        ) { $0.accountJobs },
        limit(
            "slurm_qos_max_submit_jobs",
            "Most jobs of a QOS that wait or run at a time (GrpSubmitJobs); from API version 0.0.42 on."
        ) {
            $0.groupSubmittedJobs
        },
        limit(
            "slurm_qos_max_submit_jobs_per_user",
            "Most jobs of a user that wait or run in a QOS at a time (MaxSubmitJobsPerUser)."
        ) { $0.submittedJobs },
        limit(
            "slurm_qos_max_submit_jobs_per_account",
            "Most jobs of an account that wait or run in a QOS at a time (MaxSubmitJobsPerAccount)."
        ) {
            $0.accountSubmittedJobs
        },
        limit(
            "slurm_qos_max_wall_time_seconds", "Longest time limit of a job in a QOS (MaxWall).", unit: "seconds"
        ) { $0.jobWallSeconds },
        limit(
            "slurm_qos_max_group_wall_time_seconds",
            "What the jobs of a QOS may run for in all, decayed (GrpWall).", unit: "seconds"
        ) { $0.groupWallSeconds },
    ]

    private static let resourceLimits =
        [
            limit("slurm_qos_max_cpus", "CPUs that all jobs of a QOS may have together (GrpTRES).") { $0.group[.cpu] },
            limit("slurm_qos_max_cpus_per_user", "CPUs that a user's jobs in a QOS may have (MaxTRESPerUser).") {
                $0.user[.cpu]
            },
            limit("slurm_qos_max_nodes", "Nodes that all jobs of a QOS may have together (GrpTRES).") {
                $0.group[.node]
            },
            limit("slurm_qos_min_cpus", "CPUs that a job in a QOS has to ask for at least (MinTRES).") {
                $0.leastOfJob[.cpu]
            },
            limit("slurm_qos_min_nodes", "Nodes that a job in a QOS has to ask for at least (MinTRES).") {
                $0.leastOfJob[.node]
            },
        ] + [
            Figure(
                declare.gauge(
                    "slurm_qos_limit",
                    "Every limit of a QOS on a resource, memory in bytes, by what it binds: all jobs together (group:"
                        + " GrpTRES), those of a user or an account, a job, its part on each node; min_job is what a job"
                        + " has to ask for at least. Limits that aren't set have no series. What is in use stands in"
                        + " slurm_qos_cpus_allocated, slurm_qos_gpus_allocated and their like.",
                    by: ["scope", "tres"])
            ) { qos, symbols in scoped(qos.limits).flatMap { $1.shares($0, symbols: symbols) } },
            Figure(
                declare.gauge(
                    "slurm_qos_limit_tres_minutes",
                    "What may be used up in a QOS, in resources times minutes: by all jobs together (group:"
                        + " GrpTRESMins, of which use decays) and by each job (MaxTRESMins).",
                    by: ["scope", "tres"])
            ) { qos, symbols in
                qos.limits.groupMinutes.shares("group", symbols: symbols)
                    + qos.limits.jobMinutes.shares("job", symbols: symbols)
            },
        ]

    private static func scoped(_ limits: UsageLimits) -> [(String, ResourceAmounts)] {
        [
            ("group", limits.group), ("user", limits.user), ("account", limits.account), ("job", limits.job),
            ("node", limits.node), ("min_job", limits.leastOfJob),
        ]
    }
}
