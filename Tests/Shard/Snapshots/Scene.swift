import Foundation
import HTTP
import HTTPServer
import Metrics
import ServiceRuntime
import Slurm
import Snapshots
import TestSupport

/// Snapshots on a clock that stands still, behind a real server.
final class Scene: Sendable {
    let time = ManualClock()
    let registry: MetricRegistry
    let snapshots: Snapshots
    private let server: HTTPServer

    init(
        _ settings: SnapshotSettings = SnapshotSettings(), registry: MetricRegistry = MetricRegistry(),
        memory: MemoryReading? = nil
    ) throws {
        self.registry = registry
        let snapshots = Snapshots(
            settings, registry: registry, clock: time.clock, wallClock: time.wallClock, identity: "test"
        ) { memory }
        self.snapshots = snapshots
        var router = Router()
        try router.add(.get, "/metrics") { snapshots.metrics(for: $0) }
        try router.add(.get, "/snapshots/{slice}") { snapshots.document(for: $0) }
        server = try HTTPServer(on: [ListenAddress("127.0.0.1:0")], responder: router)
    }

    var address: String { "127.0.0.1:\(server.addresses[0].port ?? 0)" }

    func client() throws -> RawClient {
        try RawClient(.ipv4(port: server.addresses[0].port ?? 0), of: server)
    }

    func get(_ target: String, _ fields: String...) async throws -> RawClient.Response {
        let client = try client()
        let lines = fields.map { $0 + "\r\n" }.joined()
        try await client.send("GET \(target) HTTP/1.1\r\nHost: a\r\n\(lines)\r\n")
        return try await client.response()
    }

    /// What is shown of Slurm, without the process's own figures.
    func page(_ target: String = "/metrics", _ fields: String...) async throws -> String {
        let client = try client()
        let lines = fields.map { $0 + "\r\n" }.joined()
        try await client.send("GET \(target) HTTP/1.1\r\nHost: a\r\n\(lines)\r\n")
        return try await client.response().body.withoutOwnFamilies
    }

    func publish(
        _ tables: [SeriesTable], cluster: String = "alpha", feed: Feed = .jobs, collector: String = "jobs",
        generation: UInt64 = 1, lifetime: Duration = .seconds(90), took: Duration = .seconds(1),
        states: [String: CounterState] = [:]
    ) async {
        await snapshots.publish(
            FeedSnapshot(
                cluster: cluster, feed: feed, generation: generation, answered: Timestamp(1_700_000_000),
                taken: time.now, lifetime: lifetime,
                collectors: [CollectorTables(collector: collector, tables: tables)], states: states),
            took: took)
    }
}

extension String {
    /// Each family with its header, those left out that the process has of itself.
    var withoutOwnFamilies: String {
        var isOwn = false
        return split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            if line.hasPrefix("# ") { isOwn = line.contains(" slurm_exporter_") }
            if line == "# EOF" || line.isEmpty { isOwn = false }
            return !isOwn
        }.joined(separator: "\n")
    }
}

func gauge(
    _ name: MetricName, _ labels: [LabelName] = [], level: Level = .important, merge: MergeRule = .sum,
    _ values: KeyValuePairs<[String], Double>
) -> SeriesTable {
    var table = SeriesTable(MetricFamily(name, .gauge, help: "Some.", labels: labels, level: level, merge: merge))
    for (labels, value) in values { table.set(value, at: table.row(labels)) }
    return table
}
