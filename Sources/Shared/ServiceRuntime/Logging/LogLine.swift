/// A line in the making, and the escaping that both formats share.
struct LogLine {
    /// What one text may take up before it is cut: a line is bounded, whatever an upstream put into an error.
    static let textLimit = 8 * 1024

    private(set) var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(256)
    }

    mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// A JSON string, which readers of logfmt understand as well.
    mutating func appendQuoted(_ text: String) {
        append("\"")
        var room = Self.textLimit
        for scalar in text.unicodeScalars {
            room -= UTF8.width(scalar)
            guard room >= 0 else {
                append("…")
                break
            }
            appendEscaped(scalar)
        }
        append("\"")
    }

    private mutating func appendEscaped(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": append("\\\"")
        case "\\": append("\\\\")
        case "\n": append("\\n")
        case "\r": append("\\r")
        case "\t": append("\\t")
        case _ where scalar.isUnfitForLogs: appendCodePoint(scalar)
        case _ where scalar.isASCII: bytes.append(UInt8(scalar.value))
        default: bytes.append(contentsOf: UTF8.encode(scalar)!)
        }
    }

    private mutating func appendCodePoint(_ scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16)
        append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
    }
}

extension Unicode.Scalar {
    /// What would steer a terminal, break a line or turn the direction of the text: C0, DEL, C1, the separators, the
    /// bidirectional controls and the byte order mark. All of them have four digits at most.
    var isUnfitForLogs: Bool {
        switch value {
        case 0..<0x20, 0x7f...0x9f, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: true
        default: false
        }
    }
}

extension Duration {
    /// In seconds without trailing zeros: `1.25`, `0.000012`, `-3`.
    var decimalSeconds: String {
        let microseconds = nanoseconds / 1_000
        let (whole, fraction) = microseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
        let sign = microseconds < 0 ? "-" : ""
        guard fraction > 0 else { return "\(sign)\(whole)" }
        var digits = String(1_000_000 + fraction).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(sign)\(whole).\(digits)"
    }
}
