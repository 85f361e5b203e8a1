/// Reads slurmdbd's figures of `/slurmdb/…/diag`, v0.0.38 to v0.0.46.
struct DatabaseFields: RecordFields {
    static let place = RecordPlace(path: ["statistics"], isSingle: true)

    private(set) var record = DatabaseRecord()

    enum Field: UInt8 { case since, callsByType, callsByUser, rollups }

    static let keys: [(key: StaticString, field: Field)] = [
        ("time_start", .since), ("RPCs", .callsByType), ("users", .callsByUser), ("rollups", .rollups),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .since: try reading.time(&record.since, text, start)
        case .callsByType: try reading.calls(&record.callsByType, name: "rpc", id: "id", text, start)
        case .callsByUser: try reading.calls(&record.callsByUser, name: "user", id: "user_id", text, start)
        case .rollups: try reading.rollups(&record.rollups, text, start)
        }
    }

    mutating func complete(_ reading: inout Reading) {}
}

extension Reading {
    /// Up to v0.0.40 a list, in which hours, days and months go by other names; an object of the three since.
    fileprivate mutating func rollups(
        _ rollups: inout [DatabaseRecord.Rollup], _ text: JSONText, _ start: Int
    ) throws(JSONStop) -> Int {
        rollups = []
        guard try text.byte(start) != .openBracket else {
            return try elements(text, start) { reading, text, at throws(JSONStop) in
                try reading.rollup(&rollups, nil, text, at)
            }
        }
        return try object(text, start) { reading, key, text, at throws(JSONStop) in
            try reading.rollup(&rollups, DatabaseRecord.Period(key), text, at)
        }
    }

    private mutating func rollup(
        _ rollups: inout [DatabaseRecord.Rollup], _ period: DatabaseRecord.Period?, _ text: JSONText, _ start: Int
    ) throws(JSONStop) -> Int {
        var period = period
        var rollup = DatabaseRecord.Rollup(period: .hourly)
        let end = try object(text, start) { reading, key, text, at throws(JSONStop) in
            if key.hasSameBytes(as: "type") { return try reading.text(text, at) { period = .init($1) } }
            return try reading.part(of: &rollup, key, text, at)
        }
        if let period {
            rollup.period = period
            rollups.append(rollup)
        }
        return end
    }

    private mutating func part(
        of rollup: inout DatabaseRecord.Rollup, _ key: RawSpan, _ text: JSONText, _ at: Int
    ) throws(JSONStop) -> Int {
        if key.hasSameBytes(as: "duration") {
            return try object(text, at) { reading, key, text, at throws(JSONStop) in
                try reading.part(of: &rollup, key, text, at)
            }
        }
        switch RollupPart(key) {
        case .count: return try count(&rollup.count, text, at)
        case .lastRun: return try time(&rollup.lastRun, text, at)
        case .last: return try count(&rollup.lastMicroseconds, text, at, .bits64)
        case .maximum: return try count(&rollup.maximumMicroseconds, text, at, .bits64)
        case .total: return try count(&rollup.totalMicroseconds, text, at, .bits64)
        case nil: return try text.skipValue(at)
        }
    }
}

private enum RollupPart {
    case count, lastRun, last, maximum, total

    init?(_ key: RawSpan) {
        let keys: [(StaticString, RollupPart)] = [
            ("count", .count), ("total_cycles", .count), ("last_run", .lastRun), ("last run", .lastRun),
            ("last", .last), ("last_cycle", .last), ("max", .maximum), ("max_cycle", .maximum), ("time", .total),
            ("total_time", .total),
        ]
        guard let part = keys.first(where: { key.hasSameBytes(as: $0.0) })?.1 else { return nil }
        self = part
    }
}

extension DatabaseRecord.Period {
    fileprivate init?(_ word: RawSpan) {
        let words: [(StaticString, Self)] = [
            ("hourly", .hourly), ("internal", .hourly), ("daily", .daily), ("user", .daily), ("monthly", .monthly),
            ("unknown", .monthly),
        ]
        guard let period = words.first(where: { word.isWord($0.0) })?.1 else { return nil }
        self = period
    }
}
