import SimulatedCluster

/// How points in time are written: in UTC, as SLURM_TIME_FORMAT says.
///
/// Of strftime(3) the conversions that stand for digits are known, and the English names; others are written as they are.
struct Clock: Sendable {
    private let format: [UInt8]?

    /// Nothing, an empty format, "standard" and those that Slurm refuses mean ISO 8601 without a zone.
    init(format: String? = nil) {
        let usable = format.map { $0.utf8.contains(UInt8(ascii: "%")) && $0.utf8.count < 32 } ?? false
        self.format = usable ? format.map { Array($0.utf8) } : nil
    }

    /// Appends `2026-01-15T22:00:00`; "Unknown" for never.
    func append(_ time: Timestamp, to buffer: inout [UInt8]) {
        guard time.isSet else { return buffer.append(ascii: "Unknown") }
        let moment = Moment(time)
        if let format {
            append(moment, as: format, to: &buffer)
        } else {
            moment.append(date: UInt8(ascii: "-"), to: &buffer)
            buffer.append(UInt8(ascii: "T"))
            moment.append(clockTo: &buffer)
        }
    }

    /// Appends what ctime(3) gives: `Thu Jan 15 22:00:00 2026`.
    static func append(ctime time: Timestamp, to buffer: inout [UInt8]) {
        let moment = Moment(time)
        buffer.append(contentsOf: moment.dayName.utf8.prefix(3))
        buffer.append(UInt8(ascii: " "))
        buffer.append(contentsOf: moment.monthName.utf8.prefix(3))
        buffer.append(UInt8(ascii: " "))
        buffer.append(decimal: moment.day, width: 2)
        buffer.append(UInt8(ascii: " "))
        moment.append(clockTo: &buffer)
        buffer.append(UInt8(ascii: " "))
        buffer.append(decimal: moment.year)
    }

    private func append(_ moment: Moment, as format: [UInt8], to buffer: inout [UInt8]) {
        var rest = format[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let conversion = rest.popFirst() {
                moment.append(conversion, to: &buffer)
            } else {
                buffer.append(byte)
            }
        }
    }
}

/// A Unix time as people count: in the Gregorian calendar.
struct Moment {
    let time: Timestamp
    let year: Int
    let month: Int
    let day: Int
    /// Since midnight.
    let seconds: Int

    /// Howard Hinnant's civil_from_days (https://howardhinnant.github.io/date_algorithms.html), for days after 1970.
    init(_ time: Timestamp) {
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
    static func time(year: Int, month: Int, day: Int, seconds: Int) -> Timestamp? {
        guard (1970...2105).contains(year), (1...12).contains(month), (1...31).contains(day),
            (0..<86_400).contains(seconds)
        else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let yearOfEra = shiftedYear % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Timestamp(UInt32((shiftedYear / 400 * 146_097 + dayOfEra - 719_468) * 86_400 + seconds))
    }

    var dayName: String {
        ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"][Int(time.seconds) / 86_400 % 7]
    }

    var monthName: String {
        [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ][month - 1]
    }

    func append(date separator: UInt8, to buffer: inout [UInt8]) {
        buffer.append(decimal: year, width: 4)
        buffer.append(separator)
        buffer.append(decimal: month, width: 2)
        buffer.append(separator)
        buffer.append(decimal: day, width: 2)
    }

    func append(clockTo buffer: inout [UInt8]) {
        buffer.append(decimal: seconds / 3600, width: 2)
        buffer.append(UInt8(ascii: ":"))
        buffer.append(decimal: seconds / 60 % 60, width: 2)
        buffer.append(UInt8(ascii: ":"))
        buffer.append(decimal: seconds % 60, width: 2)
    }

    /// Appends one conversion of strftime(3).
    func append(_ conversion: UInt8, to buffer: inout [UInt8]) {
        switch Character(Unicode.Scalar(conversion)) {
        case "s": buffer.append(decimal: time.seconds)
        case "F": append(date: UInt8(ascii: "-"), to: &buffer)
        case "T": append(clockTo: &buffer)
        case "Y": buffer.append(decimal: year)
        case "y": buffer.append(decimal: year % 100, width: 2)
        case "m": buffer.append(decimal: month, width: 2)
        case "d": buffer.append(decimal: day, width: 2)
        case "H": buffer.append(decimal: seconds / 3600, width: 2)
        case "M": buffer.append(decimal: seconds / 60 % 60, width: 2)
        case "S": buffer.append(decimal: seconds % 60, width: 2)
        case "a": buffer.append(contentsOf: dayName.utf8.prefix(3))
        case "A": buffer.append(contentsOf: dayName.utf8)
        case "b": buffer.append(contentsOf: monthName.utf8.prefix(3))
        case "B": buffer.append(contentsOf: monthName.utf8)
        case "z": buffer.append(ascii: "+0000")
        case "Z": buffer.append(ascii: "UTC")
        case "%": buffer.append(UInt8(ascii: "%"))
        default:
            buffer.append(UInt8(ascii: "%"))
            buffer.append(conversion)
        }
    }
}
