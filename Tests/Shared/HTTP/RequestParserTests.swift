import HTTP
import Testing

/// What a byte stream means: its events, and the error that ended it.
struct Reading: Equatable {
    var events: [RequestParser.Event] = []
    var error: RequestError?

    var requests: [(head: RequestHead, body: String)] {
        events.compactMap {
            guard case .request(let head, let body) = $0 else { return nil }
            return (head, String(decoding: body, as: UTF8.self))
        }
    }

    init(_ pieces: [ArraySlice<UInt8>], limits: RequestLimits = RequestLimits()) {
        var parser = RequestParser(limits: limits)
        do throws(RequestError) {
            for piece in pieces { try read(piece, &parser) }
        } catch {
            self.error = error
        }
    }

    init(_ text: String, limits: RequestLimits = RequestLimits()) {
        self.init([Array(text.utf8)[...]], limits: limits)
    }

    private mutating func read(_ piece: ArraySlice<UInt8>, _ parser: inout RequestParser) throws(RequestError) {
        var offset = 0
        while let event = try parser.next(in: piece.span.bytes, from: &offset) { events.append(event) }
        #expect(offset == piece.count)
    }
}

private func request(_ lines: String..., body: String = "") -> String {
    lines.map { $0 + "\r\n" }.joined() + "\r\n" + body
}

private let host = "Host: a"

struct RequestParserTests {
    static let wellFormed = [
        request("GET / HTTP/1.1", host),
        request("GET /metrics?a=b&c HTTP/1.0"),
        request("POST /a HTTP/1.1", host, "Content-Length: 5", body: "hello") + request("GET /b HTTP/1.1", host),
        request(
            "POST /a HTTP/1.1", host, "Transfer-Encoding: chunked",
            body: "3;a=\"b\"\r\nabc\r\n0002\r\nde\r\n0\r\nX: y\r\n\r\n")
            + request("HEAD /b HTTP/1.1", host),
        request("PUT /a HTTP/1.1", host, "Expect: 100-continue", "Content-Length: 2", body: "ok"),
        "\r\n" + request("OPTIONS * HTTP/1.1", host),
    ]

    static let malformed: [(RequestError, String)] = [
        (.malformedRequestLine, "\u{16}\u{3}\u{1}"),
        (.malformedRequestLine, "\r\n\r\n" + request("GET / HTTP/1.1", host)),
        (.malformedRequestLine, request("GET /", host)),
        (.malformedRequestLine, request("GET  / HTTP/1.1", host)),
        (.malformedRequestLine, request("GET / HTTP/1.1 ", host)),
        (.malformedRequestLine, request("GET / http/1.1", host)),
        (.malformedRequestLine, request("GET / HTTP/1.10", host)),
        (.malformedRequestLine, request("G(T / HTTP/1.1", host)),
        (.malformedLineEnd, "GET / HTTP/1.1\nHost: a\n\n"),
        (.malformedLineEnd, "GET / HTTP/1.1\r\nHost: a\n\r\n"),
        (.malformedTarget, request("GET a HTTP/1.1", host)),
        (.malformedTarget, request("GET * HTTP/1.1", host)),
        (.malformedTarget, request("GET http:// HTTP/1.1", host)),
        (.malformedTarget, request("GET /a#b HTTP/1.1", host)),
        (.malformedTarget, request("GET /a\u{0}b HTTP/1.1", host)),
        (.malformedTarget, request("GET /a\rb HTTP/1.1", host)),
        (.unsupportedMethod, request("CONNECT a:443 HTTP/1.1", host)),
        (.unsupportedVersion, request("GET / HTTP/2.0", host)),
        (.unsupportedVersion, request("GET / HTTP/0.9", host)),
        (.malformedField, request("GET / HTTP/1.1", host, "A : b")),
        (.malformedField, request("GET / HTTP/1.1", host, ": b")),
        (.malformedField, request("GET / HTTP/1.1", host, "A")),
        (.malformedField, request("GET / HTTP/1.1", host, "A: b\u{0}c")),
        (.malformedField, request("GET / HTTP/1.1", host, "A: b\rc")),
        (.malformedField, request("GET / HTTP/1.1", host, "A: b\r")),
        (.foldedField, request("GET / HTTP/1.1", host, " b")),
        (.foldedField, request("GET / HTTP/1.1", host, "A: b", "\tc")),
        (.missingHost, request("GET / HTTP/1.1")),
        (.repeatedHost, request("GET / HTTP/1.1", host, host)),
        (.repeatedHost, request("GET / HTTP/1.0", host, "hOST: b")),
        (.malformedHost, request("GET / HTTP/1.1", "Host: a b")),
        (.malformedHost, request("GET / HTTP/1.1", "Host: a@b")),
        (.ambiguousLength, request("POST / HTTP/1.1", host, "Content-Length: 1", "Transfer-Encoding: chunked")),
        (.ambiguousLength, request("POST / HTTP/1.1", host, "Content-Length: 1", "Content-Length: 2")),
        (.ambiguousLength, request("POST / HTTP/1.1", host, "Content-Length: 1, 2")),
        (.malformedLength, request("POST / HTTP/1.1", host, "Content-Length: +1")),
        (.malformedLength, request("POST / HTTP/1.1", host, "Content-Length: -1")),
        (.malformedLength, request("POST / HTTP/1.1", host, "Content-Length: 0x1")),
        (.malformedLength, request("POST / HTTP/1.1", host, "Content-Length: 1,")),
        (.malformedLength, request("POST / HTTP/1.1", host, "Content-Length:")),
        (.bodyTooLarge, request("POST / HTTP/1.1", host, "Content-Length: 99999999999999999999999999")),
        (.unknownTransferCoding, request("POST / HTTP/1.1", host, "Transfer-Encoding: gzip, chunked")),
        (.unknownTransferCoding, request("POST / HTTP/1.1", host, "Transfer-Encoding: xchunked")),
        (
            .unknownTransferCoding,
            request("POST / HTTP/1.1", host, "Transfer-Encoding: \u{b}chunked".replacing("\u{b}", with: "\u{a0}"))
        ),
        (.malformedTransferEncoding, request("POST / HTTP/1.1", host, "Transfer-Encoding: chunked, chunked")),
        (.malformedTransferEncoding, request("POST / HTTP/1.1", host, "Transfer-Encoding:")),
        (.malformedTransferEncoding, request("POST / HTTP/1.0", host, "Transfer-Encoding: chunked")),
        (.unknownExpectation, request("POST / HTTP/1.1", host, "Expect: a miracle", "Content-Length: 1")),
    ]

