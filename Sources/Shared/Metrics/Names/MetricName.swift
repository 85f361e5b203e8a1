/// A name that Prometheus takes: `[a-zA-Z_:][a-zA-Z0-9_:]*`.
///
/// A literal is a declaration of ours, so a bad one ends the program; names from outside go through `init(validating:)`.
public struct MetricName: Hashable, Sendable {
    public let text: String

    public init(validating text: String) throws(InvalidName) {
        guard NameGrammar.metric.accepts(text) else { throw InvalidName(.metric, text) }
        self.text = text
    }

    /// For names put together from valid ones.
    init(joined text: String) {
        self.text = text
    }
}

extension MetricName: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) {
        do throws(InvalidName) { try self.init(validating: text) } catch { preconditionFailure("\(error)") }
    }
}

extension MetricName: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

extension MetricName: CustomStringConvertible {
    public var description: String { text }
}
