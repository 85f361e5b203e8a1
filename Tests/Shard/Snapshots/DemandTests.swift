import Metrics
import SnapshotFormat
import Snapshots
import TestSupport
import Testing

/// Bytes are made once, and beforehand only where somebody asks for them.
@Suite struct DemandTests {
    private static let forms: [[String]] = [
        [], ["Accept-Encoding: gzip"], ["Accept: application/openmetrics-text;version=1.0.0"],
    ]

    private func figure(_ name: String, _ scene: Scene) async throws -> Double {
        let text = String(decoding: await scene.snapshots.exposition(.text), as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.hasPrefix("slurm_exporter_\(name) ") }
        return Double(line?.split(separator: " ").last ?? "") ?? .nan
    }

    /// A scrape is counted after its answer.
    private func shows(_ name: String, _ value: Double, _ scene: Scene) async throws -> Bool {
        try await eventually { try await figure(name, scene) == value }
    }

    private func publish(_ scene: Scene, _ generation: UInt64) async {
        var table = SeriesTable(MetricFamily("slurm_node_load", .gauge, help: "Load.", labels: ["node"]))
        for number in 0..<300 { table.set(Double(generation), at: table.row("n\(number)")) }
        await scene.publish([table], generation: generation, lifetime: .seconds(10_000))
    }

    @Test func theFirstScrapeOfAFormMakesItAndTheNextFindIt() async throws {
        let scene = try Scene()
        await publish(scene, 1)
        for fields in Self.forms {
            for _ in 0..<3 { _ = try await scene.get("/metrics", field(fields)) }
        }
        #expect(try await shows("cache_misses_total", 3, scene))
        #expect(try await shows("cache_hits_total", 6, scene))
        #expect(try await shows("cache_hit_ratio", 6.0 / 9, scene))
        await publish(scene, 2)
        for fields in Self.forms { _ = try await scene.get("/metrics", field(fields)) }
        #expect(try await shows("scrape_duration_seconds_count", 12, scene))
        #expect(try await shows("cache_misses_total", 3, scene))
    }

    @Test func whatNobodyAsksForAnyMoreIsNotMade() async throws {
        let scene = try Scene()
        await publish(scene, 1)
        _ = try await scene.get("/metrics", field(Self.forms[0]))
        _ = try await scene.get("/metrics", field(Self.forms[1]))
        await publish(scene, 2)
        let both = try await figure("cache_size_bytes", scene)
        scene.time.advance(by: .seconds(300))
        _ = try await scene.get("/metrics", field(Self.forms[1]))
        scene.time.advance(by: .seconds(100))
        await publish(scene, 3)
        _ = try await scene.get("/metrics", field(Self.forms[1]))
        let registered = String(decoding: MetricsRenderer(.text).render(scene.registry.tables()), as: UTF8.self)
        let size = registered.split(separator: "\n").first { $0.hasPrefix("slurm_exporter_cache_size_bytes ") }
        #expect(Double(size?.split(separator: " ").last ?? "") ?? .infinity < both / 4)
        #expect(try await shows("cache_misses_total", 2, scene))
    }

    @Test(.timeLimit(.minutes(1))) func scrapesDuringPublicationsSeeWholeGenerations() async throws {
        let scene = try Scene()
        await publish(scene, 1)
        try await withThrowingTaskGroup { group in
            group.addTask { for generation in 2...25 { await publish(scene, UInt64(generation)) } }
            for client in 0..<6 {
                group.addTask {
                    let fields = client % 2 == 0 ? [] : Self.forms[2]
                    for _ in 0..<12 {
                        let target = client < 4 ? "/metrics" : "/metrics?cluster=alpha"
                        let lines = try await scene.page(target, field(fields)).split(separator: "\n")
                        let values = Set(
                            lines.filter { $0.hasPrefix("slurm_node_load{") }.map { $0.split(separator: " ")[1] })
                        #expect(values.count == 1 && lines.count { $0.hasPrefix("slurm_node_load{") } == 300)
                    }
                }
            }
            group.addTask {
                for _ in 0..<12 {
                    let document = try readDocument(try await scene.get("/snapshots/all").body)
                    #expect(document.families.count == 1)
                }
            }
            try await group.waitForAll()
        }
    }

    private func field(_ fields: [String]) -> String { fields.first ?? "X-Nothing: special" }
}
