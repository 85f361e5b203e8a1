extension UInt8 {
    static let comma = UInt8(ascii: ",")
    static let semicolon = UInt8(ascii: ";")
    static let equals = UInt8(ascii: "=")
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let slash = UInt8(ascii: "/")
    static let asterisk = UInt8(ascii: "*")
    static let percent = UInt8(ascii: "%")
    static let plus = UInt8(ascii: "+")
    static let ampersand = UInt8(ascii: "&")

    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

    var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    var lowercased: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }
}

extension Span<UInt8> {
    func has(_ other: [UInt8], at range: Range<Int>) -> Bool {
        range.count == other.count && other.indices.allSatisfy { self[range.lowerBound + $0] == other[$0] }
    }

    /// Compares without case; `other` is in lower case.
    func hasLowercased(_ other: [UInt8], at range: Range<Int>) -> Bool {
        range.count == other.count && other.indices.allSatisfy { self[range.lowerBound + $0].lowercased == other[$0] }
    }

    /// All but the blanks around it.
    var trimmed: Range<Int> {
        var range = indices
        while let first = range.first, self[first].isBlank { range = first + 1..<range.upperBound }
        while let last = range.last, self[last].isBlank { range = range.lowerBound..<last }
        return range
    }

    func bytes(at range: Range<Int>) -> [UInt8] {
        range.map { self[$0] }
    }
}

extension Span<UInt8> {
    /// As `hasLowercased`, for what may have been between quotes, where a backslash stands before any character.
    func hasUnescapedLowercased(_ other: [UInt8], at range: Range<Int>) -> Bool {
        var position = range.lowerBound
        for expected in other {
            if position < range.upperBound, self[position] == .backslash { position += 1 }
            guard position < range.upperBound, self[position].lowercased == expected else { return false }
            position += 1
        }
        return position == range.upperBound
    }
}
