import HTTP
import HTTPServer
import TestSupport
import Testing

/// Bodies that are put together from pieces.
struct PiecesTests {
    private static let pieces: [[UInt8]] = [
        [], Array("first ".utf8), [], [UInt8](repeating: 0x62, count: 1_500_000), Array(" last\n".utf8), [],
    ]
    private static let whole = String(decoding: pieces.joined(), as: UTF8.self)

    private func server() throws -> TestServer {
        try TestServer {
            try $0.add(.get, "/at-once") { _ in .response(Response(.ok, pieces: Self.pieces)) }
            try $0.add(.get, "/work") { _ in .work { $0.respond(Response(.ok, pieces: Self.pieces)) } }
            try $0.add(.get, "/nothing") { _ in .work { $0.respond(Response(.ok, pieces: [[], []])) } }
        }
    }

    @Test(arguments: ["/at-once", "/work"])
    func theClientGetsOneBody(path: String) async throws {
        let client = try server().client()
        for _ in 1...3 {
            try await client.send(get(path))
            let response = try await client.response()
            #expect(response.fields["content-length"] == "\(Self.whole.utf8.count)")
            #expect(response.body == Self.whole)
        }
    }

    @Test func aSlowClientGetsAllOfIt() async throws {
        let client = try server().client(receiveBuffer: 4096)
        try await client.send(get("/work"))
        #expect(try await client.response().body == Self.whole)
    }

    @Test func aHeadHasTheLengthAndNoBody() async throws {
        let client = try server().client()
        try await client.send("HEAD /work HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await client.response(hasBody: false).fields["content-length"] == "\(Self.whole.utf8.count)")
        try await client.send(get("/nothing"))
        let nothing = try await client.response()
        #expect(nothing.status == 200 && nothing.body.isEmpty && nothing.fields["content-length"] == "0")
    }
}
