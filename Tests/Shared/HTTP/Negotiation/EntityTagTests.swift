import HTTP
import ServiceRuntime
import TestSupport
import Testing

@Suite struct EntityTagTests {
    @Test(arguments: [
        ("42", true), ("", true), ("a,b", true), ("W/x", true), ("épée", true), ("!#~", true),
        ("a\"b", false), ("a b", false), ("a\tb", false), ("a\u{7F}", false), ("a\r\nb", false), ("\0", false),
    ])
    func tagsAreValidByConstruction(opaque: String, isValid: Bool) {
        #expect(EntityTag(opaque)?.opaque == (isValid ? opaque : nil))
    }

    @Test(arguments: [
        ("\"42\"", "42", false), ("W/\"42\"", "42", true), ("\"\"", "", false), ("W/\"\"", "", true),
        ("\"W/x\"", "W/x", false),
    ])
    func tagsAreReadAsWritten(text: String, opaque: String, isWeak: Bool) throws {
        let tag = try #require(EntityTag(parsing: text))
        #expect(tag == EntityTag(opaque, isWeak: isWeak))
        #expect(tag.description == text)
    }

    @Test(arguments: [
        "", "42", "\"", "\"42", "42\"", "w/\"42\"", "W\"42\"", "\"a\" ", " \"a\"", "\"a\",\"b\"", "*", "\"a b\"",
    ])
    func whatIsNoTagIsNotRead(text: String) {
        #expect(EntityTag(parsing: text) == nil)
    }

    @Test(arguments: [
        "\"42\"", "W/\"42\"", " \"42\" ", "\"41\", \"42\"", "\"41\",W/\"42\",\"43\"", "*", " * ", "\"a,b\",\"42\"",
        "garbage, \"42\"", ",,\"42\",,", "\"4 2\", \"42\"",
    ])
    func aTagMatchesWeakly(header: String) {
        for isWeak in [false, true] {
            #expect(EntityTag("42", isWeak: isWeak)?.matches(ifNoneMatch: header) == true)
        }
    }

    @Test(arguments: [
        nil, "", "\"41\"", "42", "\"42", "42\"", "\"a,42\"", "w/\"42\"", "\"42\" \"41\"", "*, \"41\"",
        "\"*\"", "\"42\"x",
    ])
    func aTagDoesNotMatch(header: String?) {
        #expect(EntityTag("42")?.matches(ifNoneMatch: header) == false)
    }

    @Test func anyBytesGetAnAnswer() throws {
        var random = SeededGenerator(seed: 5)
        let tag = try #require(EntityTag("42"))
        for _ in 0..<5000 {
            let words = ["\"", "4", "2", "W/", ",", " ", "*"]
            let soup = (0..<20).map { _ in words.randomElement(using: &random)! }.joined()
            let isThere = soup.contains("\"42\"") || soup.contains("*")
            if tag.matches(ifNoneMatch: soup) { #expect(isThere) }
        }
    }
}
