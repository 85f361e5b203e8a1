import Compression
import Foundation
import TestSupport
import Testing

@testable import HTTPClient

/// Every kind of error, by a peer that provokes it.
struct MisbehaviourTests {
    private let client: HTTPClient

    init() throws {
        client = try HTTPClient()
    }

    private func outcome(
        of script: @escaping @Sendable (Peer) -> Void, _ change: (inout HTTPClient.Request) -> Void = { _ in }
    ) async throws -> HTTPClientError? {
        let server = try ScriptedServer(script)
        var request = try HTTPClient.Request(
            .get, server.url + "/x?secret=hunter2", fields: ["Authorization": "hunter2"])
        change(&request)
        let error = await HTTPClientTests.outcome(client, request)
        #expect(error.map { !"\($0)".contains("hunter2") && "\($0)".contains("127.0.0.1:\(server.port)/x") } != false)
        #expect(await eventually { client.statistics.transfersInFlight == 0 })
        return error
    }

    @Test func resetBeforeTheHead() async throws {
        let error = try await outcome { peer in
            _ = peer.request()
            peer.reset()
        }
        #expect(error?.kind == .reset)
    }

    @Test func closeBeforeTheHead() async throws {
        #expect(try await outcome { _ = $0.request() }?.kind == .reset)
    }

    @Test func resetInTheBody() async throws {
        let error = try await outcome { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n12345")
            Thread.sleep(forTimeInterval: 0.05)
            peer.reset()
        }
        #expect(error?.kind == .reset)
        #expect(error?.receivedBytes == 5)
    }

    @Test func bodyShorterThanItsLength() async throws {
        let error = try await outcome { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 3000000000\r\n\r\n12345")
        } _: {
            $0.limit = .max
        }
        #expect(error?.kind == .truncated)
        #expect(error?.receivedBytes == 5)
    }

    @Test func chunksWithoutEnd() async throws {
        let error = try await outcome { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n")
        }
        #expect(error?.kind == .truncated)
    }

    @Test func gzipWithoutEnd() async throws {
        let whole = Gzip.compress(Array(String(repeating: "some text ", count: 1000).utf8))
        let error = try await outcome { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(whole.count - 9)\r\n\r\n")
            peer.send(whole.dropLast(9))
        }
        #expect(error?.kind == .truncated)
    }

    @Test(arguments: [
        "SSH-2.0-OpenSSH_9.2\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "HTTP/1.1 99x OK\r\n\r\n",
        "HTTP/1.1 101 Switching\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nno gzip!", "{}\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 1\r\n\r\n12",
    ])
    func garbageInsteadOfHttp(garbage: String) async throws {
        let error = try await outcome { peer in
            _ = peer.request()
            peer.send(garbage)
            peer.waitForEnd()
        } _: {
            $0.deadlines.total = .seconds(20)
        }
        #expect(error?.kind == .malformed, "\(error.map { "\($0)" } ?? "no error")")
    }

    @Test func silentServerStalls() async throws {
        let error = try await outcome {
            $0.waitForEnd()
        } _: {
            $0.deadlines.stall = .milliseconds(200)
        }
        #expect(error?.kind == .stall)
        expectPrecise(error, .milliseconds(200))
    }

    @Test func silenceInTheBodyStalls() async throws {
        let error = try await outcome { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n12345")
            peer.waitForEnd()
        } _: {
            $0.deadlines.stall = .milliseconds(200)
        }
        #expect(error?.kind == .stall)
        #expect(error?.receivedBytes == 5)
        expectPrecise(error, .milliseconds(200))
    }

    @Test func drippingBodyDoesNotStall() async throws {
        let error = try await outcome { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n")
            for _ in 0..<12 {
                Thread.sleep(forTimeInterval: 0.3)
                peer.send("x")
            }
        } _: {
            $0.deadlines.stall = .seconds(3)
        }
        #expect(error == nil)
    }

    @Test func slowHeadMissesItsDeadline() async throws {
        let error = try await outcome {
            $0.waitForEnd()
        } _: {
            $0.deadlines.firstByte = .milliseconds(150)
        }
        #expect(error?.kind == .timeout(.firstByte))
        expectPrecise(error, .milliseconds(150))
    }

    @Test func endlessBodyMissesTheTotal() async throws {
        let error = try await outcome {
            endlessBody($0)
        } _: {
            $0.deadlines.total = .milliseconds(300)
            $0.limit = .max
        }
        #expect(error?.kind == .timeout(.total))
        expectPrecise(error, .milliseconds(300))
    }

