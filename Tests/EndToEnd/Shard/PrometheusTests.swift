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
        #expect(await eventually { await prometheus.value(of: "sum_over_time(up[1m]) > 5") != nil })

        let truth = try await simulator.truth()
        let scrape = try await shard.scrape()
        for (query, path) in [
            ("sum(slurm_cluster_nodes_total)", ["nodes", "nodes"]),
            ("sum(slurm_jobs_total)", ["jobs", "known", "jobs"]),
            ("slurm_cluster_memory_allocated_bytes", ["nodes", "allocated", "memoryBytes"]),
            ("slurm_scheduler_jobs_submitted_total", ["diag", "submitted"]),
        ] {
            let expected = try #require(truth.root[path])
            #expect(await eventually { await prometheus.number(query) == expected }, "\(query)")
        }
        for name in scrape.names where !name.hasPrefix("process_") {
            let count = Double(scrape.series(name).count)
            #expect(await eventually { await prometheus.number("count({__name__=\"\(name)\"})") == count }, "\(name)")
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
        "slurm_cluster_nodes_total", "slurm_jobs_total", "slurm_node_cpu_cores_total", "slurm_node_cpus_total",
        "slurm_node_gpus_total", "slurm_node_gres_total",
        "slurm_nodes_total", "slurm_partition_cpus_total", "slurm_partition_gpus_total", "slurm_partition_jobs_total",
        "slurm_partition_nodes_total", "slurm_scheduler_agent_count", "slurm_user_jobs_total",
        "slurm_account_quota_cpu_hours", "slurm_account_usage_cpu_hours", "slurm_association_tres_minutes_limit",
        "slurm_association_tres_minutes_running", "slurm_association_tres_minutes_used", "slurm_license_total",
        "slurm_account_cpu_hours_used_total", "slurm_accounting_memory_gb_hours_total", "slurm_job_cpu_hours_total",
        "slurm_job_waste_cpu_hours", "slurm_job_waste_memory_gb_hours",
        "slurm_qos_jobs_total", "slurm_qos_limit_tres_minutes", "slurm_reservation_nodes_total",
    ]
}

extension RunningPrometheus {
    func number(_ query: String) async -> Double? { await value(of: query).flatMap { Double($0) } }
}

extension Figure {
    fileprivate subscript(_ path: [String]) -> Double? {
        path.reduce(Optional(self)) { figure, name in figure?.members[name] }?.number
    }
}
