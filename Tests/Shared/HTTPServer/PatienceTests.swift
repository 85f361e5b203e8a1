import Foundation
import HTTP
import HTTPServer
import TestSupport
import Testing

struct PatienceTests {
    let limits: HTTPServer.Limits = {
        var limits = HTTPServer.Limits()
        limits.headTime = .milliseconds(300)
        limits.bodyTime = .milliseconds(300)
        limits.idleTime = .milliseconds(300)
        limits.stallTime = .milliseconds(300)
        limits.lingerTime = .milliseconds(300)
        return limits
    }()

    @Test(arguments: [
        "G", "GET / HTTP/1.1\r\nHost: a\r\n", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\na",
    ])
    func whoDoesNotComeToAnEndIsTold(beginning: String) async throws {
        let server = try TestServer(limits: limits)
        let client = try server.client()
        try await client.send(beginning)
        let response = try await client.response()
        #expect(response.status == 408 && response.fields["connection"] == "close")
        #expect(server.server.statistics.rejected.values.reduce(0, +) == 1)
    }

    @Test func aHeadThatDripsGetsNoMoreTime() async throws {
        let server = try TestServer(limits: limits)
        let client = try server.client()
        let start = ContinuousClock.now
        try? await {
            while true {
                try await client.send("A")
                try await Task.sleep(for: .milliseconds(20))
                if server.server.statistics.rejected[.headTimeout] == 1 { return }
            }
        }()
        #expect(try await client.response().status == 408)
        #expect(ContinuousClock.now - start >= .milliseconds(300))
    }

    @Test func anIdleConnectionIsClosedWithoutAWord() async throws {
        let server = try TestServer(limits: limits)
        let fresh = try server.client()
        #expect(try await fresh.rest() == "")
        let used = try server.client()
        try await used.send(get("/"))
        _ = try await used.response()
        #expect(try await used.rest() == "")
        #expect(await eventually { server.server.statistics.open == 0 })
    }

    @Test func whoStopsReadingIsCut() async throws {
        let prepared = PreparedResponse(.ok, [:], body: [UInt8](repeating: 0, count: 30_000_000))
        let server = try TestServer(limits: limits) { try $0.add(.get, "/p") { _ in .prepared(prepared) } }
        let client = try server.client(receiveBuffer: 4096)
        try await client.send(get("/p"))
        #expect(await eventually { server.server.statistics.open == 0 && server.server.statistics.stalled == 1 })
        await #expect(throws: RawClient.Failure.self) { try await client.rest() }
    }

    @Test func whoReadsSlowlyIsServed() async throws {
        var limits = limits
        limits.stallTime = .milliseconds(4500)
        let prepared = PreparedResponse(.ok, [:], body: [UInt8](repeating: 0, count: 8_000_000))
        let server = try TestServer(limits: limits) { try $0.add(.get, "/p") { _ in .prepared(prepared) } }
        let client = try server.client(receiveBuffer: 64 * 1024)
        try await client.send(get("/p", "Connection: close"))
        let received = await onThreadOfItsOwn { readSlowly(client) }
        #expect(received > 8_000_000)
    }

    /// Too slowly at first for the kernel to take more from the server within its patience.
    private func readSlowly(_ client: RawClient) -> Int {
        var received = 0
        let start = ContinuousClock.now
        while let count = client.receiveBlocking(atMost: 20_000), count > 0 {
            received += count
            if ContinuousClock.now - start < .seconds(12) { usleep(150_000) }
        }
        return received
    }

    /// The threads of the concurrency pool may be busy for longer than the server's patience.
    private func onThreadOfItsOwn<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: body()) }
        }
    }

    @Test func whoIsIdleLongestMakesRoom() async throws {
        var limits = HTTPServer.Limits.patient
        limits.connections = 2
        let server = try TestServer(limits: limits)
        let (silent, used) = (try server.client(), try server.client())
        #expect(await eventually { server.server.statistics.open == 2 })
        try await used.send(get("/"))
        _ = try await used.response()
        #expect(try await server.response(to: get("/")).status == 200)
        #expect(try await silent.rest() == "")
        try await used.send(get("/"))
        #expect(try await used.response().status == 200)
        #expect(server.server.statistics.evicted == 1)
        #expect(server.server.statistics.refused == [:])
    }

    @Test func aConnectionTooManyIsToldWhereNobodyIsIdle() async throws {
        var limits = HTTPServer.Limits.patient
        limits.connections = 2
        let server = try TestServer(limits: limits) {
            try $0.add(.get, "/slow") { _ in .work { _ in try await Task.sleep(for: .seconds(600)) } }
        }
        let (working, sending) = (try server.client(), try server.client())
        try await working.send(get("/slow"))
        try await sending.send("GET / HTTP/1.1\r\n")
        #expect(
            await eventually {
                let statistics = server.server.statistics
                return statistics.works == 1
                    && statistics.bytesReceived == (get("/slow") + "GET / HTTP/1.1\r\n").utf8.count
            })
        #expect(try await server.response(to: get("/")).status == 503)
        #expect(server.server.statistics.refused[.connections] == 1)
        try await sending.send("Host: a\r\n\r\n")
        #expect(try await sending.response().status == 200)
        #expect(server.server.statistics.evicted == 0)
        withExtendedLifetime(working) {}
    }

    @Test func aCrowdOfIdleLocksNobodyOut() async throws {
        var limits = HTTPServer.Limits.patient
        limits.connections = 100
        let server = try TestServer(limits: limits)
        let crowd = try (0..<500).map { _ in try server.client() }
        for _ in 1...10 { #expect(try await server.response(to: get("/")).status == 200) }
        #expect(server.server.statistics.open <= 100 + 64)
        withExtendedLifetime(crowd) {}
    }

    @Test func bodiesShareABudget() async throws {
        var limits = HTTPServer.Limits.patient
        limits.bodies = 100_000
        let server = try TestServer(limits: limits)
        let post = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 60001\r\n\r\n"
        let part = String(repeating: "x", count: 60_000)
        let (first, second) = (try server.client(), try server.client())
        try await first.send(post + part)
        #expect(await eventually { server.server.statistics.bytesReceived == post.utf8.count + 60_000 })
        try await second.send(post + part)
        let refused = try await second.response()
        #expect(refused.status == 503 && refused.fields["connection"] == "close")
        #expect(server.server.statistics.refused == [.bodies: 1])
        try await first.send("x")
        #expect(try await first.response().body == part + "x")
        for _ in 1...3 { #expect(try await server.response(to: post + part + "x").status == 200) }
    }

    @Test(arguments: ["Content-Length: 60001\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nEA61\r\n"])
    func whoLeavesGivesItsShareBack(framing: String) async throws {
        var limits = HTTPServer.Limits.patient
        limits.bodies = 100_000
        let server = try TestServer(limits: limits)
        let part = "POST /echo HTTP/1.1\r\nHost: a\r\n" + framing + String(repeating: "x", count: 60_000)
        for count in 1...3 {
            do {
                let client = try server.client()
                try await client.send(part)
                #expect(await eventually { server.server.statistics.bytesReceived == count * part.utf8.count })
            }
            #expect(await eventually { server.server.statistics.open == 0 })
        }
        #expect(server.server.statistics.refused == [:])
    }

    @Test func theIdleDoNotDisturb() async throws {
        let server = try TestServer()
        let idle = try (0..<1000).map { _ in try server.client() }
        #expect(await eventually { server.server.statistics.open == 1000 })
        #expect(try await server.response(to: get("/")).status == 200)
        withExtendedLifetime(idle) {}
    }
}
