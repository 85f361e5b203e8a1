import HTTP
import Testing

struct ResponseHeadTests {
    @Test func fieldsFollowTheStatusLine() {
        let head = ResponseHead(.notFound, ["Content-Type": "text/plain", "X": "y"])
        #expect(text(head) == "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nX: y\r\n")
    }

    @Test func aValueCannotForgeAField() {
        #expect(
            text(ResponseHead(.ok, ["Location": "/a\r\nX: y\u{0}"])) == "HTTP/1.1 200 OK\r\nLocation: /a  X: y \r\n")
    }

    private func text(_ head: ResponseHead) -> String {
        String(decoding: head.serialized, as: UTF8.self)
    }
}

struct HTTPDateTests {
    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"), (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 GMT"),
    ])
    func datesAreImfFixdates(seconds: Int, text: String) {
        #expect(HTTPDate.format(secondsSinceEpoch: seconds) == text)
    }
}
