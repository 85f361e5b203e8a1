import TestSupport
import Testing

/// What is exported is what is true: each version of the API against what the simulator knows of its own cluster.
struct TruthTests {
    @Test(arguments: 38...46)
    func everyFigureOfAnOddClusterIsTrue(version: Int) async throws {
        let simulator = try await RunningSimulator("--versions", "v0.0.\(version)")
        let truth = try await simulator.truth().seen(by: version)
        let scrape = try await collectOnce(from: simulator)
        expect(scrape, toShow: truth, TruthTable.all + TruthTable.knownTasks, in: version)
    }

    @Test(arguments: 38...46)
    func everyFigureStaysTrueOverTwentySteps(version: Int) async throws {
        let simulator = try await RunningSimulator("--versions", "v0.0.\(version)", "--no-menagerie", jobs: 100)
        let shard = try await RunningShard(
            configuration: ClusterConfiguration.slurm(simulator) + ClusterConfiguration.fast)
        try #require(await shard.becomesReady())
        var ledger = EventLedger()
        for _ in 1...20 {
            try await simulator.step()
            let moment = ContinuousClock.now
            let truth = try await simulator.truth()
            ledger.add(truth.events)
            let scrape = try #require(await shard.scrape(newerThan: moment), "\(shard.process.standardError)")
            expect(scrape, toShow: truth.seen(by: version), TruthTable.all + TruthTable.countingTasks, in: version)
            expect(scrape, toShow: ledger)
        }
        #expect(!ledger.isEmpty)
    }

    private func collectOnce(from simulator: RunningSimulator) async throws -> Scrape {
        let directory = try TemporaryDirectory()
        let file = try directory.write(ClusterConfiguration.slurm(simulator), to: "shard.yaml")
        let shard = try ChildProcess(try builtProgram("slurm-shard"), ["--config", file, "--once"])
        #expect(try await shard.exit() == 0, "\(shard.standardError)")
        return try Scrape(shard.standardOutput)
    }

    private func expect(_ scrape: Scrape, toShow truth: TruthFigures, _ rows: [TruthRow], in version: Int) {
        #expect(scrape.duplicates.isEmpty)
        for row in rows {
            guard row.versions.contains(version) else {
                #expect(scrape.series(row.metric).isEmpty, "v0.0.\(version) doesn't carry \(row)")
                continue
            }
            expectSame(row.exported(scrape), row.expected(truth), "\(row) in v0.0.\(version)")
        }
    }

    private func expect(_ scrape: Scrape, toShow ledger: EventLedger) {
        for (metric, labels, values) in ledger.expected {
            expectSame(scrape.sums(metric, by: labels).filter { $0.value != 0 }, values, metric)
        }
    }

    private func expectSame(
        _ found: [Scrape.Labels: Double], _ expected: [Scrape.Labels: Double], _ what: String,
        _ location: SourceLocation = #_sourceLocation
    ) {
        for labels in Set(found.keys).union(expected.keys) {
            let (found, expected) = (found[labels] ?? 0, expected[labels] ?? 0)
            guard abs(found - expected) > 1e-9 * max(1, abs(expected)) else { continue }
            Issue.record("\(what) \(labels): \(found) instead of \(expected)", sourceLocation: location)
        }
    }
}

extension TruthFigures {
    /// As a version shows it: words that it doesn't have are those that stood for the same before.
    fileprivate func seen(by version: Int) -> TruthFigures {
        var seen = self
        if version >= 42 { seen.remove("UPDATE_DB", after: "byFlag") }
        guard version < 44 else { return seen }
        seen.remove("EXPEDITING", after: "byFlag")
        seen.remove("EXTERNAL", after: "byFlag")
        seen.remove("BLOCKED", after: "byFlag")
        for parent in ["byState", "cpusByState", "gpusByState"] { seen.rename("blocked", to: "idle", after: parent) }
        return seen
    }
}
