import HTTP
import HTTPServer
import TestSupport
import Testing

struct StopTests {
    @Test func whatIsBegunIsFinished() async throws {
        let gate = Gate()
        let server = try TestServer {
            try $0.add(.get, "/slow") { _ in
                .work { writer in
                    await gate.opened()
                    writer.respond(Response(.ok, text: "done"))
                }
            }
        }
        let idle = try server.client()
        try await idle.send(get("/"))
        _ = try await idle.response()
        let busy = try server.client()
        try await busy.send(get("/slow"))
        #expect(await eventually { server.server.statistics.works == 1 })

        async let cut = server.server.stop(within: .seconds(20))
        #expect(try await idle.rest() == "")
        #expect(throws: RawClient.Failure.self) { try server.client() }
        gate.open()
        let response = try await busy.response()
        #expect(response.body == "done\n" && response.fields["connection"] == "close")
        #expect(try await busy.rest() == "")
        #expect(await cut == 0)
        #expect(server.events.last == .stopped(cut: 0))
    }

    @Test func whatIsNotFinishedInTimeIsCut() async throws {
        let server = try TestServer {
            try $0.add(.get, "/slow") { _ in .work { _ in try await Task.sleep(for: .seconds(600)) } }
        }
        let half = try server.client()
        try await half.send("GET / HT")
        let busy = try server.client()
        try await busy.send(get("/slow"))
        #expect(await eventually { server.server.statistics.works == 1 && server.server.statistics.bytesReceived > 30 })
        #expect(await server.server.stop(within: .milliseconds(200)) == 2)
        await #expect(throws: RawClient.Failure.self) { try await busy.rest() }
        await #expect(throws: RawClient.Failure.self) { try await half.rest() }
    }

    @Test func stoppingTwiceIsStoppingOnce() async throws {
        let server = try TestServer()
        async let one = server.server.stop(within: .seconds(1))
        async let two = server.server.stop(within: .seconds(2))
        #expect(await one == 0)
        #expect(await two == 0)
        #expect(await server.server.stop(within: .seconds(1)) == 0)
    }
}
