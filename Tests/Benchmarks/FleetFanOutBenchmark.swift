extension Benchmark {
    /// What eight shards need to count 10,000 nodes and 100,000 jobs, beside what one process needs.
    static let fleetFanOut = Benchmark(name: "fleet-fan-out") { try await FleetFanOutBenchmark.run() }
}

/// One process and a fleet, at the same time: a machine is not as fast in one minute as in another.
struct FleetFanOutBenchmark {
    private static let rounds = 6
    /// Long enough for the answers to both.
    private static let interval = 20

    private let slurm: SimulatedSlurm
    private let files: FleetFiles

    private init(nodes: Int, jobs: Int) throws {
        slurm = try SimulatedSlurm(nodes: nodes, jobs: jobs)
        files = try FleetFiles(of: slurm, interval: "\(Self.interval)s", timeout: "60s")
    }

    static func run() async throws {
        // Eight processes need something whatever there is to count: heartbeats, questions whether there is anything new.
        let atRest = try await FleetFanOutBenchmark(nodes: 10, jobs: 10).costs()
        let counting = try await FleetFanOutBenchmark(nodes: 10_000, jobs: 100_000).costs()
        var table = Table(
            "split", "one process' CPU s", "shards' CPU s", "the busiest", "more than one process", "with 10 jobs",
            "by fan-out", "wanted", "coordinator's CPU s", "MiB at most, of one process", "of a shard")
        for (cost, rest) in zip(counting, atRest) {
            table.add([
                cost.split, rounded(cost.alone, digits: 2), rounded(cost.shards, digits: 2),
                rounded(cost.busiest, digits: 2), rounded(cost.more, digits: 2), rounded(rest.more, digits: 2),
                rounded(cost.more - rest.more, digits: 2), "0.5", rounded(cost.coordinator, digits: 2),
                rounded(cost.memoryAlone), rounded(cost.memoryOfShard),
            ])
        }
        table.print()
    }

    /// Processor seconds for one round of all questions, and MiB at most.
    private struct Cost {
        let split: String
        let alone: Double
        let coordinator: Double
        let shards: Double
        let busiest: Double
        let memoryAlone: Double
        let memoryOfShard: Double

        var more: Double { shards - alone }
    }

    private func costs() async throws -> [Cost] {
        let alone = try files.loneShard()
        alone.await(rounds: 1)
        // As a coordinator gathers the shards of a fleet.
        let scrapers = try Scrapers(1, of: [alone.url], every: .seconds(Self.interval))
        var costs: [Cost] = []
        for split in ["category", "partition", "both"] {
            costs.append(try await cost(of: split, beside: alone.program))
        }
        await scrapers.end()
        return costs
    }

    private func cost(of split: String, beside alone: Program) async throws -> Cost {
        let fleet = try BenchmarkedFleet(files, split: split, shards: 8, heartbeat: "2s", lostAfter: "6s")
        try await fleet.settle()
        let shards = fleet.shards.values.map(\.program)
        let seconds = try await processorSeconds(of: [alone, fleet.coordinator.program] + shards)
        return Cost(
            split: split, alone: seconds[0], coordinator: seconds[1], shards: seconds[2...].reduce(0, +),
            busiest: seconds[2...].max() ?? 0, memoryAlone: alone.memory.peak,
            memoryOfShard: shards.map(\.memory.peak).max() ?? 0)
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
