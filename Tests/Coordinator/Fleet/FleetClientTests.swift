import FleetProtocol
import HTTP
import HTTPServer
import Locks
import Testing

@testable import Fleet

/// What people tell a coordinator at a terminal.
struct FleetClientTests {
    private static let paths = ["/api/v1/shards/a/drain", "/api/v1/step-down"]

    private func serve(_ answer: @escaping @Sendable () -> Response) throws -> (HTTPServer, url: String) {
        var router = Router()
        for path in Self.paths { try router.add(.post, path) { _ in .response(answer()) } }
        let server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
        return (server, "http://127.0.0.1:\(server.addresses[0].port!)")
    }

    private static func problem(_ status: HTTPStatus, _ detail: String, leader: String? = nil) -> Response {
        let problem = Problem(status: Int(status.code), title: "", detail: detail)
        let fields: HTTPFields = leader.map { ["X-Slurm-Leader": $0] } ?? [:]
        return Response(status, fields, body: (try? FleetMessage.encode(problem)) ?? [])
    }

    @Test func theLeaderIsToldWhoeverIsAsked() async throws {
        let told = Locked(0)
        let (leader, url) = try serve {
            told.withLock { $0 += 1 }
            return Response(.accepted)
        }
        let (standby, standbyURL) = try serve { Self.problem(.misdirectedRequest, "another one leads", leader: url) }
        let client = try FleetClient(standbyURL, tokens: FleetTokens())
        try await client.drain("a")
        try await client.stepDown()
        #expect(told.withLock { $0 } == 2)
        withExtendedLifetime((leader, standby)) {}
    }

    @Test func whoIsSentOnAndOnIsToldSo() async throws {
        let (one, url) = try serve {
            Self.problem(.misdirectedRequest, "another one leads", leader: "http://127.0.0.1:1")
        }
        let (two, secondURL) = try serve { Self.problem(.misdirectedRequest, "it is another one", leader: url) }
        let error = await #expect(throws: (any Error).self) {
            try await FleetClient(secondURL, tokens: FleetTokens()).stepDown()
        }
        #expect(error.map { "\($0)" } == "another one leads")
        withExtendedLifetime((one, two)) {}
    }

    @Test(arguments: [
        ("<html>a proxy</html>", #"isn't JSON: "<html>a proxy</html>""#), ("{}", "has no 'plan'"), ("", "is empty"),
    ])
    func whatIsNoFleetIsSaidInWords(_ document: String, _ flaw: String) async throws {
        var router = Router()
        try router.add(.get, "/api/v1/fleet") { _ in .response(Response(.ok, body: Array(document.utf8))) }
        let server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
        let url = "http://127.0.0.1:\(server.addresses[0].port!)"
        let error = await #expect(throws: FleetClient.Failure.self) {
            try await FleetClient(url, tokens: FleetTokens()).status()
        }
        #expect(error?.description == "what \(url) says of its fleet \(flaw)")
        withExtendedLifetime(server) {}
    }

    @Test func whatIsRefusedIsSaidInWords() async throws {
        for (response, text) in [
            (Self.problem(.notFound, "no shard 'a'"), "no shard 'a'"),
            (Response(.badGateway, text: "a proxy"), "answers with 502: a proxy"),
        ] {
            let (server, url) = try serve { response }
            let error = await #expect(throws: FleetClient.Failure.self) {
                try await FleetClient(url, tokens: FleetTokens()).drain("a")
            }
            #expect(error.map { $0.description.contains(text) && !$0.description.contains("{") } ?? false)
            withExtendedLifetime(server) {}
        }
    }
}