    static let malformedChunks: [(RequestError, String)] = [
        (.malformedChunk, "\r\n"),
        (.malformedChunk, "g\r\n"),
        (.malformedChunk, "-1\r\n"),
        (.malformedChunk, "0x1\r\na\r\n"),
        (.malformedChunk, " 1\r\na\r\n"),
        (.malformedChunk, "1 \r\na\r\n"),
        (.malformedChunk, "1\r\nab\r\n"),
        (.malformedChunk, "1;\u{1}\r\na\r\n"),
        (.malformedChunk, "1;" + String(repeating: "x", count: 30) + "\r\n"),
        (.malformedChunk, "1000000000000000\r\n"),
        (.malformedLineEnd, "1\na\r\n"),
        (.malformedLineEnd, "1\r\na\n"),
        (.malformedField, "0\r\nA\r\n\r\n"),
        (.foldedField, "0\r\n A: b\r\n\r\n"),
        (.trailersTooLarge, "0\r\n" + String(repeating: "A: b\r\n", count: 10)),
        (.bodyTooLarge, "100000\r\n"),
        (.bodyTooLarge, "1\r\na\r\n1\r\na\r\nf\r\n"),
    ]

    @Test(arguments: wellFormed)
    func aRequestMeansTheSameHoweverItIsCut(text: String) {
        expectSameForEveryCut(text)
        #expect(Reading(text).error == nil)
    }

    @Test(arguments: malformed)
    func malformedRequestsAreRefused(error: RequestError, text: String) {
        #expect(Reading(text) == Reading([], error: error))
        expectSameForEveryCut(text)
    }

    @Test(arguments: malformedChunks)
    func malformedChunksAreRefused(error: RequestError, chunks: String) {
        var limits = RequestLimits()
        limits.body = 16
        limits.chunkLine = 31
        limits.trailerBytes = 50
        let text = request("POST / HTTP/1.1", host, "Transfer-Encoding: chunked", body: chunks)
        #expect(Reading(text, limits: limits) == Reading([], error: error))
        expectSameForEveryCut(text, limits: limits)
    }

    @Test func headsAreTakenApart() {
        let reading = Reading(request("GET /a%20b?c=d?e HTTP/1.1", "Host:\t[::1]:80 ", "X-Empty:", "x: 1", "X: \u{e9}"))
        let head = reading.requests.first?.head
        #expect(head?.method == .get)
        #expect(head?.target.path == "/a%20b")
        #expect(head?.target.query == "c=d?e")
        #expect(head?.version == .http11)
        #expect(head?.fields == ["Host": "[::1]:80", "X-Empty": "", "x": "1", "X": "\u{e9}"])
    }

    @Test func bodiesAreCollected() {
        let bodies = Self.wellFormed.map { Reading($0).requests.map(\.body) }
        #expect(bodies == [[""], [""], ["hello", ""], ["abcde", ""], ["ok"], [""]])
    }

