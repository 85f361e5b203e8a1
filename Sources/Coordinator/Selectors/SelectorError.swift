/// Why a text is no selector, in Prometheus' words as far as they are known.
public struct SelectorError: Error, Hashable, Sendable {
    public let reason: Reason
    /// From 1.
    public let line: Int
    /// In bytes, from 1.
    public let column: Int

    public enum Reason: Hashable, Sendable {
        /// Something stands where it may not.
        case unexpected(String)
        /// A character that begins nothing, or a text in quotes that isn't one.
        case token(String)
        case expression(String)

        /// One of a few words, for metrics.
        public var label: String {
            switch self {
            case .unexpected: "syntax"
            case .token: "token"
            case .expression: "expression"
            }
        }
    }
}

extension SelectorError: CustomStringConvertible {
    public var description: String { "\(line):\(column): parse error: \(reason)" }
}

extension SelectorError.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unexpected(let what): "unexpected \(what)"
        case .token(let what): what
        case .expression(let reason): "error parsing regexp: \(reason)"
        }
    }
}

/// An error before line and column are known.
struct Fault: Error {
    let reason: SelectorError.Reason
    let offset: Int

    init(_ reason: SelectorError.Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension SelectorError {
    init(_ fault: Fault, in text: [UInt8]) {
        let before = text[..<fault.offset]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        reason = fault.reason
        line = before.count { $0 == UInt8(ascii: "\n") } + 1
        column = fault.offset - lineStart + 1
    }
}
