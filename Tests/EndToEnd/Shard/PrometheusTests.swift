import Foundation
import TestSupport
import Testing

/// A real Prometheus scrapes a shard, and has no complaint.
struct PrometheusTests {
    @Test(arguments: [true, false])
    func readsEverySeries(asOpenMetrics: Bool) async throws {
        let simulator = try await RunningSimulator()
        let shard = try await RunningShard(of: simulator)
        // Prometheus 2.42 asks for OpenMetrics, whatever its configuration says.
        let proxy = try await Proxy(
            to: shard.address, headers: asOpenMetrics ? "" : "proxy_set_header Accept text/plain;")
        let prometheus = try await RunningPrometheus(scraping: proxy.address)
        #expect(await eventually { await prometheus.value(of: "count_over_time(up[1m]) > 5") != nil })
        #expect(await prometheus.value(of: "min_over_time(up[1m])") == "1")

        let truth = try await simulator.truth()
        let scrape = try await shard.scrape()
        for (query, path) in [
            ("sum(slurm_cluster_nodes_total)", ["nodes", "nodes"]), ("sum(slurm_jobs_total)", ["jobs", "knownJobs"]),
            ("slurm_cluster_memory_allocated_bytes", ["nodes", "allocated", "memoryBytes"]),
            ("slurm_scheduler_jobs_submitted_total", ["diag", "submitted"]),
        ] {
            let value = await prometheus.value(of: query).flatMap { Double($0) }
            #expect(value == truth.root[path], "\(query)")
        }
        for name in scrape.names where !name.hasPrefix("process_") {
            let count = await prometheus.value(of: "count({__name__=\"\(name)\"})").flatMap { Int($0) }
            #expect(count == scrape.series(name).count, "\(name)")
        }
        #expect(prometheus.complaints == [])
    }

    /// Names that dashboards and other exporters in the field fix, against the rules.
    @Test func promtoolComplainsOfNothingButNamesThatAreFixed() async throws {
        let simulator = try await RunningSimulator()
        let shard = try await RunningShard(of: simulator, "collectors: {jobs: {include_series: true}}\n")
        let directory = try TemporaryDirectory()
        let file = try directory.write(try await shard.get("/metrics").body, to: "metrics")
        let promtool = try ChildProcess("sh", ["-c", "promtool check metrics < \(file)"])
        _ = try await promtool.exit()
        let complaints = (promtool.standardOutput + promtool.standardError).split(separator: "\n").map { String($0) }
        let others = complaints.filter { complaint in
            !Self.fixedNames.contains { complaint.hasPrefix($0 + " ") }
        }
        #expect(others == [])
    }

    private static let fixedNames = [
        "slurm_account_jobs_total", "slurm_cluster_cpus_total", "slurm_cluster_gpus_total", "slurm_cluster_jobs_total",
        "slurm_cluster_nodes_total", "slurm_jobs_total", "slurm_node_cpus_total", "slurm_node_gpus_total",
        "slurm_nodes_total", "slurm_partition_cpus_total", "slurm_partition_gpus_total", "slurm_partition_jobs_total",
        "slurm_partition_nodes_total", "slurm_scheduler_agent_count", "slurm_user_jobs_total",
    ]
}

extension Figure {
    fileprivate subscript(_ path: [String]) -> Double? {
        var figure = self
        for name in path { figure = figure.members[name] ?? Figure(0) }
        return figure.number
    }
}
