/// A column of sacctmgr: how it is asked for, what stands above it, and how wide it is.
struct AccountingName: Sendable {
    let title: String
    let width: Int
    /// Names, each with how much of it is enough.
    let names: [(name: String, length: Int)]
    let releases: ClosedRange<Release>

    init(
        _ title: String, _ width: Int, _ names: (String, Int)..., since first: Release = .oldest,
        upTo last: Release = .newest
    ) {
        self.title = title
        self.width = width
        self.names = names.map { (name: $0.0, length: $0.1) }
        releases = first...last
    }

    func isCalled(_ word: String) -> Bool {
        names.contains { word.utf8.count >= $0.length && $0.name.lowercased().hasPrefix(word.lowercased()) }
    }

    /// The first that a word can mean, in sacctmgr's own order.
    static func find(_ word: String, _ release: Release) -> AccountingName? {
        all.first { $0.releases.contains(release) && $0.isCalled(word) }
    }

    private static let all: [AccountingName] = [
        AccountingName("Account", 10, ("Account", 3), ("Acct", 4)), AccountingName("Admin", 9, ("AdminLevel", 2)),
        AccountingName("Cluster", 10, ("Clusters", 2)),
        AccountingName("Coord Accounts", 20, ("Coordinators", 3)),
        AccountingName("Comment", 20, ("Comment", 3), since: .v2302),
        AccountingName("ControlHost", 15, ("ControlHost", 8)), AccountingName("ControlPort", 12, ("ControlPort", 8)),
        AccountingName("Count", 6, ("Count", 3)), AccountingName("Def Acct", 10, ("DefaultAccount", 8)),
        AccountingName("Def QOS", 9, ("DefaultQOS", 8)), AccountingName("Def WCKey", 10, ("DefaultWCKey", 8)),
        AccountingName("Descr", 20, ("Description", 3)), AccountingName("Features", 20, ("Features", 3)),
        AccountingName("Federation", 10, ("Federation", 3)), AccountingName("FedState", 12, ("FedState", 4)),
        AccountingName("Flags", 20, ("Flags", 2)), AccountingName("GraceTime", 10, ("GraceTime", 3)),
        AccountingName("GrpTRES", 13, ("GrpTRES", 7)), AccountingName("GrpTRESMins", 13, ("GrpTRESMins", 7)),
        AccountingName("GrpTRESRunMins", 13, ("GrpTRESRunMins", 7)), AccountingName("GrpJobs", 7, ("GrpJobs", 4)),
        AccountingName("GrpJobsAccrue", 13, ("GrpJobsAccrue", 8)),
        AccountingName("GrpSubmit", 9, ("GrpSubmitJobs", 4)), AccountingName("GrpWall", 11, ("GrpWall", 4)),
        AccountingName("ID", 6, ("ID", 2)), AccountingName("LFT", 6, ("LFT", 1), upTo: .v2302),
        AccountingName("Lineage", -20, ("Lineage", 1), since: .v2311),
        AccountingName("MaxTRES", 13, ("MaxTRES", 7), ("MaxTRESPJ", 9), ("MaxTRESPerJob", 11)),
        AccountingName("MaxTRESPerNode", 14, ("MaxTRESPerNode", 11), ("MaxTRESPN", 9)),
        AccountingName("MaxTRESMins", 13, ("MaxTRESMinsPerJob", 8), ("MaxTRESMinsPJ", 13)),
        AccountingName(
            "MaxTRESRunMinsPA", 16, ("MaxTRESRunMinsPerAccount", 18), ("MaxTRESRunMinsPerAcct", 18),
            ("MaxTRESRunMinsPA", 15)),
        AccountingName("MaxTRESRunMinsPU", 16, ("MaxTRESRunMinsPerUser", 8), ("MaxTRESRunMinsPU", 8)),
        AccountingName("MaxTRESPA", 13, ("MaxTRESPerAccount", 11), ("MaxTRESPerAcct", 11), ("MaxTRESPA", 9)),
        AccountingName("MaxTRESPU", 13, ("MaxTRESPerUser", 11), ("MaxTRESPU", 9)),
        AccountingName("MaxJobs", 7, ("MaxJobs", 4)), AccountingName("MaxJobsAccrue", 13, ("MaxJobsAccrue", 8)),
        AccountingName("MaxJobsPA", 9, ("MaxJobsPerAccount", 11), ("MaxJobsPerAcct", 11), ("MaxJobsPA", 9)),
        AccountingName("MaxJobsPU", 9, ("MaxJobsPerUser", 11), ("MaxJobsPU", 9)),
        AccountingName("MinPrioThres", 12, ("MinPrioThreshold", 4)),
        AccountingName("MaxSubmit", 9, ("MaxSubmitJobs", 4)),
        AccountingName(
            "MaxSubmitPA", 11, ("MaxSubmitJobsPerAccount", 17), ("MaxSubmitJobsPerAcct", 17), ("MaxSubmitJobsPA", 15),
            ("MaxSubmitPA", 11)),
        AccountingName("MaxSubmitPU", 11, ("MaxSubmitJobsPerUser", 10), ("MaxSubmitJobsPU", 10), ("MaxSubmitPU", 6)),
        AccountingName("MaxWall", 11, ("MaxWallDurationPerJob", 4)),
        AccountingName("MinTRES", 13, ("MinTRESPerJob", 7)),
        AccountingName("Name", 10, ("Name", 2)), AccountingName("Org", 20, ("Organization", 1)),
        AccountingName("ParentID", 8, ("ParentID", 7)), AccountingName("ParentName", 10, ("ParentName", 7)),
        AccountingName("Partition", 10, ("Partition", 4)), AccountingName("PreemptMode", 11, ("PreemptMode", 8)),
        AccountingName("Preempt", 10, ("Preempt", 7)),
        AccountingName("PreemptExemptTime", 19, ("PreemptExemptTime", 8)),
        AccountingName("Priority", 10, ("Priority", 3)), AccountingName("QOS", 20, ("QOSLevel", 3)),
        AccountingName("QOS_RAW", 10, ("QOSRAWLevel", 4)), AccountingName("RGT", 6, ("RGT", 1), upTo: .v2511),
        AccountingName("RPC", 5, ("RPC", 1)), AccountingName("Share", 9, ("Share", 1), ("FairShare", 2)),
        AccountingName("TRES", 20, ("TRES", 2)), AccountingName("Type", 8, ("Type", 2)),
        AccountingName("UsageFactor", 11, ("UsageFactor", 6)), AccountingName("UsageThres", 10, ("UsageThreshold", 6)),
        AccountingName("LimitFactor", 11, ("LimitFactor", 6)), AccountingName("User", 10, ("User", 1)),
        AccountingName("WCKey", 10, ("WCKeys", 2)), AccountingName("Class", 9, ("Classification", 3)),
    ]
}
