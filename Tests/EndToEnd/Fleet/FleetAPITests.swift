import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// What the fleet's side of a coordinator says to whom.
struct FleetAPITests {
    private static let tokens = "  tokens: [fresh-token, old-token]\n"

    private struct Answer {
        let status: Int
        let fields: HTTPURLResponse
        let body: String

        var isProblem: Bool {
            fields.value(forHTTPHeaderField: "Content-Type") == "application/problem+json"
                && body.contains("\"status\":\(status)")
        }
    }

    private func fleet(_ keys: String = FleetAPITests.tokens) async throws -> RunningFleet {
        let fleet = try await RunningFleet(of: "127.0.0.1:1", shards: 0, fleet: keys)
        #expect(await eventually { (try? await fleet.get(fleet.address, "/api/v1/fleet").status) == 200 })
        return fleet
    }

    /// - Parameter isForeign: as a proxy on this host passes on what others ask.
    private func ask(
        _ fleet: RunningFleet, _ path: String, token: String? = nil, isForeign: Bool = true, body: Data? = nil,
        scheme: String = "Bearer"
    ) async throws -> Answer {
        var request = URLRequest(url: URL(string: "http://\(fleet.address)\(path)")!)
        request.httpMethod = body == nil ? "GET" : "POST"
        request.httpBody = body
        if isForeign { request.setValue("192.0.2.7", forHTTPHeaderField: "X-Forwarded-For") }
        if let token { request.setValue("\(scheme) \(token)", forHTTPHeaderField: "Authorization") }
        let (data, response) = try await URLSession.shared.data(for: request)
        let fields = response as! HTTPURLResponse
        return Answer(status: fields.statusCode, fields: fields, body: String(decoding: data, as: UTF8.self))
    }

    private static let guarded = [
        "/api/v1/fleet", "/api/v1/shards", "/api/v1/plan", "/api/v1/slices/jobs@alpha/counters",
    ]

    @Test func nobodyIsToldWithoutAToken() async throws {
        let fleet = try await fleet()
        for path in Self.guarded {
            for token in [nil, "", "fresh-toke", "fresh-tokenn", "FRESH-TOKEN", "fresh-token,old-token"] {
                let answer = try await ask(fleet, path, token: token)
                #expect(answer.status == 401 && answer.isProblem, "\(path) \(token ?? "-"): \(answer.status)")
                #expect(answer.fields.value(forHTTPHeaderField: "WWW-Authenticate") == "Bearer")
                #expect(!answer.body.contains("token-") && !answer.body.contains("fresh-token"))
            }
        }
        let beat = try await ask(fleet, "/api/v1/shards/a/heartbeat", body: Data("{}".utf8))
        #expect(beat.status == 401)
        #expect(try await ask(fleet, "/api/v1/shards/a/drain", body: Data()).status == 401)
        for path in ["/targets", "/health", "/ready", "/metrics"] {
            #expect(try await ask(fleet, path).status != 401, "\(path)")
        }
    }

    @Test(arguments: ["fresh-token", "old-token"]) func bothTokensHoldWhileOneIsRotated(token: String) async throws {
        let fleet = try await fleet()
        for path in Self.guarded.dropLast() {
            #expect(try await ask(fleet, path, token: token).status == 200)
            #expect(try await ask(fleet, path, token: token, scheme: "bearer").status == 200)
            #expect(try await ask(fleet, path, token: token, scheme: "Basic").status == 401)
        }
        #expect(try await ask(fleet, "/api/v1/slices/jobs@alpha/counters", token: token).status == 404)
    }

    /// Who is taken for a shard is sent the token, so being on the same host is not enough.
    @Test func whoChangesSomethingNeedsItOnThisHostToo() async throws {
        let fleet = try await fleet()
        for path in ["/api/v1/shards/a/heartbeat", "/api/v1/shards/a/drain", "/api/v1/step-down"] {
            #expect(try await ask(fleet, path, isForeign: false, body: Data("{}".utf8)).status == 401, "\(path)")
        }
        #expect(try await ask(fleet, "/api/v1/fleet", isForeign: false).status == 200)
    }

