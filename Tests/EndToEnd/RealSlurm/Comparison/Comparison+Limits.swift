import Foundation
import RealSlurm

extension Comparison {
    static let limits = qos + associations + reservations + licenses + directory

    private static let qos =
        owners("slurm_qos", by: ["qos"]) { [$0.qos] } + [
            ofQOS("slurm_qos_info") { _ in 1 },
            ofQOS("slurm_qos_priority") { $0.number("Priority") },
            ofQOS("slurm_qos_usage_factor") { $0.number("UsageFactor") },
            ofQOS("slurm_qos_grace_time_seconds") { $0.seconds("GraceTime") },
            ofQOS("slurm_qos_max_jobs") { $0.number("GrpJobs") },
            ofQOS("slurm_qos_max_jobs_per_user") { $0.number("MaxJobsPU") },
            ofQOS("slurm_qos_max_wall_time_seconds") { $0.seconds("MaxWall") },
            ofQOS("slurm_qos_max_cpus_per_user") { $0.resources("MaxTRESPU").amounts["cpu"] },
            Comparison("slurm_qos_limit", by: ["qos", "scope", "tres"]) { words in
                words.limits.qos.flatMap { row in
                    [("GrpTRES", "group"), ("MaxTRESPU", "user")].flatMap { field, scope in
                        row.resources(field).amounts.map { ([row["Name"], scope, $0.key], $0.value) }
                    }
                }.sum(of: \.1, by: \.0)
            },
        ]

    private static func ofQOS(
        _ metric: String, _ number: @escaping @Sendable (AccountingRow) -> Double?
    ) -> Comparison {
        Comparison(metric, by: ["qos"]) { $0.limits.qos.sum(of: { number($0) ?? 0 }, by: { [$0["Name"]] }) }
    }

    private static let associations = [
        Comparison(counts: "slurm_association_info", by: ["account", "user", "parent"]) {
            $0.limits.associations.tally { [$0["Account"], $0["User"], $0["ParentName"]] }
        },
        Comparison("slurm_association_shares", by: ["account", "user"]) {
            $0.limits.associations.sum(of: { $0.number("Share") ?? 0 }, by: { [$0["Account"], $0["User"]] })
        },
        Comparison("slurm_association_limit", by: ["account", "user", "limit", "tres"]) { words in
            words.limits.associations.flatMap { row in
                let single = [
                    ("group_jobs", row.number("GrpJobs")), ("jobs", row.number("MaxJobs")),
                    ("submit_jobs", row.number("MaxSubmit")), ("job_wall_seconds", row.seconds("MaxWall")),
                ].compactMap { name, value in value.map { ([row["Account"], row["User"], name, ""], $0) } }
                return single
                    + row.resources("GrpTRES").amounts.map {
                        ([row["Account"], row["User"], "group", $0.key], $0.value)
                    }
            }.sum(of: \.1, by: \.0)
        },
    ]

    private static let reservations = [
        Comparison(
            counts: "slurm_reservation_info", by: ["reservation", "state", "partition", "users", "accounts", "flags"]
        ) { words in
            words.limits.reservations.tally { record in
                [
                    record.name, (record["State"] ?? "").lowercased(), record["PartitionName"] ?? "",
                    record["Users"] ?? "", record["Accounts"] ?? "", record["Flags"] ?? "",
                ]
            }
        },
        Comparison(counts: "slurm_reservation_state", by: ["reservation", "state"]) {
            $0.limits.reservations.tally { [$0.name, ($0["State"] ?? "").lowercased()] }
        },
        ofReservation("slurm_reservation_nodes") { Double($0.number("NodeCnt") ?? 0) },
        ofReservation("slurm_reservation_cores") { Double($0.number("CoreCnt") ?? 0) },
        ofReservation("slurm_reservation_start_time_seconds") { $0.date("StartTime")?.timeIntervalSince1970 ?? 0 },
        ofReservation("slurm_reservation_end_time_seconds") { $0.date("EndTime")?.timeIntervalSince1970 ?? 0 },
        ofReservation("slurm_reservation_duration_seconds") { Double($0.seconds("Duration") ?? 0) },
        Comparison("slurm_reservation_tres", by: ["reservation", "tres"]) { words in
            words.limits.reservations.flatMap { record in
                record.resources("TRES").amounts.map { ([record.name, $0.key], $0.value) }
            }.sum(of: \.1, by: \.0)
        },
        Comparison(total: "slurm_reservation_cpus") { words in
            words.limits.reservations.filter { $0["State"] == "ACTIVE" }.reduce(0) {
                $0 + $1.resources("TRES").processors
            }
        },
    ]

    private static func ofReservation(
        _ metric: String, _ number: @escaping @Sendable (ControlRecord) -> Double
    ) -> Comparison {
        Comparison(metric, by: ["reservation"]) { $0.limits.reservations.sum(of: number, by: { [$0.name] }) }
    }

    private static let licenses = ["Total", "Used", "Free", "Reserved"].map { field in
        Comparison(counts: "slurm_license_\(field.lowercased())", by: ["license", "remote"]) {
            $0.limits.licenses.sum(
                of: { $0.number(field) ?? 0 },
                by: { [$0["LicenseName"] ?? "", $0["Remote"] == "yes" ? "true" : "false"] })
        }
    }

    private static let directory = [
        Comparison(counts: "slurm_tres_info", by: ["tres_id", "tres_type", "tres_name"]) {
            $0.limits.trackedResources.tally { [$0["ID"], $0["Type"], $0["Name"]] }
        },
        Comparison("slurm_tres_configured", by: ["cluster_name", "tres_type", "tres_name"]) { words in
            words.limits.clusters.flatMap { row in
                row.resources("TRES").amounts.map { (key: [row["Cluster"]] + kind($0.key), amount: $0.value) }
            }.sum(of: \.amount, by: \.key)
        },
        Comparison("slurm_tres_allocated", by: ["tres_type", "tres_name"]) { words in
            words.jobs.filter { $0.holding != nil }.flatMap { job in
                job.resources.amounts.filter { !$0.key.hasPrefix("license/") }
                    .map { (key: kind($0.key), amount: $0.value) }
            }.sum(of: \.amount, by: \.key)
        },
        Comparison("slurm_cluster_rpc_version", by: ["cluster_name"]) {
            $0.limits.clusters.sum(of: { $0.number("RPC") ?? 0 }, by: { [$0["Cluster"]] })
        },
        Comparison(
            counts: "slurm_cluster_registration_info", by: ["cluster_name", "control_host", "control_port"]
        ) {
            $0.limits.clusters.tally { [$0["Cluster"], $0["ControlHost"], $0["ControlPort"]] }
        },
    ]
}

/// Type and name of what Slurm writes as `gres/gpu:a100`.
private func kind(_ resource: String) -> [String] {
    let parts = resource.split(separator: "/", maxSplits: 1).map(String.init)
    return [parts[0], parts.count > 1 ? parts[1] : ""]
}

extension ControlRecord {
    fileprivate var name: String { self["ReservationName"] ?? "" }
}
