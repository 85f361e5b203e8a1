/// Numbers as Go's `strconv.ParseFloat` takes them, without hexadecimal ones and underscores, which Prometheus refuses.
enum Number {
    /// - Returns: nil if there is no number at `start`, or one too large for a double, as Go has it.
    static func read(_ bytes: Bytes, at start: Int) -> (value: Double, end: Int)? {
        var decimal = Decimal()
        guard let end = decimal.read(bytes, at: start) else { return special(bytes, at: start) }
        let value = decimal.exact ?? Double(String(decoding: start..<end, of: bytes))
        guard let value, value.isFinite else { return nil }
        return (value, end)
    }

    /// - Returns: nil if there are no digits at `start` or more than an integer can hold.
    static func readMilliseconds(_ bytes: Bytes, at start: Int) -> (value: Int64, end: Int)? {
        var value: Int64 = 0
        var index = start
        while bytes[index].isDigit {
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tenfold.addingReportingOverflow(Int64(bytes[index] & 15))
            guard !overflow, !carry else { return nil }
            value = sum
            index += 1
        }
        return index > start ? (value, index) : nil
    }

    private static func special(_ bytes: Bytes, at start: Int) -> (value: Double, end: Int)? {
        let isNegative = bytes[start] == UInt8(ascii: "-")
        let isSigned = isNegative || bytes[start] == UInt8(ascii: "+")
        let word = isSigned ? start + 1 : start
        if !isSigned, bytes.matches("nan", at: word) { return (.nan, word + 3) }
        for infinity in ["infinity", "inf"] as [StaticString] where bytes.matches(infinity, at: word) {
            return (isNegative ? -.infinity : .infinity, word + infinity.utf8CodeUnitCount)
        }
        return nil
    }
}

/// `significand` times ten to the power of `exponent`.
private struct Decimal {
    var isNegative = false
    var significand: UInt64 = 0
    var exponent = 0
    /// Of the significand, without leading zeros; further ones are not in it.
    var digits = 0

    /// - Returns: the end, or nil if there is no decimal number.
    mutating func read(_ bytes: Bytes, at start: Int) -> Int? {
        var index = start
        isNegative = bytes[index] == UInt8(ascii: "-")
        if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
        let integerEnd = readDigits(bytes, at: index)
        var hasDigits = integerEnd > index
        index = integerEnd
        if bytes[index] == UInt8(ascii: ".") {
            let fraction = index + 1
            index = readDigits(bytes, at: fraction)
            hasDigits = hasDigits || index > fraction
            exponent -= index - fraction
        }
        guard hasDigits else { return nil }
        return bytes[index] | 0x20 == UInt8(ascii: "e") ? readExponent(bytes, at: index + 1) : index
    }

    private mutating func readDigits(_ bytes: Bytes, at start: Int) -> Int {
        var index = start
        while case let digit = bytes[index] &- UInt8(ascii: "0"), digit < 10 {
            significand = significand &* 10 &+ UInt64(digit)
            if digits > 0 || digit > 0 { digits += 1 }
            index += 1
        }
        return index
    }

    private mutating func readExponent(_ bytes: Bytes, at start: Int) -> Int? {
        var index = start
        let isNegative = bytes[index] == UInt8(ascii: "-")
        if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
        let firstDigit = index
        var value = 0
        while bytes[index].isDigit {
            value = min(value * 10 + Int(bytes[index] & 15), 1_000_000)
            index += 1
        }
        exponent += isNegative ? -value : value
        return index > firstDigit ? index : nil
    }

    /// The nearest double where one operation on exact doubles gives it (Clinger 1990), else nil.
    var exact: Double? {
        guard digits <= 19 else { return nil }
        let value: Double
        if exponent == 0 || significand == 0 {
            value = Double(significand)
        } else if significand <= 1 << 53, exponent.magnitude < Self.powersOfTen.count {
            let power = Self.powersOfTen[Int(exponent.magnitude)]
            value = exponent < 0 ? Double(significand) / power : Double(significand) * power
        } else {
            return nil
        }
        return isNegative ? -value : value
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
}

extension Bytes {
    /// Whether a word of lower-case letters stands here, in any case.
    fileprivate func matches(_ word: StaticString, at start: Int) -> Bool {
        guard start + word.utf8CodeUnitCount <= textEnd else { return false }
        return word.withUTF8Buffer { letters in
            letters.indices.allSatisfy { self[start + $0] | 0x20 == letters[$0] }
        }
    }
}

extension String {
    init(decoding range: Range<Int>, of bytes: Bytes) {
        self.init(unsafeUninitializedCapacity: range.count) { target in
            for index in 0..<range.count { target.initializeElement(at: index, to: bytes[range.lowerBound + index]) }
            return range.count
        }
    }
}
