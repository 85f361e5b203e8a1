/// An amount as Slurm writes it: `187.50G`, `4`, `1612647M`.
enum Amount {
    /// - Parameter unit: what a number without a letter counts.
    /// - Returns: nothing for what is no amount.
    static func value(of text: RawSpan, unit: Int) -> Double? {
        if let value = whole(text, unit: unit) { return Double(value) }
        let (factor, count) = split(text, unit: unit)
        let digits = text.extracting(first: count)
        if let value = digits.decimal { return Double(value) * Double(factor) }
        guard (1...32).contains(count), digits.byteOffsets.allSatisfy({ digits[$0].isDecimalPart }) else { return nil }
        return Double(digits.string(0..<count)).map { $0 * Double(factor) }
    }

    /// - Returns: nothing for what is too large for an Int, too.
    static func integer(of text: RawSpan, unit: Int = 1) -> Int? {
        if let value = whole(text, unit: unit) { return value }
        let (factor, count) = split(text, unit: unit)
        if let value = text.extracting(first: count).decimal { return value.scaled(by: factor) }
        return value(of: text, unit: unit).flatMap { Int(exactly: $0.rounded()) }
    }

    /// Most are digits with a letter behind them, or none.
    private static func whole(_ text: RawSpan, unit: Int) -> Int? {
        var value = 0
        var at = 0
        while at < text.byteCount, case let digit = text.uncheckedByte(at) &- .zero, digit <= 9 {
            value = value &* 10 &+ Int(digit)
            at &+= 1
        }
        guard (1...18).contains(at) else { return nil }
        if at == text.byteCount { return value.scaled(by: unit) }
        guard at &+ 1 == text.byteCount else { return nil }
        return factor(of: text.uncheckedByte(at)).flatMap { value.scaled(by: $0) }
    }

    private static func split(_ text: RawSpan, unit: Int) -> (factor: Int, digits: Int) {
        let count = text.byteCount
        guard count > 0, let factor = factor(of: text[count - 1]) else { return (unit, count) }
        return (factor, count - 1)
    }

    private static func factor(of letter: UInt8) -> Int? {
        switch letter | 0x20 {
        case UInt8(ascii: "k"): 1 << 10
        case UInt8(ascii: "m"): 1 << 20
        case UInt8(ascii: "g"): 1 << 30
        case UInt8(ascii: "t"): 1 << 40
        case UInt8(ascii: "p"): 1 << 50
        default: nil
        }
    }
}

extension UInt8 {
    fileprivate var isDecimalPart: Bool { self == .dot || (.zero ... .nine).contains(self) }
}
