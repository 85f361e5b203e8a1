extension Reading {
    /// Reads a list of calls. One without a name has its number as name.
    mutating func calls(
        _ calls: inout [SchedulerRecord.Calls], name: StaticString, id: StaticString, _ text: JSONText, _ start: Int
    ) throws(JSONStop) -> Int {
        calls.removeAll()
        guard try text.byte(start) == .openBracket else { return try skipNull(text, start) }
        return try elements(text, start) { reading, text, at throws(JSONStop) in
            var parts = CallParts()
            let end = try reading.object(text, at) { reading, key, text, at throws(JSONStop) in
                if key.hasSameBytes(as: name) { return try reading.string(&parts.name, text, at) }
                if key.hasSameBytes(as: id) { return try reading.count(&parts.id, text, at) }
                return try reading.figure(of: &parts, key, text, at)
            }
            if let found = parts.calls { calls.append(found) }
            return end
        }
    }

    private struct CallParts {
        var name = ""
        var id: Int?
        var count: Int?
        var microseconds: Int?
        var queued: Int?
        var dropped: Int?
        var lastCycle: Int?
        var longestCycle: Int?

        var calls: SchedulerRecord.Calls? {
            guard !name.isEmpty || id != nil, let count else { return nil }
            return SchedulerRecord.Calls(
                name: name.isEmpty ? "\(id ?? 0)" : name, count: count, microseconds: microseconds ?? 0,
                queued: queued, dropped: dropped, lastCycle: lastCycle, longestCycle: longestCycle)
        }
    }

    private mutating func figure(
        of parts: inout CallParts, _ key: RawSpan, _ text: JSONText, _ at: Int
    ) throws(JSONStop) -> Int {
        // slurmdbd has times in an object of their own.
        if key.hasSameBytes(as: "time") {
            return try object(text, at) { reading, key, text, at throws(JSONStop) in
                guard key.hasSameBytes(as: "total") else { return try text.skipValue(at) }
                return try reading.count(&parts.microseconds, text, at, .bits64)
            }
        }
        if key.hasSameBytes(as: "count") { return try count(&parts.count, text, at, .bits64) }
        if key.hasSameBytes(as: "total_time") { return try count(&parts.microseconds, text, at, .bits64) }
        if key.hasSameBytes(as: "queued") { return try count(&parts.queued, text, at, .bits64) }
        if key.hasSameBytes(as: "dropped") { return try count(&parts.dropped, text, at, .bits64) }
        if key.hasSameBytes(as: "cycle_last") { return try count(&parts.lastCycle, text, at, .bits64) }
        if key.hasSameBytes(as: "cycle_max") { return try count(&parts.longestCycle, text, at, .bits64) }
        return try text.skipValue(at)
    }
}
