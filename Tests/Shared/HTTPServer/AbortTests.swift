import HTTP
import HTTPServer
import TestSupport
import Testing

struct AbortTests {
    private func server(announced: Int?, written: Int) throws -> TestServer {
        try TestServer {
            try $0.add(.get, "/cut") { _ in
                .work { writer in
                    writer.start(.ok, length: announced)
                    if written > 0 { try await writer.write([UInt8](repeating: 0x61, count: written)) }
                    writer.abort()
                }
            }
        }
    }

    /// What comes of a body until the connection is reset.
    private func body(_ client: RawClient) async throws -> Int {
        var count = 0
        while true {
            do {
                guard let more = try await client.receive() else {
                    Issue.record("an orderly end")
                    return count
                }
                count += more.count
            } catch is RawClient.Failure {
                return count
            }
        }
    }

    @Test(arguments: [0, 1, 1000, 65_536, 100_000, 5_000_000])
    func whatWasWrittenArrivesAndThenTheConnectionIsReset(written: Int) async throws {
        let server = try server(announced: 10_000_000, written: written)
        for _ in 1...3 {
            let client = try server.client()
            try await client.send(get("/cut"))
            let head = try await client.text(upTo: "\r\n\r\n")
            #expect(head.hasPrefix("HTTP/1.1 200"))
            #expect(try await client.buffered() + body(client) == written)
        }
        #expect(await eventually { server.server.statistics.works == 0 && server.server.statistics.open == 0 })
        #expect(server.events.allSatisfy { if case .listening = $0 { true } else { false } })
    }

    @Test func aSlowClientGetsAllOfItToo() async throws {
        let server = try server(announced: 10_000_000, written: 3_000_000)
        let client = try server.client(receiveBuffer: 4096)
        try await client.send(get("/cut"))
        _ = try await client.text(upTo: "\r\n\r\n")
        try await Task.sleep(for: .milliseconds(200))
        #expect(try await client.buffered() + body(client) == 3_000_000)
    }

    @Test func aBodyInChunksHasNoLastOne() async throws {
        let client = try server(announced: nil, written: 1000).client()
        try await client.send(get("/cut"))
        let head = try await client.text(upTo: "\r\n\r\n")
        #expect(head.contains("chunked"))
        let framed = "3e8\r\n".utf8.count + 1000 + "\r\n".utf8.count
        #expect(try await client.buffered() + body(client) == framed)
    }

    @Test func aClientThatTakesNothingHasItsTime() async throws {
        var limits = HTTPServer.Limits.patient
        limits.stallTime = .milliseconds(300)
        let server = try TestServer(limits: limits) {
            try $0.add(.get, "/cut") { _ in
                .work { writer in
                    try await writer.write([UInt8](repeating: 0, count: 60_000))
                    writer.abort()
                }
            }
        }
        let client = try server.client(receiveBuffer: 1024)
        try await client.send(get("/cut"))
        #expect(await eventually { server.server.statistics.open == 0 && server.server.statistics.works == 0 })
        withExtendedLifetime(client) {}
    }
}
