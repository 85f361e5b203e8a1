/// A Unix time as people count: in the Gregorian calendar.
public struct Moment: Sendable {
    public let time: Timestamp
    public let year: Int
    public let month: Int
    public let day: Int
    /// Since midnight.
    public let seconds: Int

    /// Howard Hinnant's civil_from_days (https://howardhinnant.github.io/date_algorithms.html), for days after 1970.
    public init(_ time: Timestamp) {
        self.time = time
        seconds = Int(time.seconds) % 86_400
        let shifted = Int(time.seconds) / 86_400 + 719_468
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + shifted / 146_097 * 400 + (month <= 2 ? 1 : 0)
    }

    /// The same the other way: nothing for a date that doesn't exist or lies outside of Slurm's times.
    public static func time(year: Int, month: Int, day: Int, seconds: Int) -> Timestamp? {
        guard (1970...2105).contains(year), (1...12).contains(month), (1...31).contains(day),
            (0..<86_400).contains(seconds)
        else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let yearOfEra = shiftedYear % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Timestamp(UInt32((shiftedYear / 400 * 146_097 + dayOfEra - 719_468) * 86_400 + seconds))
    }
}
