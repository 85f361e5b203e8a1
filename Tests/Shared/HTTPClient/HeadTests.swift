import Testing

@testable import HTTPClient

struct HeadTests {
    private func parse(_ lines: String...) throws -> Head? {
        var parser = HeadParser()
        var head: Head?
        for line in lines { head = try parser.take(Array("\(line)\r\n".utf8)) }
        return head
    }

    @Test func takesStatusVersionAndFieldsInOrder() throws {
        let head = try #require(try parse("HTTP/1.0 404 Not Found", "B:  two words \t", "a:1", "b: again", ""))
        #expect(head.status == 404)
        #expect(head.version == .http10)
        #expect(head.fields.map(\.name) == ["B", "a", "b"])
        #expect(head.fields["A"] == "1")
        #expect(head.fields["b"] == "two words")
        #expect(head.fields.values(of: "B") == ["two words", "again"])
        #expect(head.fields["c"] == nil)
    }

    @Test func http2HasNoReason() throws {
        #expect(try parse("HTTP/2 200 ", "x: y", "")?.version == .http2)
    }

    @Test func foldedLinesBelongToTheLastField() throws {
        #expect(try parse("HTTP/1.1 200 OK", "A: one", "  two", "")?.fields["a"] == "one two")
    }

    @Test func emptyValuesAreValues() throws {
        #expect(try parse("HTTP/1.1 200 OK", "A:", "")?.fields["a"] == "")
    }

    @Test(arguments: ["", "HTTP/1.1", "HTTP/1.1 abc", "HTTP/9 200 OK", "garbage"]) func refusesOtherThings(line: String)
    {
        #expect(throws: HeadParser.Malformed.self) { try parse(line) }
    }

    @Test(arguments: [(nil, nil), ("12", 12), ("x", nil), ("99999999999999999999", nil)])
    func contentLengthIsANumber(text: String?, length: Int?) {
        var head = Head(status: 200, version: .http11)
        if let text { head.fields.append("content-length", text) }
        #expect(head.contentLength == length)
    }
}
