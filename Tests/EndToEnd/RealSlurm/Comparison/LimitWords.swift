import RealSlurm

/// What sacctmgr and scontrol say of limits, reservations and licences.
struct LimitWords: Equatable, Sendable {
    let qos: [AccountingRow]
    let associations: [AccountingRow]
    let trackedResources: [AccountingRow]
    let clusters: [AccountingRow]
    let reservations: [ControlRecord]
    let licenses: [ControlRecord]

    init(_ slurm: RealSlurm) async throws {
        qos = try await slurm.accountingRows(
            "qos",
            [
                "Name", "Priority", "GraceTime", "UsageFactor", "GrpJobs", "MaxJobsPU", "MaxWall", "GrpTRES",
                "MaxTRESPU",
            ])
        associations = try await slurm.accountingRows(
            "assoc",
            [
                "Account", "User", "ParentName", "Share", "GrpTRES", "GrpJobs", "MaxJobs", "MaxSubmit", "MaxWall",
            ])
        trackedResources = try await slurm.accountingRows("tres", ["Type", "Name", "ID"])
        clusters = try await slurm.accountingRows("cluster", ["Cluster", "ControlHost", "ControlPort", "RPC", "TRES"])
        reservations = try await slurm.reservationRecords()
        licenses = try await slurm.licenseRecords()
    }
}
