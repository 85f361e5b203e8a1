/// Reads licences of `scontrol --oneliner show licenses`.
struct LicenseLine: RecordColumns {
    enum Key: UInt8 { case name, total, used, free, reserved, remote, lastConsumed, lastDeficit, lastUpdated }

    private static let keys: [(name: StaticString, key: Key)] = [
        ("LicenseName", .name), ("Total", .total), ("Used", .used), ("Free", .free), ("Reserved", .reserved),
        ("Remote", .remote), ("LastConsumed", .lastConsumed), ("LastDeficit", .lastDeficit),
        ("LastUpdate", .lastUpdated),
    ]

    private static let line = KeyedLine(keys)

    private var license = LicenseRecord()

    static func name(ofField field: Int) -> String { "\(keys[field].name)" }

    mutating func read(_ text: RawSpan, _ reading: inout Reading) -> ReadColumns<LicenseRecord> {
        if text.byteCount == 0 || text.has("No licenses", at: 0) { return .nothing }
        guard text.has("LicenseName=", at: 0) else { return .malformed }
        self = LicenseLine()
        Self.line.read(text) { key, value in
            reading.begin(key.rawValue)
            take(key, value, &reading)
        }
        return license.name.isEmpty ? .malformed : .record(license)
    }

    private mutating func take(_ key: Key, _ text: RawSpan, _ reading: inout Reading) {
        switch key {
        case .name: license.name = reading.symbol(text)
        case .total: license.total = reading.count(text)
        case .used: license.used = reading.count(text)
        case .free: license.free = reading.count(text)
        case .reserved: license.reserved = reading.count(text)
        case .remote: license.isRemote = reading.flag(text) ?? false
        case .lastConsumed: license.lastConsumed = reading.count(text)
        case .lastDeficit: license.lastDeficit = reading.count(text)
        case .lastUpdated: license.lastUpdated = reading.time(text)
        }
    }
}