    @Test func continueIsExpectedOnceAndOnlyForABody() {
        let withBody = Reading(request("PUT / HTTP/1.1", host, "Expect: 100-Continue", "Content-Length: 1"))
        #expect(withBody.events == [.continueExpected])
        let without = Reading(request("PUT / HTTP/1.1", host, "Expect: 100-continue"))
        #expect(without.requests.count == 1 && without.events.count == 1)
        let old = Reading(request("PUT / HTTP/1.0", "Expect: 100-continue", "Content-Length: 1", body: "a"))
        #expect(old.requests.count == 1 && old.events.count == 1)
    }

    @Test func theSameLengthTwiceIsOneLength() {
        let reading = Reading(
            request("POST / HTTP/1.1", host, "Content-Length: 2, 2", "Content-Length: 02", body: "ab"))
        #expect(reading.requests.map(\.body) == ["ab"])
    }

    @Test func laterMinorVersionsCountAsOnePointOne() {
        #expect(Reading(request("GET / HTTP/1.2", host)).requests.first?.head.version == .http11)
        #expect(Reading(request("GET / HTTP/1.2")).error == .missingHost)
    }

    @Test(arguments: [
        ("http://a:80/b?c", "/b", "c"), ("HTTPS://a/b", "/b", nil), ("http://a", "/", nil), ("http://a?b", "/", "b"),
        ("/?", "/", ""), ("//a", "//a", nil), ("/\"{}[]|", "/\"{}[]|", nil),
    ])
    func targets(text: String, path: String, query: String?) {
        #expect(RequestTarget(text)?.path == path)
        #expect(RequestTarget(text)?.query == query)
    }

    @Test(arguments: [
        ("HTTP/1.1", nil, true), ("HTTP/1.0", nil, false), ("HTTP/1.1", "Close", false),
        ("HTTP/1.0", "Keep-Alive", true),
        ("HTTP/1.1", "x,close", false), ("HTTP/1.0", "keep-alive, close", false), ("HTTP/1.1", "upgrade", true),
    ])
    func keepAlive(version: String, connection: String?, keepsAlive: Bool) {
        let field = connection.map { "Connection: " + $0 } ?? "X: y"
        #expect(Reading(request("GET / \(version)", host, field)).requests.first?.head.keepsAlive == keepsAlive)
    }
}

struct RequestLimitsTests {
    let limits: RequestLimits = {
        var limits = RequestLimits()
        limits.requestLine = 20
        limits.fieldBytes = 40
        limits.fieldCount = 3
        limits.body = 4
        return limits
    }()

    @Test(arguments: [(6, nil), (7, RequestError.requestLineTooLong)])
    func requestLines(length: Int, error: RequestError?) {
        let target = "/" + String(repeating: "a", count: length - 1)
        expect(request("POST \(target) HTTP/1.1", host), error)
    }

    @Test func anEndlessRequestLineIsNotWaitedFor() {
        expect("GET /" + String(repeating: "a", count: 17), .requestLineTooLong)
    }

    @Test(arguments: [(27, nil), (28, RequestError.fieldsTooLarge)])
    func fieldBytes(length: Int, error: RequestError?) {
        expect(request("GET / HTTP/1.1", host, "A:" + String(repeating: "b", count: length)), error)
    }

    @Test(arguments: [(3, nil), (4, RequestError.tooManyFields)])
    func fieldCounts(count: Int, error: RequestError?) {
        expect("GET / HTTP/1.1\r\nHost:a\r\n" + String(repeating: "a:b\r\n", count: count - 1) + "\r\n", error)
    }

    @Test(arguments: [(4, nil), (5, RequestError.bodyTooLarge)])
    func bodies(length: Int, error: RequestError?) {
        let body = String(repeating: "a", count: length)
        expect(request("POST / HTTP/1.1", host, "Content-Length: \(length)", body: body), error)
        expect("POST / HTTP/1.1\r\nHost:a\r\nTransfer-Encoding:chunked\r\n\r\n\(length)\r\n\(body)\r\n0\r\n\r\n", error)
    }

    private func expect(_ text: String, _ error: RequestError?) {
        #expect(Reading(text, limits: limits).error == error)
        #expect(Reading(text, limits: limits).requests.count == (error == nil ? 1 : 0))
        expectSameForEveryCut(text, limits: limits)
    }
}

extension Reading {
    init(_ events: [RequestParser.Event], error: RequestError?) {
        self.events = events
        self.error = error
    }
}

/// Cut in two at every place, and into single bytes.
private func expectSameForEveryCut(_ text: String, limits: RequestLimits = RequestLimits()) {
    let bytes = Array(text.utf8)
    let whole = Reading([bytes[...]], limits: limits)
    for cut in bytes.indices {
        #expect(Reading([bytes[..<cut], bytes[cut...]], limits: limits) == whole)
    }
    #expect(Reading(bytes.indices.map { bytes[$0...$0] }, limits: limits) == whole)
}
