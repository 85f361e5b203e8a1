import SimulatedCluster

/// A record of `scontrol show licenses`.
struct ShowLicense {
    let report: Report
    let oneLine: Bool

    func append(_ license: License, to buffer: inout [UInt8]) {
        buffer.word("LicenseName=", license.name)
        breakLine(&buffer)
        buffer.word("Total=", license.total)
        buffer.word(" Used=", license.used)
        buffer.word(" Free=", license.free)
        buffer.word(" Reserved=", license.reserved)
        buffer.word(" Remote=", fixed: license.isRemote ? "yes" : "no")
        if license.isRemote, report.release >= .v2302 {
            breakLine(&buffer)
            buffer.word("LastConsumed=", license.lastConsumed)
            buffer.word(" LastDeficit=", license.lastDeficit)
            buffer.word(" LastUpdate=", license.lastUpdate, report.clock)
        }
        buffer.append(UInt8(ascii: "\n"))
    }

    private func breakLine(_ buffer: inout [UInt8]) {
        buffer.append(ascii: oneLine ? " " : "\n    ")
    }
}
