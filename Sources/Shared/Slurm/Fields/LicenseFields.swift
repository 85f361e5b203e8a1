/// Reads licences of `/slurm/…/licenses`, v0.0.38 to v0.0.46.
struct LicenseFields: RecordFields {
    static let place = RecordPlace(path: ["licenses"])

    private(set) var record = LicenseRecord()
    private var isRemote: Bool?

    enum Field: UInt8 { case name, total, used, free, reserved, remote, lastConsumed, lastDeficit, lastUpdated }

    static let keys: [(key: StaticString, field: Field)] = [
        ("LicenseName", .name), ("Total", .total), ("Used", .used), ("Free", .free), ("Reserved", .reserved),
        ("Remote", .remote), ("LastConsumed", .lastConsumed), ("LastDeficit", .lastDeficit),
        ("LastUpdate", .lastUpdated),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .name: try reading.symbol(&record.name, text, start)
        case .total: try reading.count(&record.total, text, start)
        case .used: try reading.count(&record.used, text, start)
        case .free: try reading.count(&record.free, text, start)
        case .reserved: try reading.count(&record.reserved, text, start)
        case .remote: try reading.flag(&isRemote, text, start)
        case .lastConsumed: try reading.count(&record.lastConsumed, text, start)
        case .lastDeficit: try reading.count(&record.lastDeficit, text, start)
        case .lastUpdated: try reading.time(&record.lastUpdated, text, start)
        }
    }

    mutating func complete(_ reading: inout Reading) {
        record.isRemote = isRemote ?? false
    }
}
