import Testing

@testable import Slurm

struct JSONTextTests {
    @Test(arguments: [
        "null,", "true,", "false,", "NaN,", "Infinity,", "-Infinity,", "0,", "-1,", "12.5e-3,", "1E+9,", "\"\"",
        "\"a\\\"b\"",
        "\"\\/\"", "[]", "{}", "[1,[2,{\"a\":null}],\"]\"]", "{\"a\":{\"b\":[ ]} , \"c\" : \"}\" }",
        "18446744073709551615,",
    ])
    func skipsOneValue(_ text: String) throws {
        let bytes = Array((text + "  ").utf8)
        let end = text.hasSuffix(",") ? text.utf8.count - 1 : text.utf8.count
        #expect(try bytes.span.bytes.skipValue(0) == end)
    }

    @Test(arguments: [
        "nul,", "truth", "+1,", "-,", "1.,", "1e,", ".5", "[1 2]", "[1,]", "{\"a\" 1}", "{a:1}", "{\"a\":1,}", "]",
        "{1:2}",
    ])
    func refusesWhatIsNoValue(_ text: String) {
        let bytes = Array(text.utf8)
        #expect {
            try bytes.span.bytes.skipValue(0)
        } throws: {
            if case JSONStop.malformed = $0 { true } else { false }
        }
    }

    @Test(arguments: ["", "\"abc", "\"abc\\", "[1", "{\"a\":", "12", "-", "tru", "1.5", "{\"a\":{}"])
    func asksForMoreWhereTextEndsEarly(_ text: String) {
        let bytes = Array(text.utf8)
        #expect(throws: JSONStop.needsMore) { try bytes.span.bytes.skipValue(0) }
    }

    @Test(arguments: [#""\""#, #""\\\""#, #""a\\\\\""#])
    func anEscapedQuoteEndsNoString(_ text: String) throws {
        let bytes = Array(text.utf8)
        #expect(throws: JSONStop.needsMore) { try bytes.span.bytes.skipString(0) }
        let ended = bytes + [.quote]
        #expect(try ended.span.bytes.skipString(0) == ended.count)
    }

    @Test(arguments: [#""\\""#, #""\"\\\\""#, #""\/home\/a\"b\/c\/d\\""#])
    func aQuoteBehindPairsOfBackslashesEndsAString(_ text: String) throws {
        let bytes = Array((text + "\"\\").utf8)
        #expect(try bytes.span.bytes.skipString(0) == text.utf8.count)
    }

    @Test(arguments: [
        "12345678", "00000000", "99999999", "1234567", "1234567,", "1234567/", "1234567:", "/2345678", "12:45678",
        "1234-678", "１2345",
    ])
    func eightDigitsMakeANumber(_ text: String) {
        let digits = text.utf8.prefix { ("0"..."9").contains(UnicodeScalar($0)) }
        let isNumber = digits.count >= 8
        let bytes = Array(text.utf8)
        let found = bytes.span.bytes.eightDigits(0)
        #expect(found == (isNumber ? Int(text) : nil))
    }

    @Test func refusesDeepNesting() {
        let bytes = Array(String(repeating: "[", count: 100_000).utf8)
        #expect(throws: JSONStop.malformed(.tooDeep, at: 64)) { try bytes.span.bytes.skipValue(0) }
    }

    @Test(arguments: [
        (#""plain""#, "plain"), (#""a\/b""#, "a/b"), (#""\u00e9\ud83d\ude00""#, "é😀"), (#""\ud83d!""#, "\u{FFFD}!"),
        (#""\"\\\b\f\n\r\t""#, "\"\\\u{8}\u{c}\n\r\t"),
    ])
    func readsStrings(_ text: String, _ expected: String) throws {
        let bytes = Array(text.utf8)
        var string = ""
        #expect(try bytes.span.bytes.readString(0, into: &string) == bytes.count)
        #expect(string == expected)
    }

    @Test func repairsBytesThatAreNotUTF8() throws {
        let bytes: [UInt8] = [0x22, 0x61, 0xFF, 0x62, 0x22]
        var string = ""
        _ = try bytes.span.bytes.readString(0, into: &string)
        #expect(string == "a\u{FFFD}b")
    }
}
