import FleetProtocol
import Foundation
import HTTPClient
import HTTPServer
import Lease
import Planning
import ServiceRuntime
import TestSupport
import Testing

@testable import Fleet

/// What coordinators answer, over real connections and one store.
struct FleetRoutesTests {
    private let directory: TemporaryDirectory
    private let log = CollectedLog()
    private let client: HTTPClient

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("slurm: {cluster: alpha}\n", to: "shard.yaml")
        client = try HTTPClient()
    }

    private struct Coordinator {
        let service: FleetService
        let server: HTTPServer

        var url: String { "http://127.0.0.1:\(server.addresses[0].port!)" }
    }

    /// - Parameter url: where the others believe it to be; where it is, if nil.
    private func running<Result>(
        _ name: String, at url: String? = nil, _ body: (Coordinator) async throws -> Result
    ) async throws -> Result {
        let port = try freePort()
        var settings = FleetSettings()
        settings.configuration = directory.path("shard.yaml")
        settings.store = directory.path("fleet.db")
        settings.lostAfter = .seconds(10)
        var availability = AvailabilitySettings()
        availability.leaseLifetime = .seconds(10)
        availability.name = name
        availability.url = url ?? "http://127.0.0.1:\(port)"
        let service = FleetService(
            settings, availability, identity: CoordinatorIdentity(availability, listen: [.localhost(port: port)]),
            logger: log.log().logger("fleet"))
        var router = Router(refusal: Response.refusal)
        try router.addFleet(service)
        let server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: port))], responder: router)
        try await service.start()
        let work = [Task { try await service.keeper.run() }, Task { try await service.run() }]
        defer { for task in work { task.cancel() } }
        return try await body(Coordinator(service: service, server: server))
    }

    private func leading<Result>(
        at url: String? = nil, _ body: (Coordinator) async throws -> Result
    ) async throws -> Result {
        try await running("one", at: url) { leader in
            let leads = await eventually { leader.service.leads }
            #expect(leads, "\(log.lines)")
            return try await body(leader)
        }
    }

    private func ask(
        _ method: HTTPClient.Method, _ url: String, isRelayed: Bool = false, body: String? = nil
    ) async throws -> (status: Int, source: String?, body: [UInt8]) {
        let fields = isRelayed ? [(name: LeaderAnswers.relayField, value: "1")] : []
        let response = try await client.send(
            try HTTPClient.Request(method, url, fields: fields, body: body.map { Array($0.utf8) }))
        return (
            response.status, response.fields[LeaderAnswers.sourceField], try await response.body.collect(upTo: 1 << 22)
        )
    }

    /// Asks until the leader has answered in time.
    private func leadersAnswer(_ url: String) async throws -> Data {
        var body: [UInt8] = []
        let isLeaders = try await eventually {
            let answer = try await ask(.get, url)
            body = answer.body
            return answer.source == "leader"
        }
        #expect(isLeaders)
        return Data(body)
    }

    private func beat(_ coordinator: Coordinator, _ name: String, _ heartbeat: Heartbeat) async throws -> Int {
        let body = String(decoding: try FleetMessage.encode(heartbeat), as: UTF8.self)
        return try await ask(.post, "\(coordinator.url)/api/v1/shards/\(name)/heartbeat", body: body).status
    }

    @Test func aShardNeedsAName() async throws {
        try await leading { leader in
            let heartbeat = Heartbeat(nonce: "1", port: 1, isReady: true)
            for name in ["%0a%22x", "..%2fx", "r5%1b%5b31mRED", "%2e%2e", "a%20b", String(repeating: "a", count: 129)] {
                #expect(try await beat(leader, name, heartbeat) == 400, "\(name)")
                let drain = try await ask(.post, "\(leader.url)/api/v1/shards/\(name)/drain")
                #expect(drain.status == 400, "\(name)")
            }
            let drain = try await ask(.post, "\(leader.url)/api/v1/shards/a%20b/drain")
            #expect(Problem.detail(in: drain.body)?.contains("letters, digits, '.'") == true)
            #expect(leader.service.status?.shards.isEmpty == true)
            for name in ["slurm-shard-0", "host.example.com:9341"] {
                #expect(try await beat(leader, name, heartbeat) == 200, "\(name)")
            }
        }
    }

    @Test func whatIsWrongWithAHeartbeatIsSaidInWords() async throws {
        try await leading { leader in
            for (body, words) in [
                ("{}", "the heartbeat has no 'nonce'"), ("<p>", "the heartbeat isn't JSON: \"<p>\""),
                (#"{"nonce": "1", "port": "x"}"#, "the heartbeat can't be read: 'port' is not a number"),
            ] {
                let answer = try await ask(.post, "\(leader.url)/api/v1/shards/a/heartbeat", body: body)
                #expect(answer.status == 400 && Problem.detail(in: answer.body) == words)
            }
        }
    }

    @Test func aShardThatWritesTooMuchIsHeardInPart() async throws {
        try await leading { leader in
            let text = String(repeating: "x", count: 10_000)
            let heartbeat = Heartbeat(
                nonce: "1", port: 1, isReady: true, problem: text, unreachable: Array(repeating: "b", count: 300))
            #expect(try await beat(leader, "a", heartbeat) == 200)
            let shard = try #require(leader.service.status?.shards.first)
            #expect(shard.problem?.utf8.count == Heartbeat.textLimit)
            #expect(shard.unreachable.count == Heartbeat.unreachableLimit)
        }
    }

    /// A leader with a shard, and a standby that knows both.
    private func standing(leaderAt url: String? = nil, _ body: (Coordinator) async throws -> Void) async throws {
        try await leading(at: url) { leader in
            let isReady = await eventually {
                let heartbeat = Heartbeat(nonce: "1", port: 1, isReady: true, plan: leader.service.plan?.identity)
                _ = try? await beat(leader, "a", heartbeat)
                return leader.service.status?.shards.first?.state == .ready && leader.service.plan?.shards.count == 1
            }
            #expect(isReady, "\(log.lines)")
            try await running("two") { standby in
                let knows = await eventually {
                    standby.service.answeringLeader != nil && standby.service.plan?.shards.count == 1
                }
                #expect(knows, "\(log.lines)")
                try await body(standby)
            }
        }
    }

    @Test func aStandbyGivesTheLeadersAnswer() async throws {
        try await standing { standby in
            let fleet = try await leadersAnswer(standby.url + "/api/v1/fleet")
            let status = try JSONDecoder().decode(FleetStatus.self, from: fleet)
            #expect(!status.isDeposed && status.moves > 0)
            #expect(status.shards.map(\.state) == [.ready])
            let shards = try await leadersAnswer(standby.url + "/api/v1/shards")
            let heard = try JSONDecoder().decode([FleetStatus.Shard].self, from: shards)
            #expect(heard.map(\.state) == [.ready])
            // Whom another coordinator asks answers itself, so that nothing goes round.
            #expect(try await ask(.get, standby.url + "/api/v1/fleet", isRelayed: true).source == "own")
        }
    }

    @Test func aStandbyWhoseLeaderDoesNotAnswerSaysSo() async throws {
        try await standing(leaderAt: "http://127.0.0.1:1") { standby in
            let fleet = try await ask(.get, standby.url + "/api/v1/fleet")
            let status = try JSONDecoder().decode(FleetStatus.self, from: Data(fleet.body))
            #expect(fleet.status == 200 && fleet.source == "own" && status.isDeposed)
            let shards = try await ask(.get, standby.url + "/api/v1/shards")
            #expect(shards.status == 200 && shards.source == "own")
        }
    }
}
