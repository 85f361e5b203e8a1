/// JSON read in place: each function takes the offset of a token and returns the offset behind it.
///
/// Nothing is built and nothing is copied. The text may end anywhere; then `needsMore` is thrown. Bytes in strings are
/// not checked for UTF-8, because Slurm writes names as they were given to it.
typealias JSONText = RawSpan

extension RawSpan {
    static var deepestNesting: Int { 64 }

    @inline(__always)
    func byte(_ at: Int) throws(JSONStop) -> UInt8 {
        guard at < byteCount else { throw .needsMore }
        return unsafeLoad(fromUncheckedByteOffset: at, as: UInt8.self)
    }

    @inline(__always)
    func skipSpace(_ start: Int) throws(JSONStop) -> Int {
        guard try byte(start) <= 0x20 else { return start }
        return try skipSpaceThere(start)
    }

    private func skipSpaceThere(_ start: Int) throws(JSONStop) -> Int {
        var at = start
        while true {
            while has(eightBlanks, at: at) { at += 8 }
            let byte = try byte(at)
            guard byte <= 0x20 else { return at }
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
                throw .malformed(.unexpectedByte, at: at)
            }
            at += 1
        }
    }

    private var eightBlanks: UInt64 { 0x2020_2020_2020_2020 }

    @inline(__always)
    private func has(_ word: UInt64, at: Int) -> Bool {
        at + 8 <= byteCount && unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self) == word
    }

    /// - Parameter start: the offset of the opening quote.
    @inline(__always)
    func skipString(_ start: Int) throws(JSONStop) -> Int {
        var at = start &+ 1
        while true {
            at = try quote(from: at)
            if uncheckedByte(at &- 1) != .backslash || !isEscaped(at, after: start) { return at &+ 1 }
            at &+= 1
        }
    }

    /// Where the next quote is.
    @inline(__always)
    private func quote(from start: Int) throws(JSONStop) -> Int {
        var at = start
        while at &+ 8 <= byteCount {
            let found = uncheckedWord(at).bytes(equalTo: .quote)
            guard found == 0 else { return at &+ found.trailingZeroBitCount / 8 }
            at &+= 8
        }
        while try byte(at) != .quote { at &+= 1 }
        return at
    }

    /// Whether the byte at an offset has a backslash before it that isn't one of a pair.
    private func isEscaped(_ at: Int, after quote: Int) -> Bool {
        var first = at
        while first &- 1 > quote, uncheckedByte(first &- 1) == .backslash { first &-= 1 }
        return (at &- first) % 2 == 1
    }

    /// Where the next quote or backslash is, from an offset inside a string on.
    @inline(__always)
    func plainEnd(_ start: Int) throws(JSONStop) -> Int {
        var at = start
        while at &+ 8 <= byteCount {
            let word = uncheckedWord(at)
            let found = word.bytes(equalTo: .quote) | word.bytes(equalTo: .backslash)
            guard found == 0 else { return at &+ found.trailingZeroBitCount / 8 }
            at &+= 8
        }
        while case let byte = try byte(at), byte != .quote, byte != .backslash { at &+= 1 }
        return at
    }

    func skipValue(_ start: Int) throws(JSONStop) -> Int {
        switch try byte(start) {
        case .openBrace, .openBracket:
            var at = start
            var skipper = ValueSkipper()
            try skipper.skip(self, from: &at)
            return at
        default: return try skipScalar(start)
        }
    }

    /// Skips a value that is no array and no object.
    @inline(__always)
    func skipScalar(_ start: Int) throws(JSONStop) -> Int {
        switch try byte(start) {
        case .quote: try skipString(start)
        case .minus, .zero ... .nine: try skipNumber(start)
        default: try skipLiteral(start)
        }
    }

    /// Skips a key and its colon.
    ///
    /// - Returns: the offset of the value.
    @inline(__always)
    func skipKey(_ start: Int) throws(JSONStop) -> Int {
        guard try byte(start) == .quote else { throw .malformed(.unexpectedByte, at: start) }
        let colon = try skipSpace(skipString(start))
        guard try byte(colon) == .colon else { throw .malformed(.unexpectedByte, at: colon) }
        return try skipSpace(colon + 1)
    }

    /// A number ends where the next byte can't belong to one, so its last byte has to be seen.
    @inline(__always)
    func skipNumber(_ start: Int) throws(JSONStop) -> Int {
        var at = start
        if try byte(at) == .minus {
            at += 1
            if try byte(at) == .capitalI { return try skipLiteral(at) }
        }
        let digits = at
        while eightDigits(at) != nil { at &+= 8 }
        while case .zero ... .nine = try byte(at) { at &+= 1 }
        guard at > digits else { throw .malformed(.badNumber, at: start) }
        return switch try byte(at) {
        case .dot, .capitalE, .smallE: try skipFraction(at)
        default: at
        }
    }

    private func skipFraction(_ start: Int) throws(JSONStop) -> Int {
        var at = start
        if try byte(at) == .dot { at = try skipDigits(at + 1) }
        if try byte(at) | 0x20 == .smallE {
            at += 1
            let sign = try byte(at)
            if sign == .plus || sign == .minus { at += 1 }
            at = try skipDigits(at)
        }
        return at
    }

    private func skipDigits(_ start: Int) throws(JSONStop) -> Int {
        var at = start
        while case .zero ... .nine = try byte(at) { at += 1 }
        guard at > start else { throw .malformed(.badNumber, at: start) }
        return at
    }

    /// `Infinity` and `NaN` are none of JSON's, but slurmrestd up to 24.11 writes them.
    func skipLiteral(_ start: Int) throws(JSONStop) -> Int {
        let literal: StaticString
        switch try byte(start) {
        case UInt8(ascii: "t"): literal = "true"
        case UInt8(ascii: "f"): literal = "false"
        case UInt8(ascii: "n"): literal = "null"
        case .capitalN: literal = "NaN"
        case .capitalI: literal = "Infinity"
        default: throw .malformed(.unexpectedByte, at: start)
        }
        for offset in 0..<literal.utf8CodeUnitCount {
            guard try byte(start &+ offset) == literal.utf8Start[offset] else {
                throw .malformed(.badLiteral, at: start)
            }
        }
        return start + literal.utf8CodeUnitCount
    }
}

