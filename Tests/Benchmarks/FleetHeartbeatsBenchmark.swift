import Foundation
import TestSupport

extension Benchmark {
    /// A coordinator of 64 shards that only send heartbeats.
    static let fleetHeartbeats = Benchmark(name: "fleet-heartbeats") { try await FleetHeartbeatsBenchmark.run() }
}

enum FleetHeartbeatsBenchmark {
    private static let seconds = 40

    static func run() async throws {
        print(try Program(Program.beside("benchmark-fleet"), ["planning"]).text())
        var table = Table(
            "shards", "slices", "RSS MiB", "peak MiB", "wanted", "CPU, % of a core", "wanted", "failed heartbeats")
        for (clusters, groups) in [(1, 0), (5, 32)] { try await measure(clusters, groups, into: &table) }
        table.print()
    }

    /// - Parameter groups: of partitions, by which jobs, nodes and partitions of each cluster are split; 0 for no split.
    private static func measure(_ clusters: Int, _ groups: Int, into table: inout Table) async throws {
        let directory = try TemporaryDirectory()
        let coordinator = try BenchmarkedCoordinator(["--config", try configuration(clusters, groups, in: directory)])
        defer { kill(coordinator.program.identifier, SIGKILL) }
        let farm = try HeartbeatFarm(64, of: coordinator)
        let names = Set((0..<64).map { "shard-\($0)" })
        let isSettled = await eventually(within: .seconds(120)) {
            try? await Task.sleep(for: .milliseconds(100))
            return (try? await coordinator.status())?.isSettled(on: names) ?? false
        }
        guard isSettled else { throw Program.Failure(program: "heartbeats", code: ETIMEDOUT) }
        let (before, failures) = (coordinator.program.processorSeconds, farm.failures)
        try await Task.sleep(for: .seconds(seconds))
        let share = (coordinator.program.processorSeconds - before) / Double(seconds)
        let (memory, slices) = (coordinator.program.memory, try await coordinator.status().slices.count)
        await farm.end()
        table.add(
            "64", "\(slices)", rounded(memory.now, digits: 1), rounded(memory.peak, digits: 1), "40",
            rounded(share * 100, digits: 1), "2", "\(farm.failures - failures)")
    }

    private static func configuration(
        _ clusters: Int, _ groups: Int, in directory: TemporaryDirectory
    ) throws -> String {
        let entries = (0..<clusters).map { "  - {name: cluster\($0), base_url: \"http://127.0.0.1:1\"}\n" }
        let shards = try directory.write("clusters:\n" + entries.joined(), to: "shards.yaml")
        let names = (0..<groups).map { "g\($0): [\"part\($0)-*\"]" }.joined(separator: ", ")
        return try directory.write(
            """
            fleet:
              configuration: "\(shards)"
              store: "\(directory.path("fleet.db"))"
              split: \(groups == 0 ? "category" : "both")
              groups: {\(names)}

            """, to: "coordinator.yaml")
    }
}
