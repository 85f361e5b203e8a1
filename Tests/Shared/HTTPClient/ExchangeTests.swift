import Compression
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import HTTPClient

/// What goes over the wire, seen from the other end of it.
struct ExchangeTests {
    private let client: HTTPClient

    init() throws {
        client = try HTTPClient()
    }

    /// A server that answers with the request it got.
    private func echo() throws -> ScriptedServer {
        try ScriptedServer { peer in
            while let request = peer.request() { peer.respond(request) }
        }
    }

    private func echoed(_ request: HTTPClient.Request) async throws -> String {
        String(decoding: try await client.send(request).body.collect(upTo: 100_000), as: UTF8.self)
    }

    @Test func requestIsWhatWasAskedForAndNoMore() async throws {
        let server = try echo()
        let request = try HTTPClient.Request(
            .get, server.url + "/a/../b?c=%20d#e", fields: ["Accept": "application/json", "X-Empty": ""])
        let sent = try await echoed(request).split(separator: "\r\n", omittingEmptySubsequences: true)
        #expect(sent.first == "GET /a/../b?c=%20d HTTP/1.1")
        #expect(
            sent.dropFirst().sorted() == [
                "Accept-Encoding: gzip", "Accept: application/json", "Host: 127.0.0.1:\(server.port)", "X-Empty:",
            ])
    }

    @Test(arguments: [HTTPClient.Method.post, .put, .patch, .delete]) func bodyIsSentWithItsLength(
        method: HTTPClient.Method
    ) async throws {
        let server = try echo()
        let body = String(repeating: "x", count: 3000)
        let sent = try await echoed(HTTPClient.Request(method, server.url + "/", body: Array(body.utf8)))
        #expect(sent.hasPrefix("\(method.rawValue) / HTTP/1.1\r\n"))
        #expect(sent.contains("Content-Length: 3000\r\n"))
        #expect(sent.hasSuffix("\r\n\r\n" + body))
        #expect(!sent.contains("Content-Type"))
        #expect(!sent.contains("Expect"))
    }

    @Test(arguments: [nil, []] as [[UInt8]?]) func emptyPostHasLengthZero(body: [UInt8]?) async throws {
        let server = try echo()
        let sent = try await echoed(HTTPClient.Request(.post, server.url + "/", body: body))
        #expect(sent.hasPrefix("POST / HTTP/1.1\r\n"))
        #expect(sent.contains("Content-Length: 0\r\n"))
    }

    @Test func bodyIsSentByteForByte() async throws {
        let server = try echo()
        let text = String(decoding: Array(UInt8(0)...127), as: UTF8.self)
        let sent = try await echoed(HTTPClient.Request(.post, server.url, body: Array(text.utf8)))
        #expect(sent.hasSuffix("\r\n\r\n" + text))
    }

    @Test func gzipCanBeSwitchedOff() async throws {
        let server = try echo()
        var request = try HTTPClient.Request(.get, server.url)
        request.gzip = false
        #expect(try await !echoed(request).contains("Accept-Encoding"))
    }

    @Test func headHasNoBody() async throws {
        let server = try ScriptedServer { peer in
            while peer.request() != nil {
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\n")
            }
        }
        let response = try await client.send(HTTPClient.Request(.head, server.url))
        #expect(response.fields["content-length"] == "5")
        #expect(try await response.body.collect(upTo: 0) == [])
    }

    @Test(arguments: [200, 204, 304, 401, 404, 500, 511]) func everyStatusIsAResponse(status: Int) async throws {
        let server = try ScriptedServer { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 \(status) Whatever\r\nETag: \"7\"\r\nContent-Length: 0\r\n\r\n")
        }
        let response = try await client.send(HTTPClient.Request(.get, server.url, fields: ["If-None-Match": "\"7\""]))
        #expect(response.status == status)
        #expect(response.version == .http11)
        #expect(response.fields["etag"] == "\"7\"")
        #expect(try await response.body.collect(upTo: 10) == [])
    }

    @Test(arguments: [301, 302, 303, 307, 308]) func redirectIsNotFollowed(status: Int) async throws {
        let elsewhere = try echo()
        let server = try ScriptedServer { peer in
            _ = peer.request()
            peer.respond(status: "\(status) Moved", fields: "Location: \(elsewhere.url)/\r\n")
        }
        let response = try await client.send(
            HTTPClient.Request(.get, server.url, fields: ["X-SLURM-USER-TOKEN": "hunter2"]))
        #expect(response.status == status)
        #expect(try await response.body.collect(upTo: 10) == [])
        #expect(elsewhere.connections == 0)
    }

    @Test func proxyOfTheEnvironmentDoesNotApply() async throws {
        let proxy = try ScriptedServer { $0.serve("from the proxy") }
        let server = try ScriptedServer { $0.serve("from the server") }
        // For the whole process; nothing else in it wants a proxy.
        setenv("http_proxy", proxy.url, 1)
        defer { unsetenv("http_proxy") }
        #expect(try await echoed(HTTPClient.Request(.get, server.url)) == "from the server")
    }

    @Test func proxyOfTheRequestApplies() async throws {
        let proxy = try echo()
        var request = try HTTPClient.Request(.get, "http://\(Names.unknown)/x")
        request.transport.proxy = proxy.url
        #expect(try await echoed(request).hasPrefix("GET http://\(Names.unknown)/x HTTP/1.1\r\n"))
    }

    @Test func userInformationBecomesBasicAuthentication() async throws {
        let server = try echo()
        let sent = try await echoed(HTTPClient.Request(.get, "http://me:word@127.0.0.1:\(server.port)/"))
        #expect(sent.contains("Authorization: Basic bWU6d29yZA==\r\n"))
    }

    @Test func chunkedBodyAndTrailers() async throws {
        let server = try ScriptedServer { peer in
            _ = peer.request()
            peer.send(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n"
            )
        }
        let response = try await client.send(HTTPClient.Request(.get, server.url))
        #expect(try await response.body.collect(upTo: 5) == Array("abcde".utf8))
        #expect(response.fields["x"] == nil)
    }

    @Test func bodyUntilTheConnectionEnds() async throws {
        let server = try ScriptedServer { peer in
            _ = peer.request()
            peer.send("HTTP/1.0 200 OK\r\n\r\nall of it")
        }
        let response = try await client.send(HTTPClient.Request(.get, server.url))
        #expect(response.version == .http10)
        #expect(try await response.body.collect(upTo: 100) == Array("all of it".utf8))
    }

    @Test func collectEndsWhereItsLimitIs() async throws {
        let server = try ScriptedServer { endlessBody($0) }
        let body = try await client.send(HTTPClient.Request(.get, server.url)).body
        let error = await #expect(throws: HTTPClientError.self) { try await body.collect(upTo: 1000) }
        #expect(error?.kind == .tooLarge)
        #expect(await eventually { client.statistics.openConnections == 0 })
    }

    @Test func bodyIsASequence() async throws {
        let server = try ScriptedServer { $0.serve(String(repeating: "x", count: 1_000_000)) }
        var count = 0
        for try await chunk in try await client.send(HTTPClient.Request(.get, server.url)).body { count += chunk.count }
        #expect(count == 1_000_000)
    }

    @Test(arguments: [0, 1, 100_000, 10_000_000]) func everyBacklogLetsTheBodyThrough(backlog: Int) async throws {
        let server = try ScriptedServer { $0.serve(String(repeating: "x", count: 1_000_000)) }
        var request = try HTTPClient.Request(.get, server.url)
        request.backlog = backlog
        #expect(try await client.send(request).body.collect(upTo: 1_000_000).count == 1_000_000)
    }

    @Test func summaryTellsHowItWent() async throws {
        let text = String(repeating: "some text ", count: 10000)
        let packed = Gzip.compress(Array(text.utf8))
        let server = try ScriptedServer { peer in
            while peer.request() != nil {
                peer.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n")
                peer.send(packed)
            }
        }
        let request = try HTTPClient.Request(.get, server.url)
        let first = try await client.send(request)
        #expect(try await first.body.collect(upTo: text.utf8.count).count == text.utf8.count)
        let summary = try #require(first.body.summary)
        #expect(summary.wireBytes == packed.count)
        #expect(summary.decodedBytes == text.utf8.count)
        #expect(!summary.reusedConnection)
        let (connected, firstByte) = try (#require(summary.connected), #require(summary.firstByte))
        #expect(connected <= firstByte)
        #expect(firstByte <= summary.total + .milliseconds(1))
        #expect(summary.secured == nil)

        let second = try await client.send(request)
        _ = try await second.body.collect(upTo: text.utf8.count)
        #expect(second.body.summary?.reusedConnection == true)
        #expect(second.body.summary?.connected == nil)
    }
}
