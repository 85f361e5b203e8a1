/// Why reading a piece of JSON text ended before its value did.
enum JSONStop: Error, Equatable {
    /// The text ends inside the value: more of it may come.
    case needsMore
    /// No continuation can make this text a value.
    case malformed(JSONFault, at: Int)
}

/// What can be wrong with JSON text.
public enum JSONFault: String, Sendable, CaseIterable {
    case unexpectedByte = "unexpected_byte"
    case badLiteral = "bad_literal"
    case badNumber = "bad_number"
    case badEscape = "bad_escape"
    case tooDeep = "too_deep"
    case tooLarge = "too_large"
    case wrongType = "wrong_type"
    case truncated
    case trailingText = "trailing_text"
}
