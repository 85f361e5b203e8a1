import RegularExpressions
import Testing

struct RegularExpressionTests {
    @Test(arguments: [
        ("a.c", "abc", true), ("a.c", "xabc", false), ("a.c", "abcx", false), ("a|b", "b", true), ("", "", true),
        ("", "a", false), (".*", "a\nb", true), ("^(?:a)$", "a", true), ("(?i)abc", "ABC", true),
        ("\\d{3}", "123", true),
        ("ä+", "ää", true), (".", "ä", true), ("a\\.b", "a.b", true), ("a\\.b", "axb", false), ("\\Qa.b", "a.b", true),
    ])
    func holdsForWholeTexts(_ pattern: String, _ text: String, _ matches: Bool) throws {
        #expect(try RegularExpression(pattern).matches(text) == matches)
    }

    @Test(arguments: ["(", "a**", "[z-a]", "(?=a)", "\\1", "a{1001}", "*", "(?:a{1000}){1000}"])
    func refusesWhatIsNoneWithAReason(_ pattern: String) {
        let error = #expect(throws: InvalidRegularExpression.self) { try RegularExpression(pattern) }
        #expect(error?.reason.isEmpty == false)
    }

    @Test func readsAByteThatIsZero() throws {
        #expect(try RegularExpression("a\0+").matches("a\0\0"))
        #expect(try !RegularExpression("a").matches("a\0"))
    }

    @Test func takesLinearTimeWhereOthersTakeExponential() throws {
        let text = String(repeating: "a", count: 20_000) + "c"
        let elapsed = try ContinuousClock().measure {
            for pattern in ["(a*)*b", "(a|a)*b", "(a|aa)+b", "a{0,500}a{0,500}b"] {
                let matches = try RegularExpression(pattern).matches(text)
                #expect(!matches)
            }
        }
        #expect(elapsed < .seconds(5))
    }
}
