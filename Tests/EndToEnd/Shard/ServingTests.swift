import Foundation
import TestSupport
import Testing

/// What a shard serves, and how it is told what to serve.
struct ServingTests {
    private func clusters(_ simulators: [String: RunningSimulator]) -> String {
        let entries = simulators.map { "{name: \($0), base_url: \"http://\($1.address)\"}" }
        return "clusters: [\(entries.sorted().joined(separator: ", "))]\n" + ClusterConfiguration.everySecond()
    }

    @Test func severalClustersStandBesideEachOther() async throws {
        let simulators = [
            "alpha": try await RunningSimulator.small(),
            "beta": try await RunningSimulator("--no-menagerie", nodes: 30),
            "gone": try await RunningSimulator.small("* status=503"),
        ]
        let shard = try await RunningShard(configuration: clusters(simulators))
        try #require(await shard.becomesReady())
        let all = try await shard.scrape()
        #expect(all.duplicates.isEmpty)
        for name in ["alpha", "beta"] {
            let truth = try await simulators[name]!.truth().root.members["nodes"]?.members["nodes"]?.number
            #expect(all["slurm_cluster_nodes_total", ["cluster": name]] == truth)
            #expect(all["slurm_exporter_up", ["cluster": name]] == 1)
        }
        #expect(all["slurm_cluster_nodes_total", ["cluster": "gone"]] == nil)
        #expect(all["slurm_exporter_up", ["cluster": "gone"]] == 0)

        let one = try await shard.scrape("?cluster=beta")
        #expect(Set(one.series("slurm_cluster_nodes_total").keys.compactMap { $0["cluster"] }) == ["beta"])
        #expect(one["slurm_cluster_nodes_total"] == all["slurm_cluster_nodes_total", ["cluster": "beta"]])
        let both = try await shard.scrape("?cluster=beta&cluster=alpha&collect[]=nodes&collect[]=scheduler")
        #expect(both.series("slurm_nodes_total") == all.series("slurm_nodes_total"))
        #expect(both.series("slurm_scheduler_threads") == all.series("slurm_scheduler_threads"))
        #expect(both.series("slurm_cluster_nodes_total").isEmpty)
        for query in ["?cluster=delta", "?collect[]=weather", "?set=nothing"] {
            #expect(try await shard.get("/metrics\(query)").status == 400)
        }
    }

    @Test func aClusterWithoutANameIsCalledWhatSlurmCallsIt() async throws {
        let simulator = try await RunningSimulator.small()
        let shard = try await RunningShard(
            configuration: "slurm: {base_url: \"http://\(simulator.address)\"}\n" + ClusterConfiguration.everySecond()
                + ClusterConfiguration.terse)
        let scrape = try await shard.scrape { $0["slurm_exporter_up", ["cluster": "simulated"]] == 1 }
        let names = ["slurm_cluster_nodes_total", "slurm_exporter_collector_up", "slurm_exporter_up"]
        for name in names {
            #expect(Set(scrape.series(name).keys.map { $0["cluster"] }) == ["simulated"], "\(name)")
        }
    }

    @Test func aPrefixStandsInPlaceOfSlurm() async throws {
        let simulator = try await RunningSimulator.small()
        let shard = try await RunningShard(
            of: simulator, "collectors: {jobs: {enabled: true}}\nmetrics: {prefix: slurm_jobs_}\n")
        let scrape = try await shard.scrape()
        #expect(!scrape.series("slurm_jobs_total").isEmpty)
        #expect(!scrape.series("slurm_jobs_wait_time_seconds_count").isEmpty)
        #expect(
            scrape.names.allSatisfy {
                $0.hasPrefix("slurm_jobs_") || $0.hasPrefix("slurm_exporter_") || $0.hasPrefix("process_")
            })
    }

    @Test func readyOnceEverythingWasTried() async throws {
        let simulator = try await RunningSimulator.small("nodes hang", "jobs status=503")
        let shard = try await RunningShard(
            configuration: ClusterConfiguration.slurm(simulator.address, more: ", request_timeout: 30s")
                + ClusterConfiguration.everySecond())
        _ = try await shard.scrape { $0["slurm_exporter_collector_up", ["collector": "scheduler"]] == 1 }
        let waiting = try await shard.get("/ready")
        #expect(waiting.status == 503)
        #expect(waiting.body.contains("alpha nodes") && !waiting.body.contains("diag"), "\(waiting.body)")
        #expect(try await shard.get("/health").status == 200)
        // Who hangs for ever is answered for once the simulator is told to go on.
        try await simulator.cause("jobs status=503")
        shard.process.send(SIGTERM)
        #expect(try await shard.process.exit() == 0)
    }
}

