import HTTP
import Testing

struct HTTPFieldsTests {
    let fields: HTTPFields = ["Accept": "text/plain", "X-A": "1", "accept": "*/*;q=0.1", "Empty": ""]

    @Test func namesCompareWithoutCase() {
        #expect(fields["ACCEPT"] == "text/plain")
        #expect(fields["x-a"] == "1")
        #expect(fields["x-b"] == nil)
        #expect(fields["Empty"] == "")
    }

    @Test func onlyLettersFoldCase() {
        let fields: HTTPFields = ["a^b": "1", "a~b": "2"]
        #expect(fields["A~B"] == "2")
        #expect(fields["a\u{1e}b"] == nil)
    }

    @Test func repeatedNamesKeepTheirOrder() {
        #expect(fields.values("Accept") == ["text/plain", "*/*;q=0.1"])
        #expect(fields.combined("accept") == "text/plain, */*;q=0.1")
        #expect(fields.combined("none") == nil)
        #expect(fields.map(\.name) == ["Accept", "X-A", "accept", "Empty"])
    }

    @Test func setLeavesOne() {
        var fields = fields
        fields.set("ACCEPT", "a/b")
        #expect(fields.map(\.name) == ["X-A", "Empty", "ACCEPT"])
        #expect(fields.values("accept") == ["a/b"])
    }

    @Test func equalityIgnoresTheCaseOfNamesOnly() {
        #expect(["A": "x"] as HTTPFields == ["a": "x"])
        #expect(["A": "x"] as HTTPFields != ["a": "X"])
        #expect(["A": "x", "B": "y"] as HTTPFields != ["B": "y", "A": "x"])
    }
}

struct HTTPMethodTests {
    @Test func anyTokenIsAMethod() {
        #expect(HTTPMethod("GET") == .get)
        #expect(HTTPMethod("get") != .get)
        #expect(HTTPMethod("M-SEARCH")?.name == "M-SEARCH")
    }

    @Test(arguments: ["", "G T", "GET\r", "G(T", "GÉT"])
    func anythingElseIsNot(name: String) {
        #expect(HTTPMethod(name) == nil)
    }
}

struct HTTPStatusTests {
    @Test func codesHaveReasons() {
        #expect(HTTPStatus.ok.description == "200 OK")
        #expect(HTTPStatus(code: 431)?.reason == "Request Header Fields Too Large")
        #expect(HTTPStatus(code: 299)?.description == "299")
        #expect(HTTPStatus(code: 99) == nil)
        #expect(HTTPStatus(code: 600) == nil)
    }
}
