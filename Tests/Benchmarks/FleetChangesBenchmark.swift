import Foundation

extension Benchmark {
    /// What Slurm is asked while the shards that ask it are killed and others come.
    static let fleetChanges = Benchmark(name: "fleet-changes") { try await FleetChangesBenchmark().run() }
}

struct FleetChangesBenchmark {
    private static let kills = 12
    private static let pause = 5

    private let slurm: SimulatedSlurm
    private let files: FleetFiles

    init() throws {
        slurm = try SimulatedSlurm(nodes: 200, jobs: 2000, ["--fault", "* latency=uniform:0.1:0.3"])
        files = try FleetFiles(of: slurm, interval: "2s")
    }

    func run() async throws {
        let alone = try await loneShard()
        var deaths: [Double] = []
        let fleet = try BenchmarkedFleet(files, split: "both", shards: 4)
        try await fleet.settle()
        let asked = try await slurm.questions {
            for number in 0..<Self.kills { deaths.append(try await replaceAsker(of: fleet, number)) }
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

    /// - Returns: when it died.
    private func replaceAsker(of fleet: BenchmarkedFleet, _ number: Int) async throws -> Double {
        let start = ContinuousClock.now
        let asking = try await fleet.coordinator.status().upstreams.first?.owner
        let time = Date.now.timeIntervalSince1970
        fleet.kill(asking ?? "shard-0")
        try fleet.add("new-\(number)")
        try await Task.sleep(until: start + .seconds(Self.pause), clock: .continuous)
        return time
    }

    private func report(_ alone: AskedQuestions, _ asked: AskedQuestions, _ deaths: [Double]) {
        let intervals = Double(Self.kills * Self.pause) / 2
        var table = Table("endpoint", "one process, an interval", "the fleet", "s after a death, median", "most")
        for endpoint in alone.endpoints.keys.sorted() {
            let begins = asked.last.filter { $0.endpoint == endpoint }.map(\.begin).sorted()
            let waits = deaths.compactMap { death in begins.first { $0 > death }.map { $0 - death } }
            table.add(
                endpoint, rounded(Double(alone.count(of: endpoint)) / intervals, digits: 2),
                rounded(Double(asked.count(of: endpoint)) / intervals, digits: 2), rounded(median(waits), digits: 1),
                rounded(waits.max() ?? .nan, digits: 1))
        }
        table.print()
        print("\(deaths.count) deaths of whoever asked, \(asked.mostAtOnce) questions of a kind at once at most\n")
    }
}
