import Selectors
import Testing

struct SelectorTests {
    private func matchers(_ text: String) throws -> [String] { try Selector(text).matchers.map(\.text) }

    @Test(arguments: [
        ("up", ["__name__=up"]), ("a:b:c", ["__name__=a:b:c"]), (":", ["__name__=:"]), ("{}", []),
        ("up{}", ["__name__=up"]),
        (#"{a="b"}"#, ["a=b"]), (#"{a="b",}"#, ["a=b"]),
        (#"up{a!="b",c=~"d.e",f!~"g"}"#, ["a!=b", "c=~/d.e/", "f!=g", "__name__=up"]),
        ("{a='b'}", ["a=b"]), ("{a=`b\\n\n`}", ["a=b\\n\n"]), (#"{a="\"\n\x41\101\u00e4\U0001F600"}"#, ["a=\"\nAAä😀"]),
        (" # all of it\n up # that\n{ a # one\n = \"b\" } # done", ["a=b", "__name__=up"]),
        ("sum", ["__name__=sum"]), ("SUM", ["__name__=SUM"]), ("and", ["__name__=and"]),
        ("by{on=\"1\"}", ["on=1", "__name__=by"]),
        ("fill_left", ["__name__=fill_left"]), ("start", ["__name__=start"]),
        (#"{sum="1",inf="2"}"#, ["sum=1", "inf=2"]),
        (#"a{__name__="b"}"#, ["__name__=b", "__name__=a"]), (#"{"foo.bar"}"#, ["__name__=foo.bar"]),
        (#"a{"x y"="1"}"#, ["x y=1", "__name__=a"]), (#"{"a","b",c="d"}"#, ["__name__=a", "__name__=b", "c=d"]),
        ("{a=\"#b\"}", ["a=#b"]),
    ])
    func readsWhatPrometheusTakes(_ text: String, _ expected: [String]) throws {
        #expect(try matchers(text) == expected)
    }

    @Test(arguments: [
        ("", "1:1: parse error: unexpected end of input"),
        (" # nothing", "1:11: parse error: unexpected end of input"),
        ("-not-a-valid-metric-name", "1:1: parse error: unexpected <op:->"),
        ("not-a-valid-metric-name", "1:4: parse error: unexpected <op:->"),
        (#"a_total{x="1""#, "1:14: parse error: unexpected end of input inside braces"),
        ("{b}", #"1:3: parse error: unexpected "}" in label matching, expected label matching operator"#),
        ("up[5m]", #"1:3: parse error: unexpected "[""#),
        ("up offset 5m", "1:4: parse error: unexpected <offset>"),
        ("on", "1:1: parse error: unexpected <on>"), ("NaN", #"1:1: parse error: unexpected number "NaN""#),
        ("\n  up up", #"2:6: parse error: unexpected identifier "up""#),
        ("5", #"1:1: parse error: unexpected number "5""#),
        ("{,}", #"1:2: parse error: unexpected "," in label matching, expected identifier or "}""#),
        (#"{a="b" c="d"}"#, #"1:8: parse error: unexpected identifier "c" in label matching, expected "," or "}""#),
        ("{a=b}", #"1:4: parse error: unexpected identifier "b" in label matching, expected string"#),
        ("{a:b=\"c\"}", #"1:3: parse error: unexpected character inside braces: ":""#),
        (#"{a="b}"#, "1:4: parse error: unterminated quoted string"),
        ("{a=\"b\nc\"}", "1:4: parse error: unterminated quoted string"),
        ("{a=`b}", "1:4: parse error: unterminated raw string"),
        (#"{a="\q"}"#, "1:4: parse error: unknown escape sequence"),
        (#"{a="\'"}"#, "1:4: parse error: unknown escape sequence"),
        (#"{a="\ud800"}"#, "1:4: parse error: escape sequence is an invalid Unicode code point"),
        (#"{a="\400"}"#, "1:4: parse error: escape sequence is an invalid Unicode code point"),
        ("{a=\"b\"}}", #"1:8: parse error: unexpected "}""#), ("(up)", #"1:1: parse error: unexpected "(""#),
        ("sum(up)", #"1:4: parse error: unexpected "(""#), ("ä", #"1:1: parse error: unexpected character: "ä""#),
        ("{{a=\"b\"}", "1:2: parse error: unexpected left brace '{' inside braces"),
        ("{a!b}", "1:3: parse error: unexpected character after '!' inside braces"),
        (#"slurm_jobs{user=~"("}"#, "1:12: parse error: error parsing regexp: missing ): ("),
        (#"{a=~"\xff"}"#, "1:2: parse error: error parsing regexp: invalid UTF-8"),
        (#"{a=~"x\\C"}"#, #"1:2: parse error: error parsing regexp: invalid escape sequence: `\C`"#),
    ])
    func saysWhatIsWrongAndWhere(_ text: String, _ message: String) {
        let error = #expect(throws: SelectorError.self) { try Selector(text) }
        #expect(error?.description == message)
    }

    @Test func boundsTheCostOfHostileExpressions() throws {
        let names = (0..<100_000).map { "name\($0)" }.joined(separator: "|")
        let elapsed = try ContinuousClock().measure {
            let matcher = try Selector("{a=~\"\(names)\"}").matchers[0]
            let isFound = matcher.matches("name99999".utf8.span)
            #expect(isFound)
            for pattern in [".{0,1000}{0,1000}", "(a*)*b", String(repeating: "(", count: 100_000), "(x+x+)+y"] {
                _ = try? Selector("{a=~\"\(pattern)\"}")
            }
        }
        #expect(elapsed < .seconds(5))
    }
}

extension Matcher {
    fileprivate var text: String {
        let label = String(decoding: label, as: UTF8.self)
        let operation = isNegated ? "!=" : "="
        switch test {
        case .oneOf(let values):
            return label + operation + values.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "|")
        case .prefix(let prefix, let more):
            return label + operation + "^" + String(decoding: prefix, as: UTF8.self) + "+\(more)"
        case .expression(_, let prefix):
            return label + operation + "~/" + String(decoding: prefix, as: UTF8.self) + (prefix.isEmpty ? "" : ".e/")
        }
    }
}