extension RawSpan {
    /// The number that the eight digits at an offset make; nil where there are fewer.
    @inline(__always)
    func eightDigits(_ at: Int) -> Int? {
        guard at &+ 8 <= byteCount else { return nil }
        let word = uncheckedWord(at)
        let digits = word &- 0x3030_3030_3030_3030
        // A byte below "0" borrows, and one above "9" carries, into the upper half of its byte.
        guard (digits | (digits &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 == 0 else { return nil }
        let pairs = (digits &* (10 << 8 + 1)) >> 8 & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* (100 << 16 + 1)) >> 16 & 0x0000_FFFF_0000_FFFF
        return Int((fours &* (10_000 << 32 + 1)) >> 32)
    }
}

extension UInt64 {
    /// The top bit of the lowest byte that equals `byte` is set, and none below it (higher ones may be set wrongly).
    @inline(__always)
    func bytes(equalTo byte: UInt8) -> UInt64 {
        let difference = self ^ (0x0101_0101_0101_0101 &* UInt64(byte))
        return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
    }
}

extension UInt8 {
    static var quote: UInt8 { UInt8(ascii: "\"") }
    static var backslash: UInt8 { UInt8(ascii: "\\") }
    static var openBrace: UInt8 { UInt8(ascii: "{") }
    static var closeBrace: UInt8 { UInt8(ascii: "}") }
    static var openBracket: UInt8 { UInt8(ascii: "[") }
    static var closeBracket: UInt8 { UInt8(ascii: "]") }
    static var comma: UInt8 { UInt8(ascii: ",") }
    static var colon: UInt8 { UInt8(ascii: ":") }
    static var minus: UInt8 { UInt8(ascii: "-") }
    static var plus: UInt8 { UInt8(ascii: "+") }
    static var dot: UInt8 { UInt8(ascii: ".") }
    static var zero: UInt8 { UInt8(ascii: "0") }
    static var nine: UInt8 { UInt8(ascii: "9") }
    static var smallE: UInt8 { UInt8(ascii: "e") }
    static var capitalE: UInt8 { UInt8(ascii: "E") }
    static var capitalI: UInt8 { UInt8(ascii: "I") }
    static var capitalN: UInt8 { UInt8(ascii: "N") }
}
