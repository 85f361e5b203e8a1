import HTTP
import HTTPServer
import TestSupport
import Testing

struct AnnouncedLengthTests {
    private func server(announced: Int?, written: Int, isLast: Bool = false) throws -> TestServer {
        try TestServer {
            try $0.add(.get, "/stream") { _ in
                .work { writer in
                    writer.start(.ok, length: announced, isLast: isLast)
                    for _ in 0..<(written / 1000) { try await writer.write([UInt8](repeating: 0x61, count: 1000)) }
                }
            }
        }
    }

    @Test func aStreamOfKnownLengthIsNotChunked() async throws {
        let client = try server(announced: 3_000_000, written: 3_000_000).client()
        for _ in 1...2 {
            try await client.send(get("/stream"))
            let response = try await client.response()
            #expect(response.fields["content-length"] == "3000000")
            #expect(response.fields["transfer-encoding"] == nil)
            #expect(response.body.utf8.count == 3_000_000)
        }
    }

    @Test func aHeadTellsTheLengthToo() async throws {
        let client = try server(announced: 3_000_000, written: 3_000_000).client()
        try await client.send("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n" + get("/"))
        #expect(try await client.response(hasBody: false).fields["content-length"] == "3000000")
        #expect(try await client.response().body == "hello\n")
    }

    @Test func theLastAnswerEndsTheConnection() async throws {
        let client = try server(announced: 2000, written: 2000, isLast: true).client()
        try await client.send(get("/stream"))
        let response = try await client.response()
        #expect(response.fields["connection"] == "close")
        #expect(try await client.rest() == "")
    }

    @Test func aBodyThatIsTooShortEndsTheConnection() async throws {
        let server = try server(announced: 5000, written: 2000)
        let client = try server.client()
        try await client.send(get("/stream"))
        _ = try await client.text(upTo: "\r\n\r\n")
        #expect(try await client.rest().utf8.count == 2000)
        #expect(
            server.events.contains(.workFailed(route: "/stream", reason: "3000 bytes of the body are missing")))
    }

    @Test func aBodyThatIsTooLongIsCutOff() async throws {
        let server = try server(announced: 1500, written: 1_000_000)
        let client = try server.client()
        try await client.send(get("/stream"))
        await #expect(throws: (any Error).self) {
            let response = try await client.response()
            #expect(response.body.utf8.count <= 1500)
            _ = try await client.rest()
            if response.status == 500 { throw CancellationError() }
        }
        #expect(
            server.events.contains(.workFailed(route: "/stream", reason: "the body is longer than was told")))
    }
}
