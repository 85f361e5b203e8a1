import SimulatedCluster

/// Times as Slurm's parameters take them: Unix seconds, `2026-01-15T10:30`, `now-2hours`, `midnight`. Dates are UTC.
enum SlurmTime {
    static func read(_ text: String, now: Timestamp) -> Timestamp? {
        if let seconds = UInt32(text) { return Timestamp(seconds) }
        let lower = text.lowercased()
        switch lower {
        case "now": return now
        case "midnight", "today": return midnight(before: now)
        case "tomorrow": return midnight(before: now) + 86_400
        default: return lower.hasPrefix("now") ? relative(lower.dropFirst(3), to: now) : date(text)
        }
    }

    static func midnight(before now: Timestamp) -> Timestamp {
        Timestamp(now.seconds - now.seconds % 86_400)
    }

    /// Reads `-2hours`, `+30` (seconds).
    private static func relative(_ text: Substring, to now: Timestamp) -> Timestamp? {
        guard let sign = text.first, sign == "-" || sign == "+" else { return nil }
        let digits = text.dropFirst().prefix { $0.isNumber }
        // 32 bits of weeks are far from 64 bits of seconds: nothing overflows below.
        guard let count = UInt32(digits), let unit = seconds(in: text.dropFirst(1 + digits.count)) else { return nil }
        return now + (sign == "-" ? -1 : 1) * Int(count) * unit
    }

    private static func seconds(in unit: Substring) -> Int? {
        let units = [("seconds", 1), ("minutes", 60), ("hours", 3600), ("days", 86_400), ("weeks", 604_800)]
        guard !unit.isEmpty else { return 1 }
        return units.first { $0.0.hasPrefix(unit) }?.1
    }

    /// Reads `2026-01-15`, `2026-01-15T10:30`, `2026-01-15T10:30:00`.
    private static func date(_ text: String) -> Timestamp? {
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        let date = halves[0].split(separator: "-").compactMap { Int($0) }
        guard halves.count <= 2, date.count == 3, halves[0].count == 10 else { return nil }
        guard (1...12).contains(date[1]), (1...31).contains(date[2]) else { return nil }
        guard let clock = halves.count == 2 ? clock(halves[1]) : 0 else { return nil }
        return Timestamp(UInt32(clamping: days(date[0], date[1], date[2]) * 86_400 + clock))
    }

    /// Reads `10:30`, `10:30:00` as seconds since midnight.
    private static func clock(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (2...3).contains(parts.count) else { return nil }
        var seconds = 0
        for (part, (limit, unit)) in zip(parts, [(24, 3600), (60, 60), (60, 1)]) {
            guard let part, (0..<limit).contains(part) else { return nil }
            seconds += part * unit
        }
        return seconds
    }

    /// Days since 1970 of a date of the Gregorian calendar.
    ///
    /// Howard Hinnant's days_from_civil: http://howardhinnant.github.io/date_algorithms.html
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
