import HTTP
import HTTPServer
import Synchronization
import TestSupport
import Testing

struct ServingTests {
    @Test func connectionsAreKeptAlive() async throws {
        let server = try TestServer()
        let client = try server.client()
        for _ in 1...3 {
            try await client.send(get("/"))
            let response = try await client.response()
            #expect(response.status == 200)
            #expect(response.body == "hello\n")
            #expect(response.fields["connection"] == nil)
            #expect(response.fields["date"]?.hasSuffix(" GMT") == true)
        }
        #expect(server.server.statistics.accepted == 1)
    }

    @Test(arguments: [
        ("GET / HTTP/1.0\r\n\r\n", "close"), ("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "close"),
    ])
    func connectionsEndWhereTheClientSaysSo(request: String, connection: String) async throws {
        let client = try TestServer().client()
        try await client.send(request)
        let response = try await client.response()
        #expect(response.fields["connection"] == connection)
        #expect(try await client.rest() == "")
    }

    @Test func oldClientsMayKeepTheirConnection() async throws {
        let client = try TestServer().client()
        for _ in 1...2 {
            try await client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(try await client.response().fields["connection"] == "keep-alive")
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        let server = try TestServer {
            try $0.add(.get, "/number/{n}") { request in
                let text = request.parameters["n"]
                return text.hasSuffix("7")
                    ? .work { writer in writer.respond(Response(.ok, text: text)) }
                    : .response(Response(.ok, text: text))
            }
        }
        let client = try server.client()
        try await client.send((0..<2000).map { get("/number/\($0)") }.joined())
        for number in 0..<2000 { #expect(try await client.response().body == "\(number)\n") }
    }

    @Test func everyByteMayComeAlone() async throws {
        let client = try TestServer().client()
        for byte in "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc".utf8 {
            try await client.send([byte])
        }
        #expect(try await client.response().body == "abc")
    }

    @Test func chunkedBodiesAreCollected() async throws {
        let client = try TestServer().client()
        try await client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        try await client.send("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        #expect(try await client.response().body == "abcde")
    }

    @Test func headHasNoBody() async throws {
        let client = try TestServer().client()
        try await client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + get("/"))
        let head = try await client.response(hasBody: false)
        #expect(head.fields["content-length"] == "6")
        #expect(try await client.response().body == "hello\n")
    }

    @Test func aBodyIsAskedForWhereItIsExpected() async throws {
        let client = try TestServer().client()
        try await client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        #expect(try await client.response().status == 100)
        try await client.send("abc")
        #expect(try await client.response().body == "abc")
    }

    @Test(arguments: [
        ("GET /none HTTP/1.1", 404, nil), ("DELETE / HTTP/1.1", 405, "GET, HEAD, OPTIONS"),
        ("OPTIONS / HTTP/1.1", 204, "GET, HEAD, OPTIONS"), ("OPTIONS * HTTP/1.1", 204, "GET, HEAD, OPTIONS"),
        ("GET /%zz HTTP/1.1", 400, nil), ("GET http://b/ HTTP/1.1", 200, nil),
    ])
    func whatIsNotThereIsSaid(line: String, status: Int, allow: String?) async throws {
        let response = try await TestServer().response(to: "\(line)\r\nHost: a\r\n\r\n")
        #expect(response.status == status)
        #expect(response.fields["allow"] == allow)
        #expect((response.fields["content-type"] == nil) == (status == 204))
    }

    @Test func handlersSeeTheRequest() async throws {
        let server = try TestServer {
            try $0.add(.get, "/a/{b}") { request in
                let text = "\(request.parameters["b"]) \(request.query.values("c")) \(request.peer.isLoopback)"
                return .response(Response(.ok, text: text + " \(request.listener) \(request.fields["X"] ?? "")"))
            }
        }
        let response = try await server.response(to: get("/a/%C3%A4%2F?c=1&c=%20", "x: y"))
        #expect(response.body == "ä/ [\"1\", \" \"] true 127.0.0.1:0 y\n")
    }

    @Test func preparedBytesAreNegotiated() async throws {
        let tag = try #require(EntityTag("7", isWeak: true))
        let prepared = PreparedResponse(
            .ok, ["Content-Type": "text/plain"], body: Array("plain".utf8), gzip: Array("zipped".utf8), tag: tag)
        let server = try TestServer { try $0.add(.get, "/p") { _ in .prepared(prepared) } }

        let plain = try await server.response(to: get("/p"))
        #expect(plain.body == "plain" && plain.fields["vary"] == "Accept-Encoding" && plain.fields["etag"] == "W/\"7\"")
        let zipped = try await server.response(to: get("/p", "Accept-Encoding: gzip"))
        #expect(zipped.body == "zipped" && zipped.fields["content-encoding"] == "gzip")
        let unmodified = try await server.response(to: get("/p", "If-None-Match: W/\"7\""))
        #expect(unmodified.status == 304 && unmodified.fields["content-length"] == nil)
        #expect(unmodified.fields["etag"] == "W/\"7\"")
    }

    @Test func aBigBodyArrivesWhole() async throws {
        let body = (0..<8).flatMap { [UInt8](repeating: $0, count: 1_000_000) }
        let prepared = PreparedResponse(.ok, [:], body: body)
        let server = try TestServer { try $0.add(.get, "/p") { _ in .prepared(prepared) } }
        let client = try server.client()
        try await client.send(get("/p", "Connection: close"))
        _ = try await client.text(upTo: "\r\n\r\n")
        #expect(try await client.bytes(body.count) == body)
        #expect(try await client.rest() == "")
    }

    @Test func aClientThatHasSaidAllGetsItsAnswer() async throws {
        let client = try TestServer().client()
        try await client.send(get("/"))
        client.endSending()
        #expect(try await client.response().body == "hello\n")
        #expect(try await client.rest() == "")
    }

    @Test func aPipelineThatEndsIsAnsweredWhole() async throws {
        let gate = Gate()
        let server = try TestServer {
            try $0.add(.get, "/work") { _ in
                .work { writer in
                    await gate.opened()
                    writer.respond(Response(.ok, text: "worked"))
                }
            }
        }
        let (old, new) = (try server.client(), try server.client())
        try await old.send("GET /work HTTP/1.0\r\n\r\n")
        try await new.send(get("/") + get("/work") + get("/work") + get("/"))
        for client in [old, new] { client.endSending() }
        #expect(await eventually { server.server.statistics.works == 2 })
        // The end of its stream has been noticed before the newcomer is answered.
        #expect(try await server.response(to: get("/")).status == 200)
        gate.open()
        #expect(try await old.response().body == "worked\n")
        for body in ["hello", "worked", "worked", "hello"] { #expect(try await new.response().body == "\(body)\n") }
        for client in [old, new] { #expect(try await client.rest() == "") }
    }

    @Test func whatIsNotUnderstoodEndsTheConnection() async throws {
        let server = try TestServer()
        let client = try server.client()
        try await client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        try await client.send(get("/"))
        let response = try await client.response()
        #expect(response.status == 400 && response.fields["connection"] == "close")
        client.endSending()
        #expect(try await client.rest() == "")
        #expect(server.server.statistics.rejected == [.ambiguousLength: 1])
    }

    @Test func anAnswerIsNotOvertakenByAReset() async throws {
        let client = try TestServer().client()
        try await client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4000000\r\n\r\n")
        try await client.send([UInt8](repeating: 0, count: 1_000_000))
        #expect(try await client.response().status == 413)
    }

    @Test func routesCanBeForThisHostOnly() {
        var router = Router()
        #expect(throws: Never.self) {
            try router.add(.get, "/debug", loopbackOnly: true) { _ in .response(Response(.ok, text: nil)) }
        }
        let head = RequestHead(method: .get, target: RequestTarget("/debug") ?? .root)
        #expect(status(router.answer(to: Request(head: head))) == .ok)
        #expect(status(router.answer(to: Request(head: head, peer: .ipv4(0x0A00_0001, port: 1)))) == .forbidden)
    }

    @Test(
        arguments: [
            (["Host": "localhost:9341"], true), (["Host": "127.0.0.1:9341"], true), (["Host": "[::1]:9341"], true),
            (["Host": "[::1]"], true), (["Host": "evil.example"], false),
            (["Host": "localhost.evil.example:80"], false),
            (["Host": "127.0.0.1.evil.example"], false), (["Host": "localhost", "X-Forwarded-For": "10.0.0.1"], false),
            (["Host": "localhost", "Via": "1.1 proxy"], false), (["Host": "localhost", "Forwarded": "for=_x"], false),
        ] as [(HTTPFields, Bool)])
    func whomAProxyOrAForeignPageSendsIsNotOfThisHost(fields: HTTPFields, isWelcome: Bool) throws {
        var router = Router()
        try router.add(.get, "/debug", loopbackOnly: true) { _ in .response(Response(.ok, text: nil)) }
        let head = RequestHead(method: .get, target: RequestTarget("/debug") ?? .root, fields: fields)
        #expect(status(router.answer(to: Request(head: head))) == (isWelcome ? .ok : .forbidden))
    }

    private func status(_ answer: RoutedAnswer) -> HTTPStatus? {
        if case .response(let response) = answer.answer { response.head.status } else { nil }
    }

    @Test func figuresAreKept() async throws {
        let server = try TestServer()
        let client = try server.client()
        try await client.send(get("/") + get("/") + get("/none"))
        for _ in 1...3 { _ = try await client.response() }
        let statistics = server.server.statistics
        #expect(
            statistics.answered.map { "\($0.key.route) \($0.key.status) \($0.value)" }.sorted() == [
                " 404 1", "/ 200 2",
            ])
        #expect(statistics.open == 1)
        #expect(statistics.bytesReceived == (get("/") + get("/") + get("/none")).utf8.count)
        #expect(statistics.bytesSent > 100)
    }
}
