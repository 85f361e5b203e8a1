import Selectors

extension FuzzTarget {
    /// Any text ends in a selector or an error that points into it; and what a shortcut of a condition says is what holds.
    static let selector = FuzzTarget(name: "selector") { input in
        let text = String(decoding: input, as: UTF8.self)
        do throws(SelectorError) {
            for matcher in try Selector(text).matchers { check(matcher) }
        } catch {
            let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            guard error.line <= lines.count, error.column <= lines[error.line - 1].count + 1 else {
                fatalError("\(error) points outside of the text")
            }
        }
    }

    private static func check(_ matcher: Matcher) {
        for value in ["", "a", "running", "ä\n", String(repeating: "ab", count: 500)] {
            _ = matcher.matches(value.utf8.span)
        }
        switch matcher.test {
        case .oneOf(let values):
            for value in values where matcher.matches(value.span) == matcher.isNegated {
                fatalError("a value is none of those that it is one of")
            }
        case .prefix(let prefix, let more):
            let value = prefix + Array(repeating: UInt8(ascii: "x"), count: more)
            if matcher.matches(value.span) == matcher.isNegated { fatalError("a value doesn't begin as it begins") }
        case .expression: break
        }
    }
}
