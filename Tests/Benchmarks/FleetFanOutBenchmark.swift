extension Benchmark {
    /// What eight shards need to count 10,000 nodes and 100,000 jobs, beside what one process needs.
    static let fleetFanOut = Benchmark(name: "fleet-fan-out") { try await FleetFanOutBenchmark().run() }
}

struct FleetFanOutBenchmark {
    private static let rounds = 10
    private static let interval = Duration.seconds(5)

    private let slurm: SimulatedSlurm
    private let files: FleetFiles

    /// Processor time, in seconds a round, and memory in MiB.
    private struct Cost {
        var coordinator = 0.0
        var shards: [Double] = []
        var largest = 0.0

        var all: Double { coordinator + shards.reduce(0, +) }
    }

    init() throws {
        slurm = try SimulatedSlurm(nodes: 10_000, jobs: 100_000)
        files = try FleetFiles(of: slurm, interval: "\(Self.interval.components.seconds)s", timeout: "30s")
    }

    func run() async throws {
        var table = Table(
            "split", "one process' CPU s", "shards' CPU s", "the busiest", "more than one process", "wanted",
            "coordinator's CPU s", "MiB at most, of one process", "of a shard")
        for split in ["category", "partition", "both"] {
            // Each beside its own: a machine is not as fast in one minute as in another.
            let alone = try await loneShard()
            let cost = try await fleet(split)
            table.add(
                split, rounded(alone.all, digits: 2), rounded(cost.all - cost.coordinator, digits: 2),
                rounded(cost.shards.max() ?? 0, digits: 2),
                rounded(cost.all - cost.coordinator - alone.all, digits: 2), "0.5",
                rounded(cost.coordinator, digits: 2), rounded(alone.largest), rounded(cost.largest))
        }
        table.print()
    }

    /// Scraped once an interval, as a coordinator gathers the shards of a fleet.
    private func loneShard() async throws -> Cost {
        let shard = try files.loneShard()
        shard.await(rounds: 2)
        let scrapers = try Scrapers(1, of: [shard.url], every: Self.interval)
        let cost = try await cost(of: [shard.program])
        await scrapers.end()
        return cost
    }

    private func fleet(_ split: String) async throws -> Cost {
        let fleet = try BenchmarkedFleet(files, split: split, shards: 8, heartbeat: "2s", lostAfter: "6s")
        try await fleet.settle()
        return try await cost(of: fleet.shards.values.map(\.program), fleet.coordinator.program)
    }

    private func cost(of shards: [Program], _ coordinator: Program? = nil) async throws -> Cost {
        func used() -> [Double] { shards.map(\.processorSeconds) + [coordinator?.processorSeconds ?? 0] }
        let before = used()
        let asked = try await slurm.questions { try await Task.sleep(for: Self.interval * Self.rounds) }
        let each = zip(used(), before).map { ($0 - $1) / Double(asked.count(of: "slurm/jobs")) }
        return Cost(
            coordinator: each.last ?? 0, shards: each.dropLast(), largest: shards.map(\.memory.peak).max() ?? 0)
    }
}
