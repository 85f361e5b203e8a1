/// Reads slurmdbd's own figures from what `sacctmgr show stats` prints.
struct DatabaseText: RecordColumns {
    private var database = DatabaseRecord()
    private var section = Section.none
    private var isSeen = false

    private enum Section { case none, rollup(DatabaseRecord.Rollup), callsByType, callsByUser }

    static func name(ofField field: Int) -> String { "line" }

    mutating func read(_ line: RawSpan, _ reading: inout Reading) -> ReadColumns<DatabaseRecord> {
        reading.begin(0)
        if line.byteCount > 0, line[0] == UInt8(ascii: "\t") {
            readEntry(line.extracting(1..<line.byteCount), &reading)
        } else if line.byteCount > 0 {
            endRollup()
            readHeading(line, &reading)
        }
        return .nothing
    }

    mutating func finish() -> DatabaseRecord? {
        endRollup()
        return isSeen ? database : nil
    }

    private mutating func readHeading(_ line: RawSpan, _ reading: inout Reading) {
        section = .none
        if line.has("Data since", at: 0) {
            isSeen = true
            database.since = reading.time(line.extracting(line.figure))
        } else if line.has("Remote Procedure Call statistics by message type", at: 0) {
            section = .callsByType
        } else if line.has("Remote Procedure Call statistics by user", at: 0) {
            section = .callsByUser
        } else if let period = line.rollupPeriod {
            var rollup = DatabaseRecord.Rollup(period: period)
            rollup.lastRun = reading.time(line.extracting(line.figure))
            section = .rollup(rollup)
        }
    }

    private mutating func readEntry(_ line: RawSpan, _ reading: inout Reading) {
        switch section {
        case .callsByType: if let calls = reading.calls(line) { database.callsByType.append(calls) }
        case .callsByUser: if let calls = reading.calls(line, ofUsers: true) { database.callsByUser.append(calls) }
        case .rollup(var rollup):
            reading.figure(of: &rollup, line)
            section = .rollup(rollup)
        case .none: break
        }
    }

    private mutating func endRollup() {
        if case .rollup(let rollup) = section { database.rollups.append(rollup) }
    }
}

extension RawSpan {
    /// What slurmrestd calls so: all clusters together. Those of each cluster stand under a heading of their own.
    fileprivate var rollupPeriod: DatabaseRecord.Period? {
        let headings: [(StaticString, DatabaseRecord.Period)] = [
            ("Internal DBD rollup last ran", .hourly), ("User RPC rollup call last ran", .daily),
            ("unknown rollup last ran", .monthly),
        ]
        return headings.first { has($0.0, at: 0) }?.1
    }
}

extension Reading {
    fileprivate mutating func figure(of rollup: inout DatabaseRecord.Rollup, _ line: RawSpan) {
        guard let colon = line.firstIndex(of: .colon) else { return }
        let rest = line.extracting(colon + 1..<line.byteCount)
        let value = count(rest.extracting(rest.trimmed), .bits64)
        let label = line.extracting(0..<colon)
        if label.hasSameBytes(as: "Last cycle") { rollup.lastMicroseconds = value }
        if label.hasSameBytes(as: "Max cycle") { rollup.maximumMicroseconds = value }
        if label.hasSameBytes(as: "Total time") { rollup.totalMicroseconds = value }
        if label.hasSameBytes(as: "Total cycles") { rollup.count = value }
    }
}
