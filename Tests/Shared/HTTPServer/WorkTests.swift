import HTTP
import HTTPServer
import Synchronization
import TestSupport
import Testing

struct WorkTests {
    @Test func aStreamIsChunkedForNewClientsAndEndsTheConnectionOfOldOnes() async throws {
        let server = try TestServer {
            try $0.add(.get, "/stream") { _ in
                .work { writer in
                    writer.start(.ok, ["Content-Type": "text/plain"])
                    for number in 0..<1000 { try await writer.write(Array("\(number),".utf8)) }
                }
            }
        }
        let text = (0..<1000).map { "\($0)," }.joined()
        let client = try server.client()
        for _ in 1...2 {
            try await client.send(get("/stream"))
            let response = try await client.response()
            #expect(response.body == text)
        }
        #expect(try await server.response(to: "GET /stream HTTP/1.0\r\n\r\n").body == text)
        try await client.send("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n" + get("/"))
        #expect(try await client.response(hasBody: false).status == 200)
        #expect(try await client.response().body == "hello\n")
    }

    @Test func aWholeResponseTellsItsLength() async throws {
        let server = try TestServer {
            try $0.add(.get, "/whole") { _ in .work { $0.respond(Response(.created, text: "whole")) } }
            try $0.add(.get, "/nothing") { _ in .work { _ in } }
        }
        let client = try server.client()
        try await client.send(get("/whole") + "HEAD /whole HTTP/1.1\r\nHost: a\r\n\r\n" + get("/nothing"))
        let whole = try await client.response()
        #expect(whole.status == 201 && whole.body == "whole\n" && whole.fields["content-length"] == "6")
        #expect(try await client.response(hasBody: false).fields["content-length"] == "6")
        #expect(try await client.response().status == 204)
        #expect(await eventually { server.server.statistics.works == 0 })
    }

    @Test func workThatFailsIsAServerError() async throws {
        let gate = Gate()
        let server = try TestServer {
            try $0.add(.get, "/early") { _ in
                .work { writer in
                    writer.start(.ok)
                    throw Failure()
                }
            }
            try $0.add(.get, "/late") { _ in
                .work { writer in
                    try await writer.write([1])
                    await gate.opened()
                    throw Failure()
                }
            }
        }
        let client = try server.client()
        try await client.send(get("/early"))
        #expect(try await client.response().status == 500)
        try await client.send(get("/late"))
        _ = try await client.text(upTo: "1\r\n\u{1}\r\n")
        gate.open()
        await #expect(throws: RawClient.Failure.self) { try await client.rest() }
        #expect(server.events.contains(.workFailed(route: "/late", reason: "Failure()")))
    }

    /// Whether the connections' thread has seen what was written before the failure, or sees both at once.
    @Test func workThatFailsAfterItHasWrittenNeverLooksLikeAnAnswer() async throws {
        let server = try TestServer {
            try $0.add(.get, "/written") { _ in
                .work { writer in
                    writer.start(.ok, length: 2)
                    try await writer.write([1])
                    throw Failure()
                }
            }
        }
        for _ in 1...100 {
            let client = try server.client()
            try await client.send(get("/written"))
            await #expect(throws: RawClient.Failure.self) { try await client.rest() }
        }
    }

    struct Failure: Error {}

    @Test func workHasADeadline() async throws {
        let server = try TestServer {
            try $0.add(.get, "/slow") { _ in
                .work(deadline: .milliseconds(100)) { _ in try await Task.sleep(for: .seconds(600)) }
            }
        }
        #expect(try await server.response(to: get("/slow")).status == 503)
        #expect(await eventually { server.server.statistics.works == 0 })
        #expect(server.server.statistics.worksExpired == 1)
        #expect(server.events.contains(.workExpired(route: "/slow")))
    }

    @Test func theRequestMayLowerTheDeadline() async throws {
        let server = try TestServer {
            try $0.add(.get, "/slow") { _ in .work { _ in try await Task.sleep(for: .seconds(600)) } }
        }
        let response = try await server.response(to: get("/slow", "X-Prometheus-Scrape-Timeout-Seconds: 0.2"))
        #expect(response.status == 503)
    }

    @Test func aServerNeedNotHeedTheRequestsPatience() async throws {
        var limits = HTTPServer.Limits.patient
        limits.heedsScrapeTimeout = false
        let server = try TestServer(limits: limits) {
            try $0.add(.get, "/slow") { _ in
                .work { writer in
                    try await Task.sleep(for: .milliseconds(300))
                    writer.respond(Response(.ok, text: "done"))
                }
            }
        }
        let response = try await server.response(to: get("/slow", "X-Prometheus-Scrape-Timeout-Seconds: 0.01"))
        #expect(response.status == 200)
    }

