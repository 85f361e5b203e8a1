extension TruthTable {
    /// Qualities of service, reservations, licences and slurmdbd.
    static let limits = qosUse + qosLimits + qosResources + reservations + licenses + database

    private static let qosUse = [TruthRow("qos/{qos}/jobs/known/byState/{state}", "slurm_qos_jobs_total")]

    private static let qosLimits =
        [
            ("groupJobs", "max_jobs", everywhere), ("jobs", "max_jobs_per_user", everywhere),
            ("jobsPerAccount", "max_jobs_per_account", everywhere),
            ("groupSubmitted", "max_submit_jobs", Set(42...46)), ("submitted", "max_submit_jobs_per_user", everywhere),
            ("wallSeconds", "max_wall_time_seconds", everywhere),
            ("groupWallSeconds", "max_group_wall_time_seconds", everywhere),
        ].map { TruthRow("qosUsage/{qos}/limits/others/\($0)", "slurm_qos_\($1)", in: $2) } + [
            TruthRow("qosUsage/{qos}/limits/group/cpu", "slurm_qos_max_cpus"),
            TruthRow("qosUsage/{qos}/limits/user/cpu", "slurm_qos_max_cpus_per_user"),
            TruthRow("qosUsage/{qos}/limits/group/node", "slurm_qos_max_nodes"),
            TruthRow("qosUsage/{qos}/limits/leastOfJob/cpu", "slurm_qos_min_cpus"),
            TruthRow("qosUsage/{qos}/limits/leastOfJob/node", "slurm_qos_min_nodes"),
        ]

    private static let qosResources =
        [
            ("group", "group"), ("user", "user"), ("account", "account"), ("job", "job"), ("node", "node"),
            ("leastOfJob", "min_job"),
        ].map { TruthRow("qosUsage/{qos}/limits/\($0)/{tres}", "slurm_qos_limit", labels: ["scope": $1]) }
        + [("groupMinutes", "group"), ("jobMinutes", "job")].map {
            TruthRow("qosUsage/{qos}/limits/\($0)/{tres}", "slurm_qos_limit_tres_minutes", labels: ["scope": $1])
        }

    private static let reservations = [
        TruthRow("reservations/{reservation}/resources/nodes", "slurm_reservation_nodes"),
        TruthRow("reservations/{reservation}/cores", "slurm_reservation_cores"),
        TruthRow("reservations/{reservation}/configuredCPUs", "slurm_reservation_tres", labels: ["tres": "cpu"]),
        TruthRow("reservations/{reservation}/start", "slurm_reservation_start_time_seconds"),
        TruthRow("reservations/{reservation}/end", "slurm_reservation_end_time_seconds"),
        TruthRow("reservations/{reservation}/isActive", "slurm_reservation_state", labels: ["state": "active"]),
        TruthRow(
            "reservations/{reservation}/nodesByState/{state}", "slurm_reservation_nodes_total", in: since39),
    ]

    private static let licenses = ["total", "used", "free", "reserved"].map {
        TruthRow("licenses/{license}/\($0)", "slurm_license_\($0)")
    }

    private static let database = [
        TruthRow("database/since", "slurm_dbd_last_reset_timestamp_seconds"),
        TruthRow("database/callsByType/{message_type}", "slurm_dbd_rpc_calls_total"),
        TruthRow("database/callMicrosecondsByType/{message_type}", "slurm_dbd_rpc_duration_seconds_total", per: 1e6),
        TruthRow("database/callsByUser/{user}", "slurm_dbd_rpc_user_calls_total"),
        TruthRow("database/rollups/{period}", "slurm_dbd_rollups_total"),
        TruthRow("database/lastRollupMicroseconds/{period}", "slurm_dbd_rollup_last_seconds", per: 1e6),
    ]
}
