public import RegularExpressions

/// What a matcher asks of a value, negation aside.
///
/// Most regular expressions in use are alternatives or beginnings: these an index can look up instead of trying each value.
public enum ValueTest: Sendable {
    /// In ascending order, each once.
    case oneOf([[UInt8]])
    /// Begins so, and has at least as many bytes more.
    case prefix([UInt8], more: Int)
    /// - Parameter prefix: how each value begins that matches; often empty.
    case expression(RegularExpression, prefix: [UInt8])

    public func holds(for value: Span<UInt8>) -> Bool {
        switch self {
        case .oneOf(let values): values.hasOrdered(value)
        case .prefix(let prefix, let more): value.count >= prefix.count + more && value.starts(with: prefix)
        case .expression(let expression, let prefix): value.starts(with: prefix) && expression.matches(value)
        }
    }
}

extension ValueTest {
    static func equal(_ value: [UInt8]) -> ValueTest { .oneOf([value]) }

    init(pattern: [UInt8], within allowance: inout Allowance) throws(InvalidPattern) {
        guard String(validating: pattern, as: UTF8.self) != nil else { throw InvalidPattern("invalid UTF-8") }
        let shape = PatternShape(pattern)
        switch shape {
        case .literals(let values): self = .oneOf(values.ordered)
        case .prefix(let prefix, let more): self = .prefix(prefix, more: more)
        case .other(let prefix):
            // RE2 knows it, Go's package doesn't: it would match parts of characters.
            if pattern.hasAnyByteClass { throw InvalidPattern("invalid escape sequence: `\\C`") }
            self = .expression(try Self.compiled(pattern, within: &allowance), prefix: prefix)
        }
    }

    private static func compiled(
        _ pattern: [UInt8], within allowance: inout Allowance
    ) throws(InvalidPattern) -> RegularExpression {
        guard !allowance.isSpent else {
            throw InvalidPattern("the expressions of all selectors are too large together")
        }
        do throws(InvalidRegularExpression) {
            let expression = try RegularExpression(pattern)
            allowance.spend(expression.size)
            return expression
        } catch { throw InvalidPattern(error.reason) }
    }

    struct InvalidPattern: Error {
        let reason: String

        init(_ reason: String) {
            self.reason = reason
        }
    }
}

extension [[UInt8]] {
    fileprivate var ordered: [[UInt8]] {
        guard count > 1 else { return self }
        var result: [[UInt8]] = []
        for value in sorted(by: { $0.lexicographicallyPrecedes($1) }) where result.last != value {
            result.append(value)
        }
        return result
    }

    fileprivate func hasOrdered(_ value: Span<UInt8>) -> Bool {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            let candidate = self[middle]
            let order = value.order(to: candidate.span)
            if order == 0 { return true }
            if order < 0 { high = middle } else { low = middle + 1 }
        }
        return false
    }
}

extension [UInt8] {
    /// Whether `\C` is in it, outside of `\Q…\E`.
    fileprivate var hasAnyByteClass: Bool {
        var isQuoted = false
        var index = 0
        while index + 1 < count {
            let escaped = self[index] == UInt8(ascii: "\\") ? self[index + 1] : 0
            if escaped == UInt8(ascii: "C"), !isQuoted { return true }
            if escaped == UInt8(ascii: "Q") { isQuoted = true }
            if escaped == UInt8(ascii: "E") { isQuoted = false }
            index += escaped == 0 || isQuoted ? 1 : 2
        }
        return false
    }
}

extension Span<UInt8> {
    fileprivate func starts(with prefix: [UInt8]) -> Bool {
        guard count >= prefix.count else { return false }
        for index in prefix.indices where self[index] != prefix[index] { return false }
        return true
    }

    /// Below, at or above zero as the bytes come before, are the same as, or come after others.
    fileprivate func order(to other: Span<UInt8>) -> Int {
        for index in 0..<Swift.min(count, other.count) where self[index] != other[index] {
            return self[index] < other[index] ? -1 : 1
        }
        return count - other.count
    }
}
