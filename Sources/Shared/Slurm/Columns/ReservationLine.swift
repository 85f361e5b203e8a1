/// Reads reservations of `scontrol --oneliner show reservations`.
struct ReservationLine: RecordColumns {
    private var reservation = ReservationRecord()
    private var tres = TRESText()

    enum Key: UInt8 {
        case name, start, end, nodes, cores, tres, partition, users, accounts, flags, comment
    }

    private static let keys: [(name: StaticString, key: Key)] = [
        ("ReservationName", .name), ("StartTime", .start), ("EndTime", .end), ("NodeCnt", .nodes), ("CoreCnt", .cores),
        ("TRES", .tres), ("PartitionName", .partition), ("Users", .users),
        ("Accounts", .accounts), ("Flags", .flags), ("Comment", .comment),
    ]

    private static let line = KeyedLine(keys, texts: [.comment])

    static func name(ofField field: Int) -> String { "\(keys[field].name)" }

    mutating func read(_ text: RawSpan, _ reading: inout Reading) -> ReadColumns<ReservationRecord> {
        if text.byteCount == 0 || text.has("No reservations", at: 0) { return .nothing }
        guard text.has("ReservationName=", at: 0) else { return .malformed }
        self = ReservationLine()
        Self.line.read(text) { key, value in
            reading.begin(key.rawValue)
            take(key, value, &reading)
        }
        reservation.resources = tres.resources
        return reservation.name.isEmpty ? .malformed : .record(reservation)
    }

    private mutating func take(_ key: Key, _ text: RawSpan, _ reading: inout Reading) {
        switch key {
        case .name: reservation.name = reading.symbol(text)
        case .start: reservation.start = reading.time(text)
        case .end: reservation.end = reading.time(text)
        case .nodes: reservation.nodes = reading.count(text)
        case .cores: reservation.cores = reading.count(text)
        case .tres: if !text.isNull { tres.read(text, &reading) }
        case .partition: reservation.partition = reading.symbol(text)
        case .users: reservation.users = reading.names(text)
        case .accounts: reservation.accounts = reading.names(text)
        case .flags: takeFlags(text, &reading)
        case .comment: break
        }
    }

    /// `PURGE_COMP=00:05:00` has a value with it.
    private mutating func takeFlags(_ text: RawSpan, _ reading: inout Reading) {
        guard !text.isNull else { return }
        text.split(.comma) { flag in
            let end = flag.firstIndex(of: UInt8(ascii: "=")) ?? flag.byteCount
            reservation.flags.append(reading.intern(flag.extracting(0..<end)))
        }
    }
}
