import Foundation

extension Benchmark {
    /// What Slurm is asked while shards are killed, the one that asks among them, and others come.
    static let fleetChanges = Benchmark(name: "fleet-changes") { try await FleetChangesBenchmark().run() }
}

struct FleetChangesBenchmark {
    private static let kills = 15
    private static let pause = 4
    private static let interval = 2.0

    private let slurm: SimulatedSlurm
    private let files: FleetFiles

    init() throws {
        slurm = try SimulatedSlurm(
            nodes: 200, jobs: 2000,
            ["--fault", "slurm/jobs latency=uniform:0.3:0.9", "--fault", "slurm/nodes latency=uniform:0.2:0.6"])
        files = try FleetFiles(of: slurm, interval: "\(Int(Self.interval))s")
    }

    func run() async throws {
        let alone = try await loneShard()
        var deaths: [Double] = []
        let fleet = try BenchmarkedFleet(files, split: "both", shards: 4)
        try await fleet.settle()
        let asked = try await slurm.questions {
            for number in 0..<Self.kills { deaths += try await replaceShard(of: fleet, number) }
        }
        try await fleet.settle()
        report(alone, asked, deaths)
        let excess = asked.excess(over: alone)
        guard excess.isEmpty else { throw FleetQuestionsBenchmark.Excess(description: excess.joined(separator: "\n")) }
    }

    private func loneShard() async throws -> AskedQuestions {
        let shard = try files.loneShard()
        shard.await(rounds: 2)
        return try await slurm.questions { try await Task.sleep(for: .seconds(Self.kills * Self.pause)) }
    }

    /// Every third time it is the one that asks.
    ///
    /// - Returns: when that one died.
    private func replaceShard(of fleet: BenchmarkedFleet, _ number: Int) async throws -> [Double] {
        let start = ContinuousClock.now
        let asking = try await fleet.coordinator.status().upstreams.first?.owner
        let others = fleet.shards.keys.filter { $0 != asking }
        let victim = number % 3 == 0 ? asking : others.randomElement()
        let time = Date.now.timeIntervalSince1970
        fleet.kill(victim ?? "nobody")
        try fleet.add("new-\(number)")
        try await Task.sleep(until: start + .seconds(Self.pause), clock: .continuous)
        return victim == asking ? [time] : []
    }

    private func report(_ alone: AskedQuestions, _ asked: AskedQuestions, _ deaths: [Double]) {
        let intervals = Double(Self.kills * Self.pause) / Self.interval
        var table = Table(
            "endpoint", "one process, an interval", "the fleet", "s after a death, median", "most", "then an interval")
        for endpoint in alone.endpoints.keys.sorted() {
            let begins = asked.last.filter { $0.endpoint == endpoint }.map(\.begin).sorted()
            let firsts = deaths.compactMap { death in begins.first { $0 > death } }
            let waits = zip(firsts, deaths).map { $0 - $1 }
            let repeated = firsts.map { first in begins.count { $0 >= first && $0 < first + Self.interval * 0.9 } }
            table.add(
                endpoint, rounded(Double(alone.count(of: endpoint)) / intervals, digits: 2),
                rounded(Double(asked.count(of: endpoint)) / intervals, digits: 2), rounded(median(waits), digits: 1),
                rounded(waits.max() ?? .nan, digits: 1), "\(repeated.max() ?? 0)")
        }
        table.print()
        print("\(deaths.count) deaths of whoever asked, \(asked.mostAtOnce) questions of a kind at once at most\n")
    }
}
