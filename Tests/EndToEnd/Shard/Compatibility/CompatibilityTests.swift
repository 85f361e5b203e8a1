import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// Other exporters' metrics, from the real program.
struct CompatibilityTests {
    private static let all = "metrics: {compatibility: [vpenso, rivosinc, native]}\n"

    @Test(arguments: [38, 40, 41, 44, 46])
    func everyFigureIsTrue(version: Int) async throws {
        let simulator = try await RunningSimulator("--versions", "v0.0.\(version)")
        let truth = try await simulator.truth().seen(by: version)
        let shard = try await RunningShard(of: simulator, Self.all)
        let native =
            CompatibilityTruth.native
            + (version < 40 ? [] : CompatibilityTruth.nativeSince40 + CompatibilityTruth.nativeAllocations)
        for (set, rows) in [
            ("vpenso", CompatibilityTruth.vpenso), ("rivosinc", CompatibilityTruth.rivosinc), ("native", native),
        ] {
            let scrape = try await shard.scrape("?set=\(set)")
            #expect(Audit(rows, version: version).differences(between: scrape, and: truth) == [], "\(set)")
            #expect(Set(scrape.names.flatMap { scrape.series($0).keys.map { $0["cluster"] } }) == [nil])
        }
    }

    @Test func isAPageOfItsOwn() async throws {
        let simulator = try await RunningSimulator.small()
        let shard = try await RunningShard(
            of: simulator,
            """
            metrics: {compatibility: [vpenso], prefix: hpc_}
            collectors: {scheduler: {enabled: false}, nodes: {include_series: false}}

            """)
        let (own, page) = (try await shard.scrape(), try await shard.get("/metrics?set=vpenso"))
        let set = try Scrape(page.body)
        #expect(own.names.isDisjoint(with: set.names))
        #expect(set.names.allSatisfy { $0.hasPrefix("slurm_") && !$0.hasPrefix("slurm_exporter_") })
        #expect(page.fields.value(forHTTPHeaderField: "Slurm-Exporter-Missing") == "scheduler")
        #expect(set.series("slurm_scheduler_threads").isEmpty && set.series("slurm_node_cpu_total").isEmpty)
        #expect(set["slurm_cpus_total"] == own["hpc_cluster_cpus_total"])

        let users = try await shard.scrape("?set=vpenso&collect[]=users&cluster=alpha")
        #expect(!users.names.isEmpty && users.names.allSatisfy { $0.hasPrefix("slurm_user_") })
    }

    @Test(arguments: [
        ("/metrics?set=weather", "there are: native, rivosinc, vpenso"),
        ("/metrics?set=rivosinc", "metrics.compatibility"), ("/metrics/jobs", "metrics.compatibility"),
        ("/metrics?set=vpenso&cluster=delta", "there are: alpha"),
        ("/metrics?set=vpenso&collect[]=weather", "there are: accounts"),
    ])
    func whatIsNotThereIsSaid(path: String, answer: String) async throws {
        let simulator = try await RunningSimulator.small()
        let shard = try await RunningShard(of: simulator, "metrics: {compatibility: [vpenso]}\n")
        let found = try await shard.get(path)
        #expect(found.status == 400 && found.body.contains(answer), "\(found.body)")
    }

    @Test func severalClustersAreToldApart() async throws {
        let (one, other) = (try await RunningSimulator.small(), try await RunningSimulator("--no-menagerie", nodes: 30))
        let shard = try await RunningShard(
            configuration: """
                clusters:
                - {name: alpha, base_url: "http://\(one.address)"}
                - {name: beta, base_url: "http://\(other.address)"}

                """ + ClusterConfiguration.everySecond() + Self.all)
        try #require(await shard.becomesReady())
        let both = try await shard.scrape("?set=rivosinc")
        #expect(both.duplicates.isEmpty)
        #expect(Set(both.series("slurm_cpus_total").keys.map { $0["cluster"] }) == ["alpha", "beta"])
        let beta = try await shard.scrape("?set=rivosinc&cluster=beta")
        #expect(beta["slurm_cpus_total"] == both["slurm_cpus_total", ["cluster": "beta"]])
        #expect(Set(beta.series("slurm_job_scrape_error").keys.map { $0["cluster"] }) == ["beta"])
    }

