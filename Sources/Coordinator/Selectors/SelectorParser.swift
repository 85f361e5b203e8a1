/// Reads a selector from left to right, one token ahead.
struct SelectorParser {
    private var lexer: Lexer
    private var matchers: [Matcher] = []
    private(set) var allowance: Allowance

    init(_ text: [UInt8], within allowance: Allowance) {
        lexer = Lexer(text)
        self.allowance = allowance
    }

    mutating func parse() throws(SelectorError) -> [Matcher] {
        do throws(Fault) {
            try parseSelector()
            return matchers
        } catch { throw SelectorError(error, in: lexer.text) }
    }

    private mutating func parseSelector() throws(Fault) {
        var token = try lexer.next()
        var name: Matcher?
        if isName(token) {
            name = Matcher(label: Matcher.metricName, isNegated: false, test: .equal(written(token)))
            token = try lexer.next()
        }
        if token.kind == .openBrace {
            try parseMatchers()
            token = try lexer.next()
        } else if name == nil {
            throw unexpected(token)
        }
        guard token.kind == .end else { throw unexpected(token) }
        if let name { matchers.append(name) }
    }

    private func isName(_ token: Token) -> Bool {
        switch token.kind {
        case .identifier, .metricIdentifier: true
        case .keyword: Keyword.isName(lexer.text[token.range])
        default: false
        }
    }

    /// What stands in braces, behind the opening one.
    private mutating func parseMatchers() throws(Fault) {
        var token = try lexer.next()
        while token.kind != .closeBrace {
            token = try parseMatcher(from: token)
            if token.kind == .comma {
                token = try lexer.next()
            } else if token.kind != .closeBrace {
                throw unexpected(token, #"in label matching, expected "," or "}""#)
            }
        }
    }

    /// - Returns: the token behind it.
    private mutating func parseMatcher(from first: Token) throws(Fault) -> Token {
        let label: [UInt8]
        switch first.kind {
        case .identifier: label = written(first)
        case .string(let text): label = text
        default: throw unexpected(first, #"in label matching, expected identifier or "}""#)
        }
        let operation = try lexer.next()
        if case .string(let name) = first.kind, operation.kind == .comma || operation.kind == .closeBrace {
            matchers.append(Matcher(label: Matcher.metricName, isNegated: false, test: .equal(name)))
            return operation
        }
        guard let (isNegated, isPattern) = operation.comparison else {
            throw unexpected(operation, "in label matching, expected label matching operator")
        }
        let value = try lexer.next()
        guard case .string(let text) = value.kind else {
            throw unexpected(value, "in label matching, expected string")
        }
        let test = isPattern ? try pattern(text, at: first) : .equal(text)
        matchers.append(Matcher(label: label, isNegated: isNegated, test: test))
        return try lexer.next()
    }

    private mutating func pattern(_ text: [UInt8], at first: Token) throws(Fault) -> ValueTest {
        do throws(ValueTest.InvalidPattern) { return try ValueTest(pattern: text, within: &allowance) } catch {
            throw Fault(.expression(error.reason), at: first.range.lowerBound)
        }
    }

    private func written(_ token: Token) -> [UInt8] { Array(lexer.text[token.range]) }

    private func unexpected(_ token: Token, _ context: String = "") -> Fault {
        let shown = token.shown(in: lexer.text)
        return Fault(.unexpected(context.isEmpty ? shown : "\(shown) \(context)"), at: token.range.lowerBound)
    }
}

extension Token {
    fileprivate var comparison: (isNegated: Bool, isPattern: Bool)? {
        switch kind {
        case .equal: (false, false)
        case .notEqual: (true, false)
        case .matches: (false, true)
        case .matchesNot: (true, true)
        default: nil
        }
    }
}
