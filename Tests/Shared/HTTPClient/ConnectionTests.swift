import Foundation
import TestSupport
import Testing

@testable import HTTPClient

struct ConnectionTests {
    private func get(_ client: HTTPClient, _ server: ScriptedServer, keepAlive: Bool = true) async throws -> Bool {
        var request = try HTTPClient.Request(.get, server.url)
        request.transport.keepAlive = keepAlive
        let response = try await client.send(request)
        _ = try await response.body.collect(upTo: 1000)
        return response.reusedConnection
    }

    @Test func connectionIsKept() async throws {
        let client = try HTTPClient()
        let server = try ScriptedServer { $0.serve("x") }
        var reused: [Bool] = []
        for _ in 0..<10 { reused.append(try await get(client, server)) }
        #expect(reused == [false] + Array(repeating: true, count: 9))
        #expect(server.connections == 1)
        #expect(client.statistics.newConnections == 1)
        #expect(client.statistics.reusedConnections == 9)
        #expect(client.statistics.openConnections == 1)
    }

    @Test func connectionIsNotKeptWithoutKeepAlive() async throws {
        let client = try HTTPClient()
        let server = try ScriptedServer { peer in
            while let request = peer.request() {
                peer.respond(request.contains("Connection: close") ? "close" : "keep")
            }
        }
        for _ in 0..<3 { #expect(try await !get(client, server, keepAlive: false)) }
        #expect(server.connections == 3)
        #expect(await eventually { client.statistics.openConnections == 0 })
    }

    @Test(arguments: [HTTPClient.Method.get, .post]) func requestIsSentAgainWhenAKeptConnectionWasClosed(
        method: HTTPClient.Method
    ) async throws {
        let client = try HTTPClient()
        let server = try ScriptedServer { peer in
            _ = peer.request()
            peer.respond("\(peer.number)")
            // The first connection ends just when the next request has been sent on it.
            if peer.number == 1 { _ = peer.request() } else { peer.serve("\(peer.number)") }
        }
        #expect(try await !get(client, server))
        let response = try await client.send(
            HTTPClient.Request(method, server.url, body: method == .post ? [1, 2] : nil))
        #expect(try await response.body.collect(upTo: 10) == Array("2".utf8))
        #expect(!response.reusedConnection)
        #expect(server.connections == 2)
    }

    @Test func requestIsSentAgainAfterAReset() async throws {
        let client = try HTTPClient()
        let server = try ScriptedServer { peer in
            _ = peer.request()
            peer.respond("\(peer.number)")
            guard peer.number == 1 else { return peer.serve("x") }
            _ = peer.request()
            peer.reset()
        }
        #expect(try await !get(client, server))
        #expect(try await !get(client, server))
        #expect(server.connections == 2)
    }

    @Test func requestIsNotSentAgainOnceBytesCame() async throws {
        let client = try HTTPClient()
        let server = try ScriptedServer { peer in
            _ = peer.request()
            peer.respond()
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\n")
        }
        #expect(try await !get(client, server))
        let error = await outcome(client, try HTTPClient.Request(.post, server.url, body: [1]))
        #expect(error?.kind == .reset || error?.kind == .truncated || error?.kind == .malformed)
        #expect(server.connections == 1)
    }

    @Test func connectionsPerHostAreLimited() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.connectionsPerHost = 3
        let client = try HTTPClient(configuration)
        let server = try ScriptedServer { $0.serve("x") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<30 { group.addTask { _ = try await get(client, server) } }
            try await group.waitForAll()
        }
        #expect(server.connections <= 3)
    }

