/// What is wrong with the path or the query of a request; always the client's fault, 400.
///
/// The descriptions are those that Prometheus gives where it refuses the same.
public enum RequestTargetError: Error, Hashable, Sendable {
    /// A percent sign without two hexadecimal digits; with it up to two characters that follow.
    case invalidEscape(String, position: Int)
    /// What is escaped between here and the next separator is no UTF-8.
    case invalidUTF8(position: Int)
    case semicolonSeparator(position: Int)
    case tooManyParameters(limit: Int)
    /// The path doesn't start with a slash.
    case notAbsolute
    /// The path has a segment `.` or `..`.
    case dotSegment(position: Int)

    /// One of a few words, for metrics.
    public var label: String {
        switch self {
        case .invalidEscape: "invalid_escape"
        case .invalidUTF8: "invalid_utf8"
        case .semicolonSeparator: "semicolon"
        case .tooManyParameters: "too_many_parameters"
        case .notAbsolute: "not_absolute"
        case .dotSegment: "dot_segment"
        }
    }
}

extension RequestTargetError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .invalidEscape(let text, _): "invalid URL escape \(text.debugDescription)"
        case .invalidUTF8(let position): "invalid UTF-8 in what is escaped after position \(position)"
        case .semicolonSeparator: "invalid semicolon separator in query"
        case .tooManyParameters(let limit): "more than \(limit) parameters in query"
        case .notAbsolute: "the path does not start with a slash"
        case .dotSegment(let position): "the path has a dot segment at position \(position)"
        }
    }
}
