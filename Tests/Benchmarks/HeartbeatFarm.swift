import FleetProtocol
import HTTP
import HTTPClient
import HTTPServer
import Locks
import TestSupport

/// Shards that take plans, and say that they serve all that they are given, and do nothing else.
final class HeartbeatFarm: Sendable {
    private let server: HTTPServer
    private let client: HTTPClient
    private let coordinator: String
    private let tasks = Locked<[Task<Void, Never>]>([])
    private let failed = Locked(0)

    init(_ count: Int, of coordinator: BenchmarkedCoordinator) throws {
        client = try HTTPClient()
        self.coordinator = coordinator.url
        var router = Router()
        try router.add(.get, "/snapshots/{slice}") { Self.emptyDocument(for: $0) }
        server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
        let started = (0..<count).map { number in Task { await run("shard-\(number)") } }
        tasks.withLock { $0 = started }
    }

    /// Heartbeats that nobody took.
    var failures: Int { failed.withLock { $0 } }

    func end() async {
        let ending = tasks.withLock { $0 }
        for task in ending { task.cancel() }
        for task in ending { await task.value }
    }

    private func run(_ shard: String) async {
        var plan: Plan?
        while !Task.isCancelled {
            var pause = 1.0
            do {
                let answer = try await send(heartbeat(of: shard, by: plan), of: shard)
                plan = answer.plan ?? plan
                pause = answer.nextSeconds
            } catch {
                failed.withLock { $0 += 1 }
            }
            try? await Task.sleep(for: .seconds(pause))
        }
    }

    private func heartbeat(of shard: String, by plan: Plan?) -> Heartbeat {
        let slices = plan?.slices.filter { $0.holders.contains(shard) } ?? []
        let upstreams = plan?.upstreams.filter { $0.owner == shard && !$0.isWaiting } ?? []
        return Heartbeat(
            nonce: "farm", host: "127.0.0.1", port: Int(server.addresses[0].port ?? 0), isReady: true,
            plan: plan?.identity,
            slices: slices.map {
                SliceReport(id: $0.slice.id, state: .serving, cost: .random(in: 0.9...1.1), ageSeconds: 1)
            },
            upstreams: upstreams.map { UpstreamReport(cluster: $0.cluster, term: $0.term, cost: 1) })
    }

    private func send(_ heartbeat: Heartbeat, of shard: String) async throws -> HeartbeatAnswer {
        let request = try HTTPClient.Request(
            .post, "\(coordinator)/api/v1/shards/\(shard)/heartbeat", fields: ["Content-Type": "application/json"],
            body: try FleetMessage.encode(heartbeat))
        let body = try await client.send(request).body.collect(upTo: FleetMessage.limit)
        return try FleetMessage.decode(HeartbeatAnswer.self, from: body)
    }

    /// Always the same, as between two generations.
    private static func emptyDocument(for request: RoutedRequest) -> Answer {
        let tag = "\"1\""
        guard request.fields["If-None-Match"] != tag else { return .response(Response(.notModified, body: [])) }
        let document = """
            {"generation":"1","kind":"snapshot","slice":"\(request.parameters["slice"])","version":1}
            {"families":0,"kind":"end","series":0}

            """
        return .response(Response(.ok, ["ETag": tag], body: Array(document.utf8)))
    }
}
