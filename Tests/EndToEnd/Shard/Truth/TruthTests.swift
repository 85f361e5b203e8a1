import TestSupport
import Testing

/// What is exported is what is true: each version of the API against what the simulator knows of its own cluster.
struct TruthTests {
    @Test(arguments: 38...46)
    func everyFigureOfAnOddClusterIsTrue(version: Int) async throws {
        let simulator = try await RunningSimulator("--versions", "v0.0.\(version)")
        let truth = try await simulator.truth().seen(by: version)
        let rows = version < 40 ? [] : TruthTable.ofBaseStates + TruthTable.since40
        let scrape = try await simulator.collectOnce()
        #expect(Audit(TruthTable.common + rows, version: version).differences(between: scrape, and: truth) == [])
    }

    @Test(arguments: 38...46)
    func everyFigureStaysTrueOverTwentySteps(version: Int) async throws {
        let simulator = try await RunningSimulator("--versions", "v0.0.\(version)", "--no-menagerie", jobs: 100)
        let rows = version < 40 ? [] : TruthTable.since40
        let audit = Audit(TruthTable.common + TruthTable.ofBaseStates + rows, version: version)
        let shard = try await RunningShard(of: simulator)
        var ledger = EventLedger()
        for _ in 1...20 {
            try await simulator.step()
            let moment = ContinuousClock.now
            let truth = try await simulator.truth()
            ledger.add(truth)
            try #require(await shard.showsAnswers(since: moment), "\(shard.process.standardError)")
            let scrape = try await shard.scrape()
            try #require(audit.differences(between: scrape, and: truth.seen(by: version)) == [])
            try #require(audit.differences(between: scrape, and: ledger) == [])
        }
        #expect(!ledger.isEmpty)
    }

    @Test(arguments: 40...46)
    func theSeriesOfEachJobAddUp(version: Int) async throws {
        let simulator = try await RunningSimulator("--versions", "v0.0.\(version)", jobs: 300)
        let truth = try await simulator.truth().seen(by: version)
        let scrape = try await collectOnce(
            from: simulator, "collectors: {jobs: {include_series: true, include_nodes: true}}\n")
        #expect(Audit(TruthTable.everyJob, version: version).differences(between: scrape, and: truth) == [])
    }

    /// What jobs have isn't told then, as they are asked for without details; nodes say it.
    @Test func gpusThatAreNotTrackedAreAbsentRatherThanGuessed() async throws {
        let simulator = try await RunningSimulator(
            "--versions", "v0.0.44", "--no-tracks-gpus", "--no-menagerie", "--gpus", "200", jobs: 300)
        let truth = try await simulator.truth()
        let scrape = try await collectOnce(from: simulator)
        #expect(truth.root.members["jobs"]?.members["allocated"]?.members["gpus"]?.number != 0)
        for metric in ["slurm_cluster_job_gpus_allocated", "slurm_user_gpus_allocated"] {
            #expect(scrape.series(metric).isEmpty)
        }
        let nodes = TruthRow("nodes/allocated/gpus", "slurm_node_gpus_allocated")
        #expect(Audit([nodes], version: 44).differences(between: scrape, and: truth) == [])
    }

    private func collectOnce(from simulator: RunningSimulator, _ configuration: String = "") async throws -> Scrape {
        let directory = try TemporaryDirectory()
        let file = try directory.write(
            ClusterConfiguration.slurm(simulator.address) + configuration, to: "shard.yaml")
        let shard = try ChildProcess(try builtProgram("slurm-shard"), ["--config", file, "--once"])
        #expect(try await shard.exit() == 0, "\(shard.standardError)")
        return try Scrape(shard.standardOutput)
    }
}

/// Compares what is exported with what is to be.
struct Audit {
    private let carried: [TruthRow]
    private let absent: [TruthRow]

    init(_ rows: [TruthRow], version: Int) {
        carried = rows.filter { $0.versions.contains(version) }
        absent = rows.filter { !$0.versions.contains(version) }
    }

    func differences(between scrape: Scrape, and truth: TruthFigures) -> [String] {
        scrape.duplicates.map { "\($0) stands there twice" }
            + absent.filter { !scrape.series($0.metric).isEmpty }.map { "\($0) isn't carried" }
            + carried.flatMap { differences($0.exported(scrape), $0.expected(truth), "\($0)") }
    }

    func differences(between scrape: Scrape, and ledger: EventLedger) -> [String] {
        ledger.expected.flatMap { metric, labels, values in
            differences(scrape.sums(metric, by: labels).filter { $0.value != 0 }, values, metric)
        }
    }

    private func differences(
        _ found: [Scrape.Labels: Double], _ expected: [Scrape.Labels: Double], _ what: String
    ) -> [String] {
        Set(found.keys).union(expected.keys).compactMap { labels in
            let (found, expected) = (found[labels] ?? 0, expected[labels] ?? 0)
            // Fractions are added up in another order here.
            guard abs(found - expected) > 1e-9 * abs(expected) else { return nil }
            return "\(what) \(labels.sorted { $0.key < $1.key }): \(found) instead of \(expected)"
        }
    }
}

extension TruthFigures {
    /// As a version shows it: words that it doesn't have are those that stood for the same before.
    func seen(by version: Int) -> TruthFigures {
        var seen = self
        if version >= 42 { seen.remove("UPDATE_DB", in: "byFlag") }
        guard version < 44 else { return seen }
        seen.remove("EXPEDITING", "EXTERNAL", "BLOCKED", in: "byFlag")
        if version >= 40 { seen.rename("expediting", to: "running", in: "byState") }
        seen.rename("blocked", to: "idle", in: "byState", "cpusByState", "gpusByState")
        return seen
    }
}
