/// A point in time as Slurm's commands and slurmrestd's parameters take it, in UTC: `2026-01-15[T22:00[:00]]`, `now`,
/// `now-2days`, `today`, `midnight`, `HH:MM[:SS]`, `uts…`, `uts=…` or `epoch`. Of Slurm's forms those with slashes and month names are not known.
public enum SlurmTime {
    public static func read(_ text: String, now: Timestamp) -> Timestamp? {
        let word = text.lowercased()
        let midnight = midnight(before: now)
        switch word {
        case "now": return now
        case "today", "midnight": return midnight
        case "tomorrow": return midnight + 86_400
        case "noon": return midnight + 43_200
        case "epoch", "0": return .never
        default: break
        }
        if word.hasPrefix("now") { return offset(word.dropFirst(3)).map { now + $0 } }
        if word.hasPrefix("uts=") { return UInt32(word.dropFirst(4)).map { Timestamp($0) } }
        if word.hasPrefix("uts") { return UInt32(word.dropFirst(3)).map { Timestamp($0) } }
        let parts = word.split(separator: "t", maxSplits: 1)
        guard let date = parts.first else { return nil }
        if parts.count == 1, date.contains(":") { return clock(date).map { midnight + $0 } }
        return calendar(date, parts.count > 1 ? parts[1] : "00:00")
    }

    public static func midnight(before now: Timestamp) -> Timestamp { now - Int(now.seconds) % 86_400 }

    private static func calendar(_ date: Substring, _ time: Substring) -> Timestamp? {
        let numbers = date.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 3, let year = numbers[0], let month = numbers[1], let day = numbers[2],
            let seconds = clock(time)
        else { return nil }
        return Moment.time(year: year, month: month, day: day, seconds: seconds)
    }

    private static func clock(_ text: Substring) -> Int? {
        let numbers = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (2...3).contains(numbers.count), let hours = numbers[0], (0..<24).contains(hours) else { return nil }
        var seconds = hours * 3600
        for (number, weight) in zip(numbers.dropFirst(), [60, 1]) {
            guard let number, (0..<60).contains(number) else { return nil }
            seconds += number * weight
        }
        return seconds
    }

    private static func offset(_ text: Substring) -> Int? {
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let digits = text.dropFirst().prefix { $0.isNumber }
        // As many weeks as 32 bits can hold are far from 64 bits of seconds: nothing overflows.
        guard let number = UInt32(digits), let unit = unit(text.dropFirst(1 + digits.count)) else { return nil }
        return (sign == "-" ? -1 : 1) * Int(number) * unit
    }

    private static func unit(_ name: Substring) -> Int? {
        let units = [("seconds", 1), ("minutes", 60), ("hours", 3600), ("days", 86_400), ("weeks", 604_800)]
        if name.isEmpty { return 1 }
        return units.first { $0.0.hasPrefix(name) }?.1
    }
}
