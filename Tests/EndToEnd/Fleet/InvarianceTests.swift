import TestSupport
import Testing

/// However the work is split, and whoever does which part of it: the fleet shows what one process shows.
struct InvarianceTests {
    @Test(arguments: Slicing.trials)
    func theFleetShowsWhatOneProcessShows(_ slicing: Slicing) async throws {
        let clock = try await StandingClock()
        let simulator = try await RunningSimulator(
            arguments: slicing.cluster, nodes: slicing.nodes, jobs: slicing.jobs)
        try await simulator.step(slicing.beginning)
        let whole = try await RunningShard(of: simulator, environment: clock.environment)
        let fleet = try await RunningFleet(
            of: simulator, shards: slicing.shards, fleet: slicing.fleet, timeout: slicing.patience,
            environment: clock.environment)
        try await fleet.settles()
        var comparison = SampleComparison(whole, fleet, within: .seconds(12 * slicing.patience))
        try await comparison.expectSame("at first", since: .now)
        var leaving: [Task<Int32?, any Error>] = []
        for step in 1...slicing.steps {
            let moment = ContinuousClock.now
            try await simulator.step()
            if slicing.moves.contains(step) { leaving.append(try await move(fleet, step)) }
            try await comparison.expectSame("after step \(step)", since: moment)
        }
        for task in leaving { #expect(try await task.value == 0) }
        #expect(comparison.homes.count > 1 && comparison.memberships.count > 1, "nobody moved")
        print("\(slicing.testDescription): \(comparison.series) series, the same after each of \(slicing.steps) steps")
    }

    /// A shard that has something to do is drained, and another comes.
    private func move(_ fleet: RunningFleet, _ step: Int) async throws -> Task<Int32?, any Error> {
        try fleet.start("new-\(step)")
        let owner = try #require(try await fleet.status().slices.compactMap(\.owner).sorted().first)
        return Task { try await fleet.stop(owner) }
    }
}

/// Compares every sample that the catalogue knows.
private struct SampleComparison {
    private let whole: RunningShard
    private let fleet: RunningFleet
    private let limit: Duration
    private(set) var series = 0
    /// What was seen of jobs by home partition, and of nodes by partition.
    private(set) var homes: Set<[Scrape.Labels: Double]> = []
    private(set) var memberships: Set<[Scrape.Labels: Double]> = []

    init(_ whole: RunningShard, _ fleet: RunningFleet, within limit: Duration) {
        self.whole = whole
        self.fleet = fleet
        self.limit = limit
    }

    /// - Parameter moment: when Slurm last was another.
    mutating func expectSame(_ occasion: String, since moment: ContinuousClock.Instant) async throws {
        #expect(try await whole.showsAnswers(since: moment, within: limit))
        var (pages, one, differences) = (["", ""], try Scrape(""), ["nothing was compared"])
        _ = try await eventually(within: limit) {
            let now = try await [whole.get("/metrics").body, fleet.federatedText()].map(Self.known)
            if now != pages {
                pages = now
                one = try Scrape(pages[0])
                differences = Self.differences(one, try Scrape(pages[1]))
            }
            if differences.isEmpty { return true }
            // Asked without a pause, they would take the processor from what is waited for.
            try await Task.sleep(for: .milliseconds(50))
            return false
        }
        try #require(differences.isEmpty, "\(occasion), \(differences.count): \(differences.prefix(20))")
        note(one)
    }

    private mutating func note(_ one: Scrape) {
        series = max(series, one.names.reduce(0) { $0 + one.series($1).count })
        homes.insert(one.series("slurm_jobs_pending"))
        memberships.insert(one.series("slurm_partition_nodes_total"))
    }

    /// What the catalogue knows, and not what processes say of themselves.
    private static func known(_ page: String) -> String {
        page.split(separator: "\n").filter { line in
            let name = line.hasPrefix("# TYPE ") ? line.dropFirst(7) : line
            return name.hasPrefix("slurm_")
                && !["slurm_exporter_", "slurm_fleet_"].contains(where: name.hasPrefix)
        }.joined(separator: "\n") + "\n"
    }

    private static func differences(_ one: Scrape, _ fleet: Scrape) -> [String] {
        fleet.duplicates.map { "\($0) is there twice" }
            + one.names.union(fleet.names).sorted().flatMap { name in
                differences(name, one.series(name), merged(fleet.series(name)))
            }
    }

    /// Without what only federated series have.
    private static func merged(_ series: [Scrape.Labels: Double]) -> [Scrape.Labels: Double] {
        Dictionary(uniqueKeysWithValues: series.map { ($0.filter { !["job", "instance"].contains($0.key) }, $1) })
    }

    private static func differences(
        _ name: String, _ one: [Scrape.Labels: Double], _ fleet: [Scrape.Labels: Double]
    ) -> [String] {
        Set(one.keys).union(fleet.keys).filter { !isSame(one[$0], fleet[$0]) }.prefix(3).map { labels in
            let (left, right) = (one[labels], fleet[labels])
            return "\(name) \(labels): \(left.map { "\($0)" } ?? "none"), not \(right.map { "\($0)" } ?? "none")"
        }
    }

    private static func isSame(_ one: Double?, _ other: Double?) -> Bool {
        one == other || one?.isNaN == true && other?.isNaN == true
    }
}