    @Test func waitingForAConnectionHasItsDeadline() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.connections = 1
        let client = try HTTPClient(configuration)
        let server = try ScriptedServer { endlessBody($0) }
        let holder = try await client.send(HTTPClient.Request(.get, server.url))
        var request = try HTTPClient.Request(.get, server.url)
        request.deadlines.connect = .milliseconds(200)
        let error = await outcome(client, request)
        #expect(error?.kind == .timeout(.connect))
        expectPrecise(error, .milliseconds(200))
        holder.body.cancel()
    }

    @Test func idleConnectionsAreLimited() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.idleConnections = 2
        let client = try HTTPClient(configuration)
        let servers = try (0..<6).map { _ in try ScriptedServer { $0.serve("x") } }
        for server in servers { _ = try await get(client, server) }
        #expect(await eventually { client.statistics.openConnections <= 2 })
    }

    @Test func oldConnectionsAreReplaced() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.connectionAge = .seconds(1)
        let client = try HTTPClient(configuration)
        let server = try ScriptedServer { $0.serve("x") }
        #expect(
            try await eventually {
                _ = try await get(client, server)
                return server.connections == 2
            })
    }

    @Test func droppedBodyEndsTheTransfer() async throws {
        let client = try HTTPClient()
        let server = try ScriptedServer { endlessBody($0) }
        _ = try await client.send(HTTPClient.Request(.get, server.url)).body
        #expect(await eventually(within: .seconds(5)) { client.statistics.openConnections == 0 })
        #expect(client.statistics.transfersInFlight == 0)
    }

    @Test func cancelledBodyEndsTheTransfer() async throws {
        let client = try HTTPClient()
        let server = try ScriptedServer { endlessBody($0) }
        let body = try await client.send(HTTPClient.Request(.get, server.url)).body
        body.cancel()
        let error = await #expect(throws: HTTPClientError.self) { try await body.next() }
        #expect(error?.kind == .cancelled)
        #expect(await eventually(within: .seconds(5)) { client.statistics.openConnections == 0 })
    }

    @Test func cancelledTaskEndsTheTransfer() async throws {
        let client = try HTTPClient()
        let server = try ScriptedServer { $0.waitForEnd() }
        let request = try HTTPClient.Request(.get, server.url)
        let task = Task { await outcome(client, request) }
        #expect(await eventually { server.connections == 1 })
        task.cancel()
        #expect(await task.value?.kind == .cancelled)
        #expect(await eventually(within: .seconds(5)) { client.statistics.openConnections == 0 })
    }

    @Test func taskCancelledBeforehandSendsNothing() async throws {
        let client = try HTTPClient()
        let server = try ScriptedServer { $0.serve("x") }
        let request = try HTTPClient.Request(.get, server.url)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await outcome(client, request)
        }
        #expect(await task.value?.kind == .cancelled)
    }

    @Test func closeEndsEverything() async throws {
        let client = try HTTPClient()
        let server = try ScriptedServer { peer in
            if peer.number == 1 { peer.waitForEnd() } else { endlessBody(peer) }
        }
        let request = try HTTPClient.Request(.get, server.url)
        async let waiting = outcome(client, request)
        #expect(await eventually { server.connections == 1 })
        let body = try await client.send(request).body
        client.close()
        #expect(await waiting?.kind == .closed)
        let error = await #expect(throws: HTTPClientError.self) {
            while try await body.next() != nil {}
        }
        #expect(error?.kind == .closed)
        #expect(await outcome(client, request)?.kind == .closed)
        #expect(client.statistics.openConnections == 0)
        #expect(client.statistics.transfersInFlight == 0)
        client.close()
    }

    @Test func closeDoesNotWaitAfterALastCommand() async throws {
        let server = try ScriptedServer { endlessBody($0) }
        for _ in 0..<50 {
            let client = try HTTPClient()
            let body = try await client.send(HTTPClient.Request(.get, server.url)).body
            body.cancel()
            let start = ContinuousClock.now
            client.close()
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }

    @Test func bodyOutlivesTheVariableOfTheClient() async throws {
        let server = try ScriptedServer { $0.serve(String(repeating: "x", count: 5_000_000)) }
        let body = try await HTTPClient().send(HTTPClient.Request(.get, server.url)).body
        #expect(try await body.collect(upTo: 5_000_000).count == 5_000_000)
    }

    @Test func clientsComeAndGo() async throws {
        let server = try ScriptedServer { $0.serve("x") }
        for _ in 0..<100 {
            let client = try HTTPClient()
            _ = try await get(client, server)
        }
        #expect(server.connections == 100)
    }
}
