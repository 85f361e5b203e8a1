import FleetProtocol
import HTTP
import HTTPClient
import HTTPServer
import Locks
import SnapshotFormat
import TestSupport

/// Shards that take plans, and say that they serve all that they are given, and do nothing else.
final class HeartbeatFarm: Sendable {
    private let server: HTTPServer
    private let client: HTTPClient
    private let coordinator: String
    private let tasks = Locked<[Task<Void, Never>]>([])
    private let failed = Locked(0)
    /// By shard, as it says what they are at.
    private let overviews: Locked<[[UInt8]]>

    init(_ count: Int, of coordinator: BenchmarkedCoordinator) throws {
        client = try HTTPClient()
        self.coordinator = coordinator.url
        let overviews = Locked(Array(repeating: try SnapshotOverview(tags: [:]).bytes, count: count))
        self.overviews = overviews
        var router = Router()
        try router.add(.get, "/snapshots") { request in
            let shard = request.fields["Host"].flatMap(Self.shard) ?? 0
            return .response(Response(.ok, body: overviews.withLock { $0[shard] }))
        }
        try router.add(.get, "/snapshots/{slice}") { Self.emptyDocument(for: $0) }
        server = try HTTPServer(
            on: (0..<count).map { .exactly(.ipv4(0x7F00_0101 + UInt32($0), port: 0)) }, responder: router)
        let started = (0..<count).map { number in Task { await run(number) } }
        tasks.withLock { $0 = started }
    }

    private static func host(of shard: Int) -> String { "127.0.1.\(shard + 1)" }

    private static func shard(at authority: String) -> Int? {
        authority.prefix { $0 != ":" }.split(separator: ".").last.flatMap { Int($0) }.map { $0 - 1 }
    }

    /// Heartbeats that nobody took.
    var failures: Int { failed.withLock { $0 } }

    func end() async {
        let ending = tasks.withLock { $0 }
        for task in ending { task.cancel() }
        for task in ending { await task.value }
    }

    private func run(_ number: Int) async {
        var plan: Plan?
        while !Task.isCancelled {
            var pause = 1.0
            do {
                let answer = try await send(heartbeat(of: number, by: plan), of: number)
                plan = answer.plan ?? plan
                pause = answer.nextSeconds
                if let plan = answer.plan { try serve(plan, by: number) }
            } catch {
                failed.withLock { $0 += 1 }
            }
            try? await Task.sleep(for: .seconds(pause))
        }
    }

    private func serve(_ plan: Plan, by number: Int) throws {
        let slices = plan.slices.filter { $0.holders.contains("shard-\(number)") }.map(\.slice.id)
        let tags = Dictionary(uniqueKeysWithValues: slices.map { ($0, Self.tag) })
        let overview = try SnapshotOverview(tags: tags).bytes
        overviews.withLock { $0[number] = overview }
    }

    private func heartbeat(of number: Int, by plan: Plan?) -> Heartbeat {
        let shard = "shard-\(number)"
        let slices = plan?.slices.filter { $0.holders.contains(shard) } ?? []
        let upstreams = plan?.upstreams.filter { $0.owner == shard && !$0.isWaiting } ?? []
        return Heartbeat(
            nonce: "farm", host: Self.host(of: number), port: Int(server.addresses[number].port ?? 0), isReady: true,
            plan: plan?.identity,
            slices: slices.map {
                SliceReport(id: $0.slice.id, state: .serving, cost: .random(in: 0.9...1.1), ageSeconds: 1)
            },
            upstreams: upstreams.map { UpstreamReport(cluster: $0.cluster, term: $0.term, cost: 1) })
    }

    private func send(_ heartbeat: Heartbeat, of number: Int) async throws -> HeartbeatAnswer {
        let url = "\(coordinator)/api/v1/shards/shard-\(number)/heartbeat"
        let request = try HTTPClient.Request(
            .post, url, fields: ["Content-Type": "application/json"], body: try FleetMessage.encode(heartbeat))
        let body = try await client.send(request).body.collect(upTo: FleetMessage.limit)
        return try FleetMessage.decode(HeartbeatAnswer.self, from: body)
    }

    private static let tag = "\"1\""

    /// Always the same, as between two generations.
    private static func emptyDocument(for request: RoutedRequest) -> Answer {
        guard request.fields["If-None-Match"] != tag else { return .response(Response(.notModified, body: [])) }
        let document = """
            {"generation":"1","kind":"snapshot","slice":"\(request.parameters["slice"])","version":1}
            {"families":0,"kind":"end","series":0}

            """
        return .response(Response(.ok, ["ETag": tag], body: Array(document.utf8)))
    }
}