    @Test func pagesInBrowsersChangeNothing() async throws {
        let fleet = try await fleet("")
        var request = URLRequest(url: URL(string: "http://\(fleet.address)/api/v1/step-down")!)
        request.httpMethod = "POST"
        request.setValue("http://elsewhere.example.com", forHTTPHeaderField: "Origin")
        let (_, response) = try await URLSession.shared.data(for: request)
        #expect((response as? HTTPURLResponse)?.statusCode == 403)
    }

    @Test(arguments: [#""port": 0"#, #""port": 65536"#, #""host": "x/@y?z", "port": 1"#, #""host": "", "port": 1"#])
    func whoCanNotBeReachedIsNoShard(_ place: String) async throws {
        let fleet = try await fleet()
        let body = """
            {"nonce": "1", \(place), "isReady": true, "isDraining": false, "refusals": [], "slices": [], "upstreams": [], \
            "unreachable": []}
            """
        let answer = try await ask(
            fleet, "/api/v1/shards/a/heartbeat", token: "fresh-token", body: Data(body.utf8))
        #expect(answer.status == 400 && answer.isProblem, "\(answer.body)")
    }

    @Test func thisHostNeedsNone() async throws {
        let fleet = try await fleet("")
        #expect(try await ask(fleet, "/api/v1/fleet", isForeign: false).status == 200)
        #expect(try await ask(fleet, "/api/v1/fleet").status == 401)
    }

    @Test func whatIsNoHeartbeatIsRefused() async throws {
        let fleet = try await fleet()
        let nested = String(repeating: "[", count: 100_000)
        for body in ["", "{", "[]", "null", "{\"nonce\":1}", "{\"nonce\":\"n\",\"port\":\"x\"}", "\u{0}", nested] {
            let answer = try await ask(
                fleet, "/api/v1/shards/a/heartbeat", token: "fresh-token", body: Data(body.utf8))
            #expect(answer.status == 400 && answer.isProblem, "\(body.prefix(20)): \(answer.status) \(answer.body)")
        }
        let name = String(repeating: "a", count: 129)
        #expect(
            try await ask(fleet, "/api/v1/shards/\(name)/heartbeat", token: "fresh-token", body: Data("{}".utf8)).status
                == 400)
        let huge = Data(repeating: UInt8(ascii: " "), count: 5 << 20)
        let answer = try? await ask(fleet, "/api/v1/shards/a/heartbeat", token: "fresh-token", body: huge)
        #expect(answer.map { $0.status == 413 } ?? true)
        #expect(try await ask(fleet, "/api/v1/fleet", token: "fresh-token").status == 200)
        #expect(try await fleet.status().shards.isEmpty)
    }

    @Test func whoIsNotKnownCanNotBeDrained() async throws {
        let fleet = try await fleet()
        let answer = try await ask(fleet, "/api/v1/shards/nobody/drain", token: "fresh-token", body: Data())
        #expect(answer.status == 404 && answer.isProblem && answer.body.contains("nobody"))
    }

    @Test func whatIsNotThereIsAProblemToo() async throws {
        let fleet = try await fleet()
        for (path, status) in [
            ("/api/v1/nonsense", 404), ("/api/v1/shards/x", 404), ("/api/v1/shards/x/drain", 405),
        ] {
            let answer = try await ask(fleet, path, token: "fresh-token")
            #expect(answer.status == status && answer.isProblem && answer.body.contains(path), "\(answer.body)")
            #expect(answer.fields.value(forHTTPHeaderField: "Allow") == (status == 405 ? "OPTIONS, POST" : nil))
        }
        #expect(try await !ask(fleet, "/nonsense").isProblem)
    }

    @Test func withoutATokenNobodyListensToOtherHosts() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("slurm: {cluster: alpha}\n", to: "shard.yaml")
        for (keys, status) in [("", Int32(2)), (", tokens: [secret]", 0)] {
            let file = try directory.write(
                "fleet: {configuration: \"\(directory.path("shard.yaml"))\"\(keys)}\n", to: "coordinator.yaml")
            let process = try ChildProcess(
                try builtProgram("slurm-coordinator"), ["check", "--config", file, "--listen", "0.0.0.0:0"])
            #expect(try await process.exit() == status, "\(process.standardError)")
            #expect(process.standardError.contains("fleet.tokens") == (status == 2))
        }
    }
}
