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

extension Moment {
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