    @Test func endlessBodyIsTooLarge() async throws {
        let error = try await outcome {
            endlessBody($0)
        } _: {
            $0.limit = 1_000_000
        }
        #expect(error?.kind == .tooLarge)
        #expect((error?.receivedBytes ?? 0) <= 1_000_000)
    }

    @Test func lengthOverTheLimitIsTooLarge() async throws {
        let error = try await outcome { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 3000000000\r\n\r\n12345")
            peer.waitForEnd()
        } _: {
            $0.limit = 1_000_000
        }
        #expect(error?.kind == .tooLarge)
    }

    @Test func gzipBombIsTooLarge() async throws {
        let bomb = Gzip.compress([UInt8](repeating: 0, count: 50_000_000))
        let error = try await outcome { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n")
            peer.send(bomb)
        } _: {
            $0.limit = 1_000_000
        }
        #expect(error?.kind == .tooLarge)
    }

    @Test(arguments: ["X: \(String(repeating: "y", count: 70000))\r\n", String(repeating: "X: y\r\n", count: 20000)])
    func endlessHeadIsTooLarge(fields: String) async throws {
        let error = try await outcome { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\n" + fields)
            peer.waitForEnd()
        }
        #expect(error?.kind == .tooLarge)
    }

    @Test func interimHeadsDoNotEnd() async throws {
        let error = try await outcome { peer in
            _ = peer.request()
            while peer.send("HTTP/1.1 102 Processing\r\n\r\n") {}
        }
        #expect(error?.kind == .tooLarge)
    }

    @Test func nobodyListens() async throws {
        let port = try ScriptedServer { _ in }.port
        let error = await HTTPClientTests.outcome(client, try HTTPClient.Request(.get, "http://127.0.0.1:\(port)/"))
        #expect(error?.kind == .connect)
    }

    @Test func noSuchSocket() async throws {
        var request = try HTTPClient.Request(.get, "http://slurmrestd/")
        request.transport = HTTPClient.Transport(unixSocket: "/nowhere/at/all")
        #expect(await HTTPClientTests.outcome(client, request)?.kind == .connect)
    }

    @Test func plainPeerIsNoTlsPeer() async throws {
        let server = try ScriptedServer { peer in
            peer.send("HTTP/1.1 200 OK\r\n\r\n")
            peer.waitForEnd()
        }
        let error = await HTTPClientTests.outcome(
            client, try HTTPClient.Request(.get, "https://127.0.0.1:\(server.port)/"))
        #expect(error?.kind == .tls)
    }

    @Test func handshakeThatNeverEndsIsAConnectTimeout() async throws {
        let server = try ScriptedServer { $0.waitForEnd() }
        var request = try HTTPClient.Request(.get, "https://127.0.0.1:\(server.port)/")
        request.deadlines.connect = .milliseconds(250)
        let error = await HTTPClientTests.outcome(client, request)
        #expect(error?.kind == .timeout(.connect))
        expectPrecise(error, .milliseconds(250))
    }

    @Test func unknownNameHasNoAddress() async throws {
        let error = await HTTPClientTests.outcome(client, try HTTPClient.Request(.get, "http://\(Names.unknown)/"))
        #expect(error?.kind == .dns)
        #expect(error.map { "\($0)".contains(Names.unknown) } == true)
    }

    @Test func slowNameDelaysNobody() async throws {
        #expect(CurlLibrary.resolvesOffLoop)
        let server = try ScriptedServer { $0.serve("fine") }
        var slow = try HTTPClient.Request(.get, "http://\(Names.slow)/")
        slow.deadlines.connect = .milliseconds(300)
        let slowRequest = slow
        let client = client
        async let failure = HTTPClientTests.outcome(client, slowRequest)
        var longest = Duration.zero
        for _ in 0..<50 {
            let body = try await client.send(HTTPClient.Request(.get, server.url)).body
            #expect(try await body.collect(upTo: 10).count == 4)
            longest = max(longest, body.summary?.total ?? Names.patience)
            try await Task.sleep(for: .milliseconds(10))
        }
        let error = await failure
        #expect(error?.kind == .timeout(.connect))
        expectPrecise(error, .milliseconds(300))
        #expect(longest < Names.patience - .seconds(1))
    }
}

func endlessBody(_ peer: Peer) {
    _ = peer.request()
    peer.send("HTTP/1.1 200 OK\r\n\r\n")
    while peer.send([UInt8](repeating: 0x20, count: 65536)) {}
}

/// Early by no more than the clocks of libcurl and ours differ; late by no more than a loaded machine makes it.
func expectPrecise(_ error: HTTPClientError?, _ limit: Duration) {
    guard let error else {
        Issue.record("no error")
        return
    }
    #expect(error.elapsed > limit - .milliseconds(2))
    #expect(error.elapsed < limit + .seconds(20))
}
