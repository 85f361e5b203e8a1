import Metrics
import Slurm

/// What is said of each licence that Slurm hands out.
enum LicenseFigures {
    private static let declare = FamilyGroup(labels: ["license", "remote"], merge: .replica, feed: .licenses)

    static let all: [Figure<LicenseRecord>] = [
        Figure(
            whole: declare.gauge(
                "slurm_license_total",
                "Licences that the cluster has, or is given of those that clusters share (remote).")
        ) { $0.total },
        Figure(whole: declare.gauge("slurm_license_used", "Licences that running and suspended jobs have.")) {
            $0.used
        },
        Figure(
            whole: declare.gauge("slurm_license_free", "Licences that neither jobs nor reservations have.")
        ) { $0.free },
        Figure(whole: declare.gauge("slurm_license_reserved", "Licences that reservations have.")) { $0.reserved },
        Figure(
            whole: declare.gauge(
                "slurm_license_last_consumed",
                "Remote licences that the licence server counts as taken by anybody, as it was last told to Slurm; from API"
                    + " version 0.0.39 on.")
        ) { $0.isRemote ? $0.lastConsumed : nil },
        Figure(
            whole: declare.gauge(
                "slurm_license_last_deficit",
                "Remote licences that Slurm keeps back because others took more than was left to them; from API version"
                    + " 0.0.39 on.")
        ) { $0.isRemote ? $0.lastDeficit : nil },
        Figure(
            moment: declare.gauge(
                "slurm_license_last_update_timestamp_seconds",
                "When the figures of a remote licence were last told to Slurm; from API version 0.0.39 on.",
                unit: "seconds")
        ) { $0.isRemote ? $0.lastUpdated : nil },
    ]

    static func fold() -> RecordFold<LicenseRecord> {
        RecordFold(all) { license, symbols in [symbols[license.name], license.isRemote ? "true" : "false"] }
    }
}
