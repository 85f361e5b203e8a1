/// A text in quotes, with Go's escapes; between backquotes there are none.
struct StringLiteral {
    private(set) var bytes: [UInt8] = []
    /// Just behind the closing quote.
    private(set) var end: Int

    private let text: [UInt8]
    private let start: Int

    /// - Parameter start: where the opening quote is.
    init(_ text: [UInt8], at start: Int) throws(Fault) {
        self.text = text
        self.start = start
        end = start + 1
        if text[start] == UInt8(ascii: "`") { try readRaw() } else { try read(until: text[start]) }
        // To Prometheus the character that stands for broken UTF-8 is broken UTF-8.
        if bytes.count > 2, String(decoding: text[start..<end], as: UTF8.self).unicodeScalars.contains("\u{FFFD}") {
            throw Fault(.token("invalid UTF-8 rune"), at: start)
        }
    }

    private mutating func readRaw() throws(Fault) {
        guard let quote = text[end...].firstIndex(of: UInt8(ascii: "`")) else {
            throw Fault(.token("unterminated raw string"), at: start)
        }
        bytes = Array(text[end..<quote])
        end = quote + 1
    }

    private mutating func read(until quote: UInt8) throws(Fault) {
        while end < text.count, text[end] != UInt8(ascii: "\n") {
            let byte = text[end]
            end += 1
            if byte == quote { return }
            if byte == UInt8(ascii: "\\") { try readEscape(quote) } else { bytes.append(byte) }
        }
        throw Fault(.token("unterminated quoted string"), at: start)
    }

    private mutating func readEscape(_ quote: UInt8) throws(Fault) {
        guard end < text.count else { throw Fault(.token("escape sequence not terminated"), at: start) }
        let byte = text[end]
        end += 1
        if byte == quote {
            bytes.append(quote)
        } else if let plain = Self.plain[byte] {
            bytes.append(plain)
        } else if (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) {
            end -= 1
            bytes.append(try byteNumber(digits: 3, base: 8))
        } else if byte == UInt8(ascii: "x") {
            bytes.append(try byteNumber(digits: 2, base: 16))
        } else if byte == UInt8(ascii: "u") || byte == UInt8(ascii: "U") {
            try readScalar(digits: byte == UInt8(ascii: "u") ? 4 : 8)
        } else {
            throw Fault(.token("unknown escape sequence"), at: start)
        }
    }

    /// One byte, be it part of a character or not.
    private mutating func byteNumber(digits: Int, base: UInt32) throws(Fault) -> UInt8 {
        guard let byte = UInt8(exactly: try number(digits: digits, base: base)) else {
            throw Fault(.token("escape sequence is an invalid Unicode code point"), at: start)
        }
        return byte
    }

    private mutating func readScalar(digits: Int) throws(Fault) {
        guard let scalar = Unicode.Scalar(try number(digits: digits, base: 16)) else {
            throw Fault(.token("escape sequence is an invalid Unicode code point"), at: start)
        }
        bytes += Array(UTF8.encode(scalar)!)
    }

    private mutating func number(digits: Int, base: UInt32) throws(Fault) -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<digits {
            guard end < text.count else { throw Fault(.token("escape sequence not terminated"), at: start) }
            guard let digit = text[end].digit, digit < base else {
                throw Fault(.token("illegal character in escape sequence"), at: start)
            }
            number = number &* base &+ digit
            end += 1
        }
        return number
    }

    private static let plain: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
        UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "v"): 0x0B, UInt8(ascii: "\\"): 0x5C,
    ]
}

extension UInt8 {
    fileprivate var digit: UInt32? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
