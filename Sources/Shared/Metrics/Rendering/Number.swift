/// How numbers are written: the shortest digits that read back as the same number, whole numbers without a point.
package enum Number {
    /// No number takes more bytes.
    package static let longest = 32

    /// A bucket's bound or a quantile, as Go and every client library write it, since it is part of a series' identity:
    /// an exponent from 1e+06 on and below 1e-04. OpenMetrics shows by a point that `1.0` is no integer.
    package static func label(_ value: Double, in format: MetricsFormat) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf" }
        let text = goText(value)
        return format == .text || text.contains(where: ".e".contains) ? text : text + ".0"
    }

    private static func goText(_ value: Double) -> String {
        if value == 0 { return "0" }
        let (digits, exponent) = decimal(value.magnitude)
        let sign = value < 0 ? "-" : ""
        if exponent < -4 || exponent >= 6 {
            let fraction = digits.dropFirst()
            let places = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
            return sign + digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + (exponent < 0 ? "e-" : "e+")
                + places
        }
        if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits }
        let padded = digits + String(repeating: "0", count: max(0, exponent + 1 - digits.count))
        let fraction = padded.dropFirst(exponent + 1)
        return sign + padded.prefix(exponent + 1) + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// The shortest significant digits, and the decimal exponent of the first.
    private static func decimal(_ value: Double) -> (digits: String, exponent: Int) {
        let parts = value.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = mantissa[0]
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : ""
        let all = whole + fraction
        let significant = all.drop { $0 == "0" }
        let exponent = whole.count - 1 - (all.count - significant.count) + (parts.count > 1 ? Int(parts[1])! : 0)
        let trailing = significant.reversed().prefix { $0 == "0" }.count
        return (String(significant.dropLast(trailing)), exponent)
    }
}

extension OutputSpan<UInt8> {
    /// Appends at most `Number.longest` bytes.
    @inline(__always)
    package mutating func append(number value: Double) {
        // Whole numbers of which every one is a Double; -0 is none of them, and some readers lose the sign of "-0".
        if value.magnitude <= 0x1p53, value == value.rounded(.towardZero), value != 0 || value.sign == .plus {
            append(integer: Int64(value))
        } else {
            append(fraction: value)
        }
    }

    @inline(__always)
    package mutating func append(integer value: Int64) {
        if value < 0 { append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        if rest < 10 { return append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest)) }
        var place = count + rest.decimalDigits
        append(repeating: UInt8(ascii: "0"), count: rest.decimalDigits)
        while rest > 0 {
            let (tens, digit) = rest.quotientAndRemainder(dividingBy: 10)
            place -= 1
            self[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
            rest = tens
        }
    }

    @inline(never)
    private mutating func append(fraction value: Double) {
        guard value.isFinite else {
            return append(copying: (value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf").utf8.span)
        }
        append(copying: value.description.utf8.span)
    }
}

extension UInt64 {
    fileprivate var decimalDigits: Int {
        var digits = 1
        var limit: UInt64 = 10
        while digits < 20 && self >= limit {
            digits += 1
            limit &*= 10
        }
        return digits
    }
}
