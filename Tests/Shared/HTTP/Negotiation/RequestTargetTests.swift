import HTTP
import ServiceRuntime
import TestSupport
import Testing

@Suite struct RequestTargetTests {
    @Test(arguments: [
        ("", []),
        ("a=1", [("a", "1")]),
        ("a=1&b=2&a=3", [("a", "1"), ("b", "2"), ("a", "3")]),
        ("a", [("a", "")]),
        ("a=", [("a", "")]),
        ("=1", [("", "1")]),
        ("a=b=c", [("a", "b=c")]),
        ("&&a=1&", [("a", "1")]),
        ("a+b=c+d", [("a b", "c d")]),
        ("a%20b=c%2Bd", [("a b", "c+d")]),
        ("match[]=up&match%5B%5D=%7Bjob%3D%22x%22%7D", [("match[]", "up"), ("match[]", "{job=\"x\"}")]),
        ("a=%26%3d%3B", [("a", "&=;")]),
        ("a=%C3%A9", [("a", "é")]),
        ("a=é", [("a", "é")]),
        ("a=%00", [("a", "\0")]),
    ])
    func queriesAreDecoded(query: String, expected: [(String, String)]) throws {
        let parameters = try QueryParameters(parsing: query)
        #expect(parameters == QueryParameters(expected.map { .init(name: $0.0, value: $0.1) }))
    }

    @Test func parametersAreFoundByName() throws {
        let query = try QueryParameters(parsing: "match[]=b&x=1&match[]=a&match=c")
        #expect(query.values("match[]") == ["b", "a"])
        #expect(query["x"] == "1")
        #expect(query["match[]"] == "b")
        #expect(query["y"] == nil)
        #expect(query.values("y") == [])
    }

    @Test(arguments: [
        ("match[]=%zz", RequestTargetError.invalidEscape("%zz", position: 8), #"invalid URL escape "%zz""#),
        ("a=1&b=%z", .invalidEscape("%z", position: 6), #"invalid URL escape "%z""#),
        ("a%", .invalidEscape("%", position: 1), #"invalid URL escape "%""#),
        ("a=%4&b=1", .invalidEscape("%4", position: 2), #"invalid URL escape "%4""#),
        ("a=%\"\"x", .invalidEscape("%\"\"", position: 2), #"invalid URL escape "%\"\"""#),
        ("a=1;b=2", .semicolonSeparator(position: 3), "invalid semicolon separator in query"),
        ("a=%zz;b", .semicolonSeparator(position: 5), "invalid semicolon separator in query"),
        ("a=1&b=%ff", .invalidUTF8(position: 6), "invalid UTF-8 in what is escaped after position 6"),
        ("a=%C3", .invalidUTF8(position: 2), "invalid UTF-8 in what is escaped after position 2"),
    ])
    func badQueriesAreRefused(query: String, error: RequestTargetError, text: String) {
        #expect(throws: error) { try QueryParameters(parsing: query) }
        #expect(error.description == text)
    }

    @Test func parametersAreCounted() throws {
        #expect(try QueryParameters(parsing: "a&b&c", limit: 3).parameters.count == 3)
        #expect(throws: RequestTargetError.tooManyParameters(limit: 2)) {
            try QueryParameters(parsing: "a&b&c", limit: 2)
        }
    }

    @Test(arguments: [
        ("/", [""]),
        ("/metrics", ["metrics"]),
        ("/metrics/", ["metrics", ""]),
        ("//metrics", ["", "metrics"]),
        ("/a/b", ["a", "b"]),
        ("/a%2Fb/c", ["a/b", "c"]),
        ("/a+b", ["a+b"]),
        ("/%C3%A9", ["é"]),
        ("/...", ["..."]),
        ("/.a/b..", [".a", "b.."]),
        ("/a%2F..%2Fb", ["a/../b"]),
    ])
    func pathsAreDecodedBySegment(path: String, segments: [String]) throws {
        #expect(try RequestPath(path).segments == segments)
    }

    @Test(arguments: [
        ("", RequestTargetError.notAbsolute), ("metrics", .notAbsolute), ("*", .notAbsolute),
        ("/a/../b", .dotSegment(position: 3)), ("/..", .dotSegment(position: 1)), ("/./a", .dotSegment(position: 1)),
        ("/a/%2e%2E/b", .dotSegment(position: 3)), ("/a/.%2e", .dotSegment(position: 3)),
        ("/a/%", .invalidEscape("%", position: 3)), ("/%2/", .invalidEscape("%2", position: 1)),
        ("/a/%ff", .invalidUTF8(position: 3)),
    ])
    func badPathsAreRefused(path: String, error: RequestTargetError) {
        #expect(throws: error) { try RequestPath(path) }
    }

    @Test(arguments: [
        ("", ""), ("az-AZ_09.~", "az-AZ_09.~"), ("a b", "a%20b"),
        ("{job=\"x\"}", "%7Bjob%3D%22x%22%7D"), ("é", "%C3%A9"),
        ("a/b?c#d&e+f%", "a%2Fb%3Fc%23d%26e%2Bf%25"), ("\0", "%00"),
    ])
    func textIsEncoded(text: String, encoded: String) {
        #expect(PercentEncoding.encode(text) == encoded)
    }

    @Test(arguments: 0..<200)
    func whatIsEncodedComesBack(seed: UInt64) throws {
        var random = SeededGenerator(seed: 1000 + seed)
        func text() -> String {
            String(decoding: random.bytes(Int.random(in: 1...30, using: &random)), as: UTF8.self) + "é&=;+% /\0"
        }
        let query = QueryParameters((0..<5).map { _ in .init(name: text(), value: text()) })
        #expect(try QueryParameters(parsing: query.encoded) == query)
        let path = try RequestPath("/" + PercentEncoding.encode(text()) + "/" + PercentEncoding.encode(text()))
        #expect(path.segments.count == 2)
        #expect(try RequestPath(path.description) == path)
    }

    @Test func anyBytesGetAnAnswer() {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<5000 {
            let text = String(decoding: random.bytes(20), as: UTF8.self)
            _ = try? QueryParameters(parsing: text + "%" + text)
            _ = try? RequestPath("/" + text)
        }
    }

    @Test(arguments: [
        (RequestTargetError.invalidEscape("%", position: 0), "invalid_escape"),
        (.invalidUTF8(position: 0), "invalid_utf8"), (.semicolonSeparator(position: 0), "semicolon"),
        (.tooManyParameters(limit: 0), "too_many_parameters"), (.notAbsolute, "not_absolute"),
        (.dotSegment(position: 0), "dot_segment"),
    ])
    func labelsAreBounded(error: RequestTargetError, label: String) {
        #expect(error.label == label)
    }
}
