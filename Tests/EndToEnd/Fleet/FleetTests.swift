import Foundation
import TestSupport
import Testing

/// Many shards are one exporter: Slurm is asked as often, and the sums are the same.
struct FleetTests {
    static let groups = """
          groups: {gpu: ["gpu*"], others: ["b*", "c*", "d*"]}

        """

    @Test(arguments: [("category", 1), ("category", 4), ("partition", 2), ("both", 8)])
    func slurmIsAskedAsOftenAsByOneProcess(split: String, shards: Int) async throws {
        let simulator = try await RunningSimulator.small()
        let fleet = try await RunningFleet(of: simulator, shards: shards, fleet: "  split: \(split)\n" + Self.groups)
        try await fleet.settles()
        let scrapers = Repetition {
            _ = try await fleet.shown()
            try await Task.sleep(for: .milliseconds(20))
        }
        defer { scrapers.end() }
        let start = ContinuousClock.now
        try await simulator.send("DELETE", "/simulator/requests")
        try await Task.sleep(for: .seconds(6))
        let journal = try await simulator.requests()
        let intervals = (ContinuousClock.now - start) / .seconds(1)
        for (name, endpoint) in journal.endpoints {
            #expect(Double(endpoint.requests) <= intervals.rounded(.up) + 1, "\(name)")
            #expect(endpoint.inFlight.most <= 1, "\(name)")
        }
        #expect(journal.heavyInFlight.most == 1)
        #expect((journal.endpoints["slurm/jobs"]?.requests ?? 0) >= 2)
        let most = journal.endpoints.map { "\($0.key) \($0.value.requests)" }.sorted().joined(separator: ", ")
        print("\(shards) shards, split by \(split), \(intervals) intervals: \(most)")
    }

    @Test(arguments: ["category", "partition", "both"])
    func whatIsFederatedIsWhatOneProcessShows(_ split: String) async throws {
        let simulator = try await RunningSimulator(nodes: 40, jobs: 150)
        let whole = try await RunningShard(of: simulator).scrape()
        let fleet = try await RunningFleet(of: simulator, shards: 3, fleet: "  split: \(split)\n" + Self.groups)
        try await fleet.settles()
        var differences: [String] = ["nothing was compared"]
        _ = try await eventually(within: .seconds(30)) {
            differences = Self.differences(whole, try await fleet.federated())
            return differences.isEmpty
        }
        #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(20))")
    }

    /// Slurm's clock goes on in frozen simulators, too: what is a time or a duration of the process differs.
    static func differences(_ whole: Scrape, _ merged: Scrape) -> [String] {
        let names = whole.names.filter { name in
            name.hasPrefix("slurm_")
                && !["slurm_exporter_", "slurm_scheduler_", "slurm_rpc_", "slurm_backfill_"].contains {
                    name.hasPrefix($0)
                }
                && !["_age_", "timestamp", "duration"].contains { name.contains($0) }
                && !["wait_time", "run_time", "elapsed", "remaining", "time_left"].contains { name.contains($0) }
        }
        return names.sorted().filter { name in
            let plain = merged.series(name).map { labels, value in
                (labels.filter { !["job", "instance"].contains($0.key) }, value)
            }
            return Dictionary(plain) { first, _ in first } != whole.series(name)
        }
    }

