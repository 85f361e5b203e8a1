extension Number {
    /// What `append(number:)` has written; nil for any other text.
    static func parse(_ text: Span<UInt8>) -> Double? {
        if let whole = wholeNumber(text) { return whole }
        let string = text.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        switch string {
        case "NaN": return .nan
        case "+Inf": return .infinity
        case "-Inf": return -.infinity
        default: break
        }
        guard string.utf8.allSatisfy({ "0123456789+-.e".utf8.contains($0) }), let number = Double(string) else {
            return nil
        }
        return number.isFinite ? number : nil
    }

    /// Up to fifteen digits, most numbers by far.
    private static func wholeNumber(_ text: Span<UInt8>) -> Double? {
        guard (1...15).contains(text.count) else { return nil }
        var number: Int64 = 0
        for index in text.indices {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + Int64(digit)
        }
        return Double(number)
    }
}
