/// A label's name, `[a-zA-Z_][a-zA-Z0-9_]*`, outside the `__` that Prometheus keeps for itself.
///
/// A literal is a declaration of ours, so a bad one ends the program; names from outside go through `init(validating:)`.
public struct LabelName: Hashable, Sendable {
    public let text: String

    public init(validating text: String) throws(InvalidName) {
        guard NameGrammar.label.accepts(text), !text.utf8.starts(with: "__".utf8) else {
            throw InvalidName(.label, text)
        }
        self.text = text
    }
}

extension LabelName: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) {
        do throws(InvalidName) { try self.init(validating: text) } catch { preconditionFailure("\(error)") }
    }
}

extension LabelName: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

extension LabelName: CustomStringConvertible {
    public var description: String { text }
}
