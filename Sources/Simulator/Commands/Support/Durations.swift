import SimulatedCluster

extension [UInt8] {
    /// Appends `[D-]HH:MM:SS`, as most commands write lengths of time.
    mutating func append(duration seconds: Int) {
        appendDays(seconds)
        append(decimal: seconds / 3600 % 24, width: 2)
        append(minutesAndSecondsOf: seconds)
    }

    /// Appends `D-HH:MM:SS`, `H:MM:SS` or `M:SS`, as squeue and sinfo write lengths of time.
    mutating func append(shortDuration seconds: Int) {
        guard seconds >= 3600 else {
            append(decimal: seconds / 60)
            append(UInt8(ascii: ":"))
            append(decimal: seconds % 60, width: 2)
            return
        }
        appendDays(seconds)
        append(decimal: seconds / 3600 % 24, width: seconds >= 86_400 ? 2 : 1)
        append(minutesAndSecondsOf: seconds)
    }

    /// Appends a limit as `[D-]HH:MM:00`, or UNLIMITED.
    mutating func append(_ limit: TimeLimit) {
        if let minutes = limit.minutes {
            append(duration: minutes * 60)
        } else {
            append(ascii: "UNLIMITED")
        }
    }

    /// Appends CPU time as sacct does: with milliseconds only below an hour, and only where there are any.
    mutating func append(cpuMicroseconds: UInt64) {
        let seconds = Int(cpuMicroseconds / 1_000_000)
        let milliseconds = cpuMicroseconds % 1_000_000 / 1000
        guard seconds < 3600, milliseconds > 0 else { return append(duration: seconds) }
        append(decimal: seconds / 60, width: 2)
        append(UInt8(ascii: ":"))
        append(decimal: seconds % 60, width: 2)
        append(UInt8(ascii: "."))
        append(decimal: milliseconds, width: 3)
    }

    private mutating func appendDays(_ seconds: Int) {
        guard seconds >= 86_400 else { return }
        append(decimal: seconds / 86_400)
        append(UInt8(ascii: "-"))
    }

    private mutating func append(minutesAndSecondsOf seconds: Int) {
        append(UInt8(ascii: ":"))
        append(decimal: seconds / 60 % 60, width: 2)
        append(UInt8(ascii: ":"))
        append(decimal: seconds % 60, width: 2)
    }
}
