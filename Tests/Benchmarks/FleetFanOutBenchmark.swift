extension Benchmark {
    /// What eight shards need to count 10,000 nodes and 100,000 jobs, beside what one process needs.
    static let fleetFanOut = Benchmark(name: "fleet-fan-out") { try await FleetFanOutBenchmark().run() }
}

/// One process and a fleet, at the same time: a machine is not as fast in one minute as in another.
struct FleetFanOutBenchmark {
    private static let rounds = 6
    /// Long enough for the answers to both.
    private static let interval = 20

    private let slurm: SimulatedSlurm
    private let files: FleetFiles

    init() throws {
        slurm = try SimulatedSlurm(nodes: 10_000, jobs: 100_000)
        files = try FleetFiles(of: slurm, interval: "\(Self.interval)s", timeout: "60s")
    }

    func run() async throws {
        let alone = try files.loneShard()
        alone.await(rounds: 1)
        // As a coordinator gathers the shards of a fleet.
        let scrapers = try Scrapers(1, of: [alone.url], every: .seconds(Self.interval))
        var table = Table(
            "split", "one process' CPU s", "shards' CPU s", "the busiest", "more than one process", "wanted",
            "coordinator's CPU s", "MiB at most, of one process", "of a shard")
        for split in ["category", "partition", "both"] {
            table.add([split] + (try await row(of: split, beside: alone.program)))
        }
        await scrapers.end()
        table.print()
    }

    private func row(of split: String, beside alone: Program) async throws -> [String] {
        let fleet = try BenchmarkedFleet(files, split: split, shards: 8, heartbeat: "2s", lostAfter: "6s")
        try await fleet.settle()
        let shards = fleet.shards.values.map(\.program)
        let seconds = try await processorSeconds(of: [alone, fleet.coordinator.program] + shards)
        let all = seconds.dropFirst(2).reduce(0, +)
        return [
            rounded(seconds[0], digits: 2), rounded(all, digits: 2), rounded(seconds[2...].max() ?? 0, digits: 2),
            rounded(all - seconds[0], digits: 2), "0.5", rounded(seconds[1], digits: 2),
            rounded(alone.memory.peak), rounded(shards.map(\.memory.peak).max() ?? 0),
        ]
    }

    /// Of each program, for one round of all questions.
    private func processorSeconds(of programs: [Program]) async throws -> [Double] {
        let before = programs.map(\.processorSeconds)
        let asked = try await slurm.questions { try await Task.sleep(for: .seconds(Self.interval * Self.rounds)) }
        // By one process and by the fleet.
        let rounds = Double(asked.count(of: "slurm/jobs")) / 2
        return zip(programs, before).map { ($0.processorSeconds - $1) / rounds }
    }
}
