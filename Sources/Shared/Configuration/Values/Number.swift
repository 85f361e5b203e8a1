/// Numbers as configuration files have them: decimal, and nothing that YAML's versions read differently.
enum Number {
    static func decimal(_ text: String) -> Double? {
        guard text.utf8.allSatisfy({ isDigit($0) || "+-.eE".utf8.contains($0) }), text.utf8.contains(where: isDigit),
            !hasLeadingZero(text), let value = Double(text), value.isFinite
        else { return nil }
        return value
    }

    /// Also of the form `1e6`. Too large for an `Int` is thrown, not nothing.
    static func integer(_ text: String) throws(Rejection) -> Int? {
        guard !hasLeadingZero(text) else { throw Rejection("starts with a zero, which some read as octal") }
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        if !digits.isEmpty, digits.allSatisfy(isDigit), text.utf8.count - digits.count <= 1 {
            guard let value = Int(text) else { throw Rejection("is too large") }
            return value
        }
        guard text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }), let value = decimal(text),
            value == value.rounded()
        else { return nil }
        guard let whole = Int(exactly: value) else { throw Rejection("is too large") }
        return whole
    }

    /// The shortest text that reads back the same: `0.25`, `60`, `1e+16`.
    static func text(_ value: Double) -> String {
        value.description.hasSuffix(".0") ? String(value.description.dropLast(2)) : value.description
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func hasLeadingZero(_ text: String) -> Bool {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        return digits.first == UInt8(ascii: "0") && digits.dropFirst().first.map(isDigit) == true
    }
}
