extension Benchmark {
    /// What fleets of all sizes ask Slurm, beside what one process asks, whoever scrapes them.
    static let fleetQuestions = Benchmark(name: "fleet-questions") { try await FleetQuestionsBenchmark().run() }
}

struct FleetQuestionsBenchmark {
    private static let intervals = 10

    private let slurm: SimulatedSlurm
    private let files: FleetFiles

    private struct Row {
        let name: [String]
        let scrapers: Int
        let asked: AskedQuestions
        let account: Scrapers.Account
    }

    struct Excess: Error, CustomStringConvertible {
        let description: String
    }

    init() throws {
        slurm = try SimulatedSlurm(nodes: 200, jobs: 2000)
        files = try FleetFiles(of: slurm, interval: "1s")
    }

    func run() async throws {
        var rows = try await loneShard()
        for split in ["category", "partition", "both"] {
            for shards in [1, 2, 8, 32] { rows += try await fleet(of: shards, split) }
        }
        try report(rows)
    }

    private func loneShard() async throws -> [Row] {
        let shard = try files.loneShard()
        shard.await(rounds: 2)
        return try await rows(["one process", "1"], scraping: [shard.url])
    }

    private func fleet(of count: Int, _ split: String) async throws -> [Row] {
        let fleet = try BenchmarkedFleet(files, split: split, shards: count)
        try await fleet.settle()
        return try await rows([split, "\(count)"], scraping: fleet.pages)
    }

    private func rows(_ name: [String], scraping pages: [String]) async throws -> [Row] {
        var rows: [Row] = []
        for count in [0, 5, 50] {
            let scrapers = try Scrapers(count, of: pages)
            let asked = try await slurm.questions { try await Task.sleep(for: .seconds(Self.intervals)) }
            await scrapers.end()
            rows.append(Row(name: name, scrapers: count, asked: asked, account: scrapers.account))
        }
        return rows
    }

    private func report(_ rows: [Row]) throws {
        let reference = rows[0].asked
        let endpoints = reference.endpoints.keys.sorted()
        var table = Table(["split", "shards", "scrapers", "scrapes/s", "failed"] + endpoints + ["most at once"])
        for row in rows {
            let scrapes = rounded(Double(row.account.scrapes) / Double(Self.intervals))
            let rates = endpoints.map {
                rounded(Double(row.asked.count(of: $0)) / Double(Self.intervals), digits: 1)
            }
            table.add(
                row.name + ["\(row.scrapers)", scrapes, "\(row.account.failures)"] + rates + ["\(row.asked.mostAtOnce)"]
            )
        }
        table.print()
        let excess = rows.flatMap { row in
            row.asked.excess(over: reference).map { "\(row.name), \(row.scrapers) scrapers: \($0)" }
        }
        guard excess.isEmpty else { throw Excess(description: excess.joined(separator: "\n")) }
    }
}
