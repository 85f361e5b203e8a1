import SimulatedCluster

/// `/slurm/v0.0.N/licenses`, in the order of the document.
enum LicenseFields {
    static let all: [Field<License>] = [
        .text("LicenseName") { license, _ in license.name },
        .integer("Total") { license, _ in license.total },
        .integer("Used") { license, _ in license.used },
        .integer("Free") { license, _ in license.free },
        .bool("Remote", .since(.v39)) { license, _ in license.isRemote },
        .integer("Reserved") { license, _ in license.reserved },
        .bool("Remote", .upTo(.v38)) { license, _ in license.isRemote },
        .integer("LastConsumed", .since(.v39)) { license, _ in license.lastConsumed },
        .integer("LastDeficit", .since(.v39)) { license, _ in license.lastDeficit },
        .seconds("LastUpdate", .since(.v39)) { license, _ in license.lastUpdate },
        .empty("Nodes", .since(.v44)),
    ]
}
