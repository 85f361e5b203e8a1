/// Reads controllers of `/slurm/…/ping`, v0.0.38 to v0.0.46.
struct ControllerFields: RecordFields {
    static let place = RecordPlace(path: ["pings"])

    private(set) var record = ControllerRecord()
    private var isPrimary: Bool?
    private var responds: Bool?
    private var mode = ""
    private var pinged = ""
    private var microseconds = SlurmNumber.unset

    enum Field: UInt8 { case host, mode, primary, responding, pinged, latency }

    static let keys: [(key: StaticString, field: Field)] = [
        ("hostname", .host), ("mode", .mode), ("primary", .primary), ("responding", .responding),
        ("ping", .pinged), ("pinged", .pinged), ("latency", .latency),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .host: try reading.string(&record.host, text, start)
        case .mode: try reading.string(&mode, text, start)
        case .primary: try reading.flag(&isPrimary, text, start)
        case .responding: try reading.flag(&responds, text, start)
        case .pinged: try reading.string(&pinged, text, start)
        case .latency: try reading.number(&microseconds, text, start)
        }
    }

    mutating func complete(_ reading: inout Reading) {
        record.role = !mode.isEmpty ? mode : isPrimary.map { $0 ? "primary" : "backup" } ?? ""
        record.isUp = responds ?? (pinged.isEmpty ? nil : pinged.uppercased() == "UP")
        // Of one that is down it is how long nobody answered.
        record.latencySeconds = record.isUp == true ? microseconds.double.map { $0 / 1e6 } : nil
    }
}
