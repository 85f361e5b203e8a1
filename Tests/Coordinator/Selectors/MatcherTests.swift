import RegularExpressions
import Selectors
import ServiceRuntime
import TestSupport
import Testing

@testable import Selectors

struct MatcherTests {
    @Test(arguments: [
        ("abc", PatternShape.literals([Array("abc".utf8)])), ("", .literals([[]])),
        ("a|b|", .literals([Array("a".utf8), Array("b".utf8), []])),
        (#"a\.b\||c"#, .literals([Array("a.b|".utf8), Array("c".utf8)])),
        (".*", .prefix([], more: 0)), (".+", .prefix([], more: 1)), ("abc.*", .prefix(Array("abc".utf8), more: 0)),
        ("abcd*", .other(prefix: Array("abc".utf8))), ("abä?x", .other(prefix: Array("ab".utf8))),
        ("ab(c|d)", .other(prefix: [])), ("ab[cd]", .other(prefix: Array("ab".utf8))), ("a|b.*", .other(prefix: [])),
        ("(?i)abc", .other(prefix: [])), (#"ab\d"#, .other(prefix: Array("ab".utf8))),
        (#"ab\"#, .other(prefix: Array("ab".utf8))),
    ])
    func knowsTheShapeOfSimplePatterns(_ pattern: String, _ shape: PatternShape) {
        #expect(PatternShape(Array(pattern.utf8)) == shape)
    }

    @Test func asksTheSameWithAndWithoutShortcuts() throws {
        var random = SeededGenerator(seed: 7)
        let pieces = [
            "a", "b", "ä", ".", ".*", ".+", "|", "(", ")", "[ab]", "?", "*", "{2}", "\\.", "\\d", "^", "$", "x1", "\\Q",
            "\\E",
        ]
        let values = ["", "a", "b", "ab", "aab", "ä", "äa", "a.b", "x1", "x11", "aa", "1", "abx1", "a|b"]
        for _ in 0..<20_000 {
            let pattern = (0..<Int.random(in: 0...5, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            let reference = try? RegularExpression(pattern)
            var allowance = Allowance.request
            let test = try? ValueTest(pattern: Array(pattern.utf8), within: &allowance)
            guard (reference == nil) == (test == nil) else {
                Issue.record("\(pattern) is taken by one only")
                continue
            }
            guard let reference, let test else { continue }
            for value in values where reference.matches(value) != test.holds(for: value.utf8.span) {
                Issue.record("\(pattern) and \(value)")
            }
        }
    }

    @Test(arguments: [
        (#"{a=""}"#, true), (#"{a!=""}"#, false), (#"{a=~".*"}"#, true), (#"{a=~".+"}"#, false), (#"{a!="x"}"#, true),
        (#"{a!~"x|"}"#, false), (#"{a=~"x|"}"#, true), (#"{a!~"(x)?"}"#, false),
    ])
    func knowsWhetherSeriesWithoutTheLabelAreMeant(_ text: String, _ matchesEmpty: Bool) throws {
        #expect(try Selector(text).matchers[0].matchesEmpty == matchesEmpty)
    }
}
