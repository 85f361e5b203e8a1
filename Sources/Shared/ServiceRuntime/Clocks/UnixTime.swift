import Glibc

/// A point in time as the time since 1970-01-01T00:00:00Z, leap seconds not counted. Reaches from 1678 to 2262.
public struct UnixTime: Hashable, Comparable, Sendable {
    public let nanoseconds: Int64

    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Exact to a quarter of a microsecond or better in this century.
    public var seconds: Double { Double(nanoseconds) / 1e9 }

    public static func < (left: UnixTime, right: UnixTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    public static func + (time: UnixTime, duration: Duration) -> UnixTime {
        UnixTime(nanoseconds: time.nanoseconds + duration.nanoseconds)
    }
}

extension UnixTime {
    /// RFC 3339 in UTC with milliseconds, cut off rather than rounded: `2026-02-03T04:05:06.789Z`.
    public var timestamp: String {
        let (whole, fraction) = nanoseconds.flooredQuotientAndRemainder(dividingBy: 1_000_000_000)
        var seconds = time_t(whole)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let date = [(parts.tm_year + 1900).padded(4), (parts.tm_mon + 1).padded(2), parts.tm_mday.padded(2)]
        let time = [parts.tm_hour.padded(2), parts.tm_min.padded(2), parts.tm_sec.padded(2)]
        return "\(date.joined(separator: "-"))T\(time.joined(separator: ":")).\((fraction / 1_000_000).padded(3))Z"
    }
}

extension Int64 {
    fileprivate func flooredQuotientAndRemainder(dividingBy divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension BinaryInteger {
    fileprivate func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