    /// On a busy machine the work may not even have begun when its deadline passes; then it gets more time.
    @Test func whatHasBegunWhenTheDeadlinePassesHasNoEnd() async throws {
        let server = try TestServer {
            try $0.add(.get, "/begun/{seconds}") { request in
                .work(deadline: .seconds(Int(request.parameters["seconds"]) ?? 0)) { writer in
                    try await writer.write([1])
                    try await Task.sleep(for: .seconds(600))
                }
            }
        }
        for seconds in [1, 4, 16] {
            let client = try server.client()
            try await client.send(get("/begun/\(seconds)"))
            guard try await client.text(upTo: "\r\n").contains("200") else { continue }
            await #expect(throws: RawClient.Failure.self) { try await client.rest() }
            return
        }
        Issue.record("the work never began")
    }

    @Test func workEndsWhenItsClientLeaves() async throws {
        let server = try TestServer {
            try $0.add(.get, "/slow") { _ in .work { _ in try await Task.sleep(for: .seconds(600)) } }
            try $0.add(.get, "/endless") { _ in
                .work { writer in while true { try await writer.write([UInt8](repeating: 0, count: 100_000)) } }
            }
        }
        for path in ["/slow", "/endless"] {
            do {
                let client = try server.client()
                // Bytes that it leaves unread make its end a reset, which cannot be taken for half an end.
                try await client.send(get("/") + get(path))
                #expect(await eventually { server.server.statistics.works == 1 })
            }
            #expect(await eventually { server.server.statistics.works == 0 })
        }
    }

    @Test(arguments: [false, true])
    func aWaitForTheClientEndsWhenItClosesOrSaysThatItHasSentAll(isHalfClosed: Bool) async throws {
        let server = try TestServer {
            try $0.add(.get, "/wait") { _ in
                .work { try await $0.whileClientIsOpen { try await Task.sleep(for: .seconds(600)) } }
            }
        }
        var client: RawClient? = try server.client()
        try await client?.send(get("/wait"))
        #expect(await eventually { server.server.statistics.works == 1 })
        if isHalfClosed { client?.endSending() } else { client = nil }
        #expect(await eventually { server.server.statistics.works == 0 && server.server.statistics.open == 0 })
        #expect(!server.events.contains { if case .workFailed = $0 { true } else { false } })
        withExtendedLifetime(client) {}
    }

    @Test func aClientThatHasLeftBeforeTheWaitIsNoticed() async throws {
        let gate = Gate()
        let server = try TestServer {
            try $0.add(.get, "/wait") { _ in
                .work { writer in
                    await gate.opened()
                    try await writer.whileClientIsOpen { try await Task.sleep(for: .seconds(600)) }
                }
            }
        }
        var client: RawClient? = try server.client()
        try await client?.send(get("/wait"))
        #expect(await eventually { server.server.statistics.works == 1 })
        client = nil
        gate.open()
        #expect(await eventually { server.server.statistics.works == 0 })
        withExtendedLifetime(client) {}
    }

    @Test func afterTheWaitAClientThatHasSentAllGetsItsAnswer() async throws {
        let gate = Gate()
        let server = try TestServer {
            try $0.add(.get, "/wait") { _ in
                .work { writer in
                    await writer.whileClientIsOpen {}
                    await gate.opened()
                    writer.respond(Response(.ok, text: "done"))
                }
            }
        }
        let client = try server.client()
        try await client.send(get("/wait"))
        #expect(await eventually { server.server.statistics.works == 1 })
        client.endSending()
        gate.open()
        #expect(try await client.response().body == "done\n")
    }

    @Test func aWriterWaitsForItsReader() async throws {
        let written = Atomic(0)
        let server = try TestServer {
            try $0.add(.get, "/endless") { _ in
                .work { writer in
                    while true {
                        try await writer.write([UInt8](repeating: 0, count: 1000))
                        written.add(1000, ordering: .relaxed)
                    }
                }
            }
        }
        let client = try server.client(receiveBuffer: 4096)
        try await client.send(get("/endless"))
        // Three readings alike, 100 ms apart: nothing moves any more.
        var readings: [Int] = []
        #expect(
            await eventually {
                try? await Task.sleep(for: .milliseconds(100))
                readings.append(written.load(ordering: .relaxed))
                return readings.count > 3 && Set(readings.suffix(3)).count == 1
            })
        let waiting = written.load(ordering: .relaxed)
        // What the kernel takes for a connection on loopback, and twice our buffer.
        #expect(waiting < 8_000_000)
        #expect(
            try await eventually {
                _ = try await client.receive()
                return written.load(ordering: .relaxed) > waiting
            })
    }

    @Test func thereIsALimitOnWork() async throws {
        var limits = HTTPServer.Limits.patient
        limits.works = 2
        let server = try TestServer(limits: limits) {
            try $0.add(.get, "/slow") { _ in .work { _ in try await Task.sleep(for: .seconds(600)) } }
        }
        let clients = try (0..<2).map { _ in try server.client() }
        for client in clients { try await client.send(get("/slow")) }
        #expect(await eventually { server.server.statistics.works == 2 })
        let response = try await server.response(to: get("/slow"))
        #expect(response.status == 503 && response.fields["retry-after"] == "1")
        #expect(server.server.statistics.refused == [.works: 1])
        withExtendedLifetime(clients) {}
    }
}
