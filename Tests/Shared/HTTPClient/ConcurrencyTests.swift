import Foundation
import TestSupport
import Testing

@testable import HTTPClient

struct ConcurrencyTests {
    @Test func oneEndlessAndOneSilentDelayNobody() async throws {
        let client = try HTTPClient()
        let fine = try ScriptedServer { $0.serve(String(repeating: "x", count: 100_000)) }
        let endless = try ScriptedServer { endlessBody($0) }
        let silent = try ScriptedServer { $0.waitForEnd() }
        let results = try await withThrowingTaskGroup(of: Result<Duration, HTTPClientError>.self) { group in
            for number in 0..<64 {
                let server = [3: endless, 5: silent][number] ?? fine
                var request = try HTTPClient.Request(.get, server.url)
                request.deadlines.total = .seconds(6)
                request.limit = .max
                group.addTask { [request] in await duration(client, request) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let durations = results.compactMap { try? $0.get() }
        #expect(durations.count == 62)
        #expect(durations.max() ?? .zero < .seconds(5))
        let failures = results.compactMap { if case .failure(let error) = $0 { error.kind } else { nil } }
        #expect(failures == [.timeout(.total), .timeout(.total)])
    }

    /// How long the transfer itself took, whenever its task had a turn.
    private func duration(
        _ client: HTTPClient, _ request: HTTPClient.Request
    ) async -> Result<Duration, HTTPClientError> {
        do throws(HTTPClientError) {
            let body = try await client.send(request).body
            while try await body.next() != nil {}
            return .success(body.summary?.total ?? .seconds(1000))
        } catch {
            return .failure(error)
        }
    }

    @Test func hundredsOfTransfersWithOneThatHangs() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.connectionsPerHost = 100
        configuration.idleConnections = 200
        let client = try HTTPClient(configuration)
        let server = try ScriptedServer { $0.serve("fine") }
        let silent = try ScriptedServer { $0.waitForEnd() }
        var hanging = try HTTPClient.Request(.get, silent.url)
        hanging.deadlines.total = .seconds(60)
        let hangingRequest = hanging
        let hung = Task { await outcome(client, hangingRequest) }
        let request = try HTTPClient.Request(.get, server.url)
        let succeeded = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<500 { group.addTask { await outcome(client, request) == nil } }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(succeeded == 500)
        #expect(server.connections <= 100)
        hung.cancel()
        #expect(await hung.value?.kind == .cancelled)
    }

    /// What the consumer leaves stays with the peer, whatever the length of the body.
    @Test func slowConsumerHoldsThePeerBack() async throws {
        let sent = Counter()
        let server = try ScriptedServer { peer in
            _ = peer.request()
            peer.send("HTTP/1.1 200 OK\r\n\r\n")
            while peer.send([UInt8](repeating: 0x20, count: 65536)) { sent.add(65536) }
        }
        let client = try HTTPClient()
        var request = try HTTPClient.Request(.get, server.url)
        request.deadlines.stall = .seconds(2)
        let body = try await client.send(request).body
        var pulled = try await body.next()?.count ?? 0
        var before = -1
        #expect(
            try await eventually {
                try await Task.sleep(for: .milliseconds(2500))
                defer { before = sent.count }
                return sent.count == before
            })
        // The rest is in the kernel's socket buffers.
        #expect(sent.count - pulled < 16 << 20)
        while pulled < 40_000_000 { pulled += try await body.next()?.count ?? 0 }
        #expect(sent.count >= pulled - 65536)
    }

    @Test func pausedTransferTakesNoTime() async throws {
        let client = try HTTPClient()
        let server = try ScriptedServer { endlessBody($0) }
        let body = try await client.send(HTTPClient.Request(.get, server.url)).body
        #expect(try await body.next() != nil)
        try await Task.sleep(for: .milliseconds(500))
        let turns = client.turns
        try await Task.sleep(for: .milliseconds(500))
        #expect(client.turns - turns < 50)
    }

    /// In a process of its own, where nothing else allocates; AddressSanitizer keeps what is freed.
    @Test(.enabled(if: dlsym(nil, "__asan_init") == nil)) func memoryDoesNotGrowWithTheBody() async {
        await #expect(processExitsWith: .success) {
            let server = try ScriptedServer { peer in
                _ = peer.request()
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: \(60 << 20)\r\n\r\n")
                let block = [UInt8](repeating: 0x20, count: 1 << 20)
                for _ in 0..<60 { peer.send(block) }
            }
            let client = try HTTPClient()
            let idle = residentBytes()
            var peak = idle
            var count = 0
            let start = ContinuousClock.now
            for try await chunk in try await client.send(HTTPClient.Request(.get, server.url)).body {
                count += chunk.count
                peak = max(peak, residentBytes())
                try await Task.sleep(until: start + .seconds(Double(count) / 50_000_000))
            }
            precondition(count == 60 << 20, "\(count) bytes came")
            precondition(peak - idle < 16 << 20, "grew by \((peak - idle) >> 10) KiB")
        }
    }
}

/// proc(5): the second number of statm is the resident set in pages.
func residentBytes() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * Int(getpagesize())
}