struct ReloadTests {
    @Test func aGoodFileIsTakenOver() async throws {
        let (one, other) = (try await RunningSimulator.small(), try await RunningSimulator("--no-menagerie", nodes: 30))
        let shard = try await RunningShard(of: one, ClusterConfiguration.terse)
        let truth = try await other.truth().root.members["nodes"]?.members["nodes"]?.number
        #expect(try await shard.scrape()["slurm_cluster_nodes_total"] != truth)
        try shard.rewriteConfiguration(
            ClusterConfiguration.slurm(other.address) + ClusterConfiguration.everySecond() + ClusterConfiguration.terse)
        shard.process.send(SIGHUP)
        let after = try await shard.scrape { $0["slurm_cluster_nodes_total"] == truth }
        #expect(after["slurm_exporter_config_last_reload_successful"] == 1)
        #expect(try await shard.upstreams().map(\.address) == ["http://\(other.address)"])
    }

    @Test func aBadFileChangesNothing() async throws {
        let simulator = try await RunningSimulator.small()
        let shard = try await RunningShard(of: simulator, ClusterConfiguration.terse)
        try shard.rewriteConfiguration("slurm: {base_url: nonsense}\nlgo: {}\n")
        shard.process.send(SIGHUP)
        let after = try await shard.scrape { $0["slurm_exporter_config_last_reload_successful"] == 0 }
        #expect(after["slurm_exporter_up"] == 1)
        let moment = ContinuousClock.now
        #expect(try await shard.showsAnswers(since: moment))
        #expect(shard.process.standardError.contains("shard.yaml:2: slurm.base_url"))
    }
}

struct OnceTests {
    private func run(_ configuration: String) async throws -> (status: Int32, output: String, errors: String) {
        let directory = try TemporaryDirectory()
        let file = try directory.write(configuration, to: "shard.yaml")
        let shard = try ChildProcess(try builtProgram("slurm-shard"), ["--config", file, "--once"])
        return (try await shard.exit(), shard.standardOutput, shard.standardError)
    }

    @Test func whatFailsIsAFailureAndTheRestIsPrinted() async throws {
        let simulator = try await RunningSimulator.small("jobs errors")
        let (status, output, errors) = try await run(ClusterConfiguration.slurm(simulator.address))
        let scrape = try Scrape(output)
        #expect(status == 1)
        #expect(errors.contains("feed=jobs"))
        #expect(scrape["slurm_cluster_nodes_total"] ?? 0 > 0)
        #expect(scrape["slurm_exporter_collector_up", ["collector": "jobs"]] == 0)
    }

    @Test func nobodyListening() async throws {
        let (status, output, _) = try await run(
            ClusterConfiguration.slurm("127.0.0.1:\(try freePort())")
                + "collection: {retry_attempts: 1, retry_delay: 10ms}\n")
        #expect(status == 1)
        #expect(try Scrape(output)["slurm_exporter_up"] == 0)
    }

    @Test func aConfigurationThatIsNone() async throws {
        let (status, output, errors) = try await run("slurm: {base_url: nonsense}\n")
        #expect(status == 2)
        #expect(output.isEmpty && errors.contains("slurm.base_url"))
    }
}
