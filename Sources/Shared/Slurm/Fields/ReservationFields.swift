/// Reads reservations of `/slurm/…/reservations`, v0.0.38 to v0.0.46.
struct ReservationFields: RecordFields {
    static let place = RecordPlace(path: ["reservations"])

    private(set) var record = ReservationRecord()
    private var tres = TRESText()

    enum Field: UInt8 {
        case name, start, end, nodes, cores, tres, partition, users, accounts, flags
    }

    static let keys: [(key: StaticString, field: Field)] = [
        ("name", .name), ("start_time", .start), ("end_time", .end), ("node_count", .nodes), ("core_count", .cores),
        ("tres", .tres), ("partition", .partition), ("users", .users),
        ("accounts", .accounts), ("flags", .flags),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .name: try reading.symbol(&record.name, text, start)
        case .start: try reading.time(&record.start, text, start)
        case .end: try reading.time(&record.end, text, start)
        case .nodes: try reading.count(&record.nodes, text, start)
        case .cores: try reading.count(&record.cores, text, start)
        case .tres: try reading.text(text, start) { tres.read($1, &$0) }
        case .partition: try reading.symbol(&record.partition, text, start)
        case .users: try reading.names(&record.users, text, start)
        case .accounts: try reading.names(&record.accounts, text, start)
        case .flags: try reading.names(&record.flags, text, start)
        }
    }

    mutating func complete(_ reading: inout Reading) {
        record.resources = tres.resources
    }
}