    @Test func aDrainedShardLeavesNoGap() async throws {
        let simulator = try await RunningSimulator.small()
        let fleet = try await RunningFleet(of: simulator, shards: 3, lost: "10s")
        try await fleet.settles()
        let before = try await fleet.shown()
        // The pages aren't all of one moment: what moves between two of them is missing from one look.
        var (missing, lacking): (Set<String>, Set<String>) = ([], [])
        let draining = Task { try await fleet.stop("shard-1") }
        for _ in 0..<20 {
            let lacks = before.subtracting(try await fleet.shown())
            missing.formUnion(lacks.intersection(lacking))
            lacking = lacks
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(try await draining.value == 0)
        try await fleet.settles()
        #expect(missing.isEmpty, "\(missing.sorted().prefix(10))")
        let isWhole = try await eventually { before.isSubset(of: try await fleet.shown()) }
        #expect(isWhole)
    }

    @Test func theWorkOfAKilledShardGoesOnElsewhere() async throws {
        let simulator = try await RunningSimulator.small()
        let fleet = try await RunningFleet(of: simulator, shards: 3)
        try await fleet.settles()
        let before = try await fleet.shown()
        let asking = try #require(try await fleet.status().upstreams.first?.owner)
        fleet.kill(asking)
        try await fleet.settles()
        let isWhole = try await eventually { before.subtracting(try await fleet.shown()).isEmpty }
        #expect(isWhole)
        #expect(try await simulator.requests().heavyInFlight.most == 1)
    }

    @Test func aSecondShardOfANameIsRefusedUntilTheFirstIsLost() async throws {
        let simulator = try await RunningSimulator.small()
        let fleet = try await RunningFleet(of: simulator, shards: 2, lost: "10s")
        try await fleet.settles()
        try fleet.start("twin", as: "shard-0")
        let twin = try #require(fleet.shards["twin"])
        // Slices may move at first, to where there is less to do.
        let changesNothing = try await eventually {
            let before = try await fleet.status()
            let refused = before.shards[0].refusedHeartbeats
            let isRefused = await eventually(within: .seconds(20)) {
                (try? await fleet.status().shards[0].refusedHeartbeats) ?? 0 >= refused + 5
            }
            let after = try await fleet.status().plan
            return isRefused && after == before.plan
        }
        #expect(changesNothing)
        #expect(twin.process.standardError.contains("another process has the name of this shard"))
        fleet.kill("shard-0")
        #expect(await eventually { (try? await fleet.status().shards[0].url) == "http://\(twin.address)" })
    }

    @Test func slurmIsNeverAskedTwoHeavyQuestionsAtOnceWhileShardsComeAndGo() async throws {
        let simulator = try await RunningSimulator.small("* latency=uniform:0.2:0.6")
        let fleet = try await RunningFleet(of: simulator, shards: 3)
        try await fleet.settles()
        for round in 0..<5 {
            let asking = try await fleet.status().upstreams.first?.owner
            fleet.kill(asking ?? "shard-0")
            try fleet.start("new-\(round)")
            try await Task.sleep(for: .seconds(3))
        }
        try await fleet.settles()
        let journal = try await simulator.requests()
        #expect(journal.heavyInFlight.most == 1)
        #expect(journal.endpoints.values.allSatisfy { $0.inFlight.most == 1 })
    }

    @Test func withoutACoordinatorShardsGoOn() async throws {
        let simulator = try await RunningSimulator.small()
        let fleet = try await RunningFleet(of: simulator, shards: 2)
        try await fleet.settles()
        let before = try await fleet.shown()
        let revision = try await fleet.status().plan
        fleet.coordinator.send(SIGKILL)
        try await Task.sleep(for: .seconds(4))
        #expect(before.subtracting(try await fleet.shown()).isEmpty)
        let successor = try fleet.successor()
        defer { successor.send(SIGKILL) }
        try await fleet.settles()
        let after = try await fleet.status().plan
        #expect(after.epoch == revision.epoch + 1)
        #expect(before.subtracting(try await fleet.shown()).isEmpty)
    }

    @Test func aBadSplitIsRefusedByName() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("slurm: {cluster: alpha}\n", to: "shard.yaml")
        let file = try directory.write(
            """
            fleet:
              configuration: "\(directory.path("shard.yaml"))"
              split: partition
              groups: {gpu: ["gpu*"], a100: ["*a100"]}
            """, to: "coordinator.yaml")
        let process = try ChildProcess(
            try builtProgram("slurm-coordinator"), ["check", "--config", file, "--listen", "127.0.0.1:0"])
        #expect(try await process.exit() == 2)
        #expect(process.standardError.contains("gpua100"), "\(process.standardError)")
    }

    @Test func secretsDoNotGoIntoThePlan() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("slurm: {cluster: alpha, token: eyJhbGciOi}\n", to: "shard.yaml")
        let file = try directory.write(
            "fleet: {configuration: \"\(directory.path("shard.yaml"))\"}\n", to: "coordinator.yaml")
        let process = try ChildProcess(
            try builtProgram("slurm-coordinator"), ["check", "--config", file, "--listen", "127.0.0.1:0"])
        #expect(try await process.exit() == 2)
        #expect(process.standardError.contains("slurm.token") && !process.standardError.contains("eyJhbGciOi"))
    }
}
