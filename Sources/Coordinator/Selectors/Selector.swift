/// Which series are wanted: `name{label="value",…}`, in the grammar of Prometheus' `match[]`.
///
/// What Prometheus 2.42 or a 3.x takes is taken: names in quotes among the matchers, keywords as names, comments. A
/// selector that holds for every series is one like any other; one without a matcher (`{}`) holds for none.
public struct Selector: Sendable {
    /// All of them must hold; that of the metric name is one on the label `__name__`.
    public let matchers: [Matcher]

    public init(_ text: String) throws(SelectorError) {
        var allowance = Allowance.request
        try self.init(text, within: &allowance)
    }

    /// - Parameter allowance: what its expressions take is gone from it, also where the text is no selector.
    public init(_ text: String, within allowance: inout Allowance) throws(SelectorError) {
        var parser = SelectorParser(Array(text.utf8), within: allowance)
        defer { allowance = parser.allowance }
        matchers = try parser.parse()
    }
}

/// One condition on the value of one label; a series without the label has it with an empty value.
public struct Matcher: Sendable {
    /// As it is written; nothing says that it is the name of any label, or UTF-8.
    public let label: [UInt8]
    public let isNegated: Bool
    public let test: ValueTest

    public static let metricName = Array("__name__".utf8)

    /// Whether series without the label are meant as well.
    public var matchesEmpty: Bool { matches([UInt8]().span) }

    public func matches(_ value: Span<UInt8>) -> Bool { test.holds(for: value) != isNegated }
}
