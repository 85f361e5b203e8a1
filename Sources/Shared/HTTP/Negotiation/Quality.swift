/// How welcome something is to a client (RFC 9110 §12.4.2), from 0, not at all, to 1.
struct Quality: Comparable {
    private let thousandths: Int

    static let none = Quality(thousandths: 0)
    static let full = Quality(thousandths: 1000)

    static func < (one: Quality, other: Quality) -> Bool {
        one.thousandths < other.thousandths
    }
}

extension Quality {
    /// More generous than the standard: any number of digits, and what is above 1 counts as 1
    /// (Prometheus 2.49.0 sends `q=2`).
    ///
    /// - Returns: nil if it is not a decimal number, or a negative one.
    init?(_ bytes: Span<UInt8>, at range: Range<Int>) {
        var digits = 0
        var scale: Int?
        var value = 0
        for position in range {
            let byte = bytes[position]
            if byte == UInt8(ascii: "."), scale == nil {
                scale = 1000
            } else if byte.isDigit {
                digits += 1
                value = Self.adding(Int(byte - UInt8(ascii: "0")), to: value, scale: &scale)
            } else {
                return nil
            }
        }
        guard digits > 0 else { return nil }
        self.init(thousandths: min(value, 1000))
    }

    /// A digit too small to count still makes the difference between little and nothing.
    private static func adding(_ digit: Int, to value: Int, scale: inout Int?) -> Int {
        guard let fraction = scale else { return min(value * 10 + digit * 1000, 1000 * 1000) }
        scale = fraction / 10
        return fraction >= 10 ? value + digit * fraction / 10 : max(value, min(digit, 1))
    }
}
