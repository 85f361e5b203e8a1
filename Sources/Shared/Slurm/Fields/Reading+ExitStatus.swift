extension Reading {
    /// Reads how a job ended: as wait(2) has it, plain or as a number that can be unset, or as an object.
    mutating func exitStatus(_ status: inout ExitStatus?, _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        guard try text.byte(start) == .openBrace else { return try waitStatus(&status, text, start) }
        var parts = ExitParts()
        let end = try members(text, start) { reading, key, text, at throws(JSONStop) in
            try reading.exitPart(&parts, key, text, at)
        }
        status = parts.status
        return end
    }

    private struct ExitParts {
        /// Of a number that can be unset, in whose place the object may stand.
        var number = SlurmNumber.unset
        var isSet: Bool?
        var code = SlurmNumber.unset
        var signal = SlurmNumber.unset

        var status: ExitStatus? {
            if let code = code.integer { return ExitStatus(code: code, signal: signal.integer ?? 0) }
            if let signal = signal.integer { return ExitStatus(code: 0, signal: signal) }
            return isSet == false ? nil : number.integer.flatMap { ExitStatus(waitStatus: $0) }
        }
    }

    private mutating func exitPart(
        _ parts: inout ExitParts, _ key: RawSpan, _ text: JSONText, _ at: Int
    ) throws(JSONStop) -> Int {
        if key.hasSameBytes(as: "number") { return try number(&parts.number, text, at) }
        if key.hasSameBytes(as: "set") { return try flag(&parts.isSet, text, at) }
        if key.hasSameBytes(as: "return_code") { return try number(&parts.code, text, at) }
        guard key.hasSameBytes(as: "signal") else { return try text.skipValue(at) }
        var signal = SlurmNumber.unset
        let end = try object(text, at) { reading, key, text, at throws(JSONStop) in
            guard key.hasSameBytes(as: "id") || key.hasSameBytes(as: "signal_id") else { return try text.skipValue(at) }
            return try reading.number(&signal, text, at, .bits16)
        }
        parts.signal = signal
        return end
    }

    private mutating func waitStatus(_ status: inout ExitStatus?, _ text: JSONText, _ start: Int) throws(JSONStop)
        -> Int
    {
        var number = SlurmNumber.unset
        let end = try self.number(&number, text, start)
        status = number.integer.flatMap { ExitStatus(waitStatus: $0) }
        return end
    }
}

extension ExitStatus {
    /// - Parameter waitStatus: the exit code times 256, or the signal's number, with 128 added if there is a core dump.
    init?(waitStatus: Int) {
        guard waitStatus >= 0 else { return nil }
        self.init(code: waitStatus >> 8 & 0xFF, signal: waitStatus & 0x7F)
    }
}