    /// Each with what Slurm has there, and nothing else.
    @Test func slurmsOwnPathsAreServed() async throws {
        let simulator = try await RunningSimulator.small()
        let shard = try await RunningShard(of: simulator, Self.all)
        let all = try await shard.scrape("?set=native")
        var names: [String] = []
        for (path, prefixes) in [
            ("nodes", ["slurm_node"]), ("jobs", ["slurm_jobs"]), ("partitions", ["slurm_partition"]),
            ("jobs-users-accts", ["slurm_user_jobs", "slurm_account_jobs"]),
            ("scheduler", ["slurm_bf_", "slurm_sched", "slurm_sdiag_", "slurm_"]),
        ] {
            let part = try Scrape(try await shard.get("/metrics/\(path)").body)
            #expect(!part.names.isEmpty)
            #expect(part.names.allSatisfy { name in prefixes.contains { name.hasPrefix($0) } }, "\(path)")
            names += part.names
        }
        #expect(names.sorted() == all.names.sorted())
    }

    @Test func prometheusReadsThemAll() async throws {
        let simulator = try await RunningSimulator()
        let shard = try await RunningShard(of: simulator, Self.all)
        let jobs = ["vpenso", "rivosinc", "native"].map { set in
            "- {job_name: \(set), params: {set: [\(set)]}, static_configs: [{targets: ['\(shard.address)']}]}"
        }
        let prometheus = try await RunningPrometheus(
            configuration: """
                global: {scrape_interval: 1s, scrape_timeout: 1s}
                scrape_configs:
                \(jobs.joined(separator: "\n"))
                """)
        for set in ["vpenso", "rivosinc", "native"] {
            let scrape = try await shard.scrape("?set=\(set)")
            let names = Double(scrape.names.count)
            let query = "count(count by (__name__) ({job=\"\(set)\",__name__=~\"slurm_.*\"}))"
            #expect(await eventually { await prometheus.number(query) == names }, "\(set)")
        }
        #expect(prometheus.complaints == [])
    }

    /// Names are the originals', whatever the rules say of them; of anything else there is no complaint.
    @Test func promtoolComplainsOfNothingButNames() async throws {
        let simulator = try await RunningSimulator()
        let shard = try await RunningShard(of: simulator, Self.all)
        let directory = try TemporaryDirectory()
        for set in ["vpenso", "rivosinc", "native"] {
            let file = try directory.write(try await shard.get("/metrics?set=\(set)").body, to: set)
            let promtool = try ChildProcess("sh", ["-c", "promtool check metrics < \(file)"])
            _ = try await promtool.exit()
            let complaints = (promtool.standardOutput + promtool.standardError).split(separator: "\n")
            let others = complaints.filter { !$0.contains("suffix") && !$0.contains("should not include") }
            #expect(others.filter { !$0.contains("should use base unit") } == [], "\(set)")
        }
    }
}

/// In a fleet a set is where its cluster is asked.
struct FleetCompatibilityTests {
    @Test func oneShardHasThemWhole() async throws {
        let simulator = try await RunningSimulator(nodes: 30)
        let truth = try await simulator.truth().seen(by: 46)
        let fleet = try await RunningFleet(
            of: simulator, shards: 2, fleet: "  split: category\n", "metrics: {compatibility: [vpenso]}\n")
        try await fleet.settles()
        var owner = try await self.owner(of: fleet)
        for _ in 1...2 {
            var differences: [String] = []
            let isTrue = try await eventually(within: .seconds(60)) {
                let pages = try await pages(of: fleet)
                owner = try await self.owner(of: fleet)
                guard let page = pages[owner] else { return false }
                differences =
                    Audit(CompatibilityTruth.vpenso, version: 46).differences(between: page, and: truth)
                    + pages.filter { $0.key != owner && !$0.value.names.isEmpty }.keys.map { "\($0) has it, too" }
                return differences.isEmpty
            }
            #expect(isTrue, "\(differences.prefix(10))")
            guard fleet.shards.count == 2 else { break }
            fleet.kill(owner)
        }
    }

    private func owner(of fleet: RunningFleet) async throws -> String {
        try await fleet.status().upstreams.first?.owner ?? ""
    }

    private func pages(of fleet: RunningFleet) async throws -> [String: Scrape] {
        var pages: [String: Scrape] = [:]
        for (name, shard) in fleet.shards {
            let answer = try await fleet.get(shard.address, "/metrics?set=vpenso")
            pages[name] = try Scrape(answer.status == 200 ? answer.body : "")
        }
        return pages
    }
}
