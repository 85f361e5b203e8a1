import TestSupport
import Testing

/// Too much of something: detail goes, totals stay, and what went is told.
struct LimitTests {
    private static let users = [
        "slurm_user_jobs_total", "slurm_user_cpus_allocated", "slurm_user_memory_allocated_bytes",
        "slurm_user_cpus_requested", "slurm_user_statistics",
    ]

    @Test func labelValuesBeyondTheirLimitAreOne() async throws {
        let simulator = try await RunningSimulator("--users", "40", jobs: 200)
        let whole = try await RunningShard(of: simulator).scrape()
        let cut = try await RunningShard(of: simulator, "metrics: {label_limits: {user: 5, node: 10}}\n").scrape()
        for name in Self.users {
            let users = Set(cut.series(name).keys.compactMap { $0["user"] })
            #expect(users.count == 6 && users.contains("other"), "\(name): \(users)")
            #expect(cut.sums(name, by: ["state"]) == whole.sums(name, by: ["state"]), "\(name)")
        }
        #expect(cut["slurm_node_cpus_total"] == whole["slurm_node_cpus_total"])
        #expect(Set(cut.series("slurm_node_cpus_total").keys.compactMap { $0["node"] }).count == 11)
        #expect(cut["slurm_cluster_jobs_total"] == whole["slurm_cluster_jobs_total"])
        #expect(cut["slurm_exporter_label_values", ["label": "user"]] == 5)
        #expect(cut["slurm_exporter_label_values_merged", ["label": "user"]] ?? 0 > 0)
        #expect(cut["slurm_exporter_series_dropped_total", ["reason": "label_limit"]] ?? 0 > 0)
    }

    @Test func seriesBeyondTheirLimitGoByFamilyDetailFirst() async throws {
        let simulator = try await RunningSimulator()
        let whole = try await RunningShard(of: simulator).scrape()
        let shard = try await RunningShard(of: simulator, "metrics: {max_series: 1500}\n")
        let cut = try await shard.scrape()
        #expect(whole["slurm_exporter_cardinality_current"] ?? 0 > 1500)
        #expect(cut["slurm_exporter_cardinality_current"] ?? 0 <= 1500)
        #expect(cut["slurm_exporter_cardinality_limit"] == 1500)
        #expect(cut["slurm_exporter_series_dropped_total", ["reason": "max_series"]] ?? 0 > 0)
        #expect(cut.series("slurm_node_info").isEmpty)
        #expect(cut.series("slurm_cluster_nodes_total") == whole.series("slurm_cluster_nodes_total"))
        #expect(cut.series("slurm_jobs_total") == whole.series("slurm_jobs_total"))
        // What is there is whole; the time goes on between the two.
        let others = [
            "slurm_exporter_", "process_", "slurm_reservation_remaining_", "slurm_accounting_last_refresh_",
            "slurm_accounting_watermark_",
        ]
        for name in cut.names where !others.contains(where: name.hasPrefix) {
            #expect(cut.series(name) == whole.series(name), "\(name)")
        }
    }

    /// The process needs more than the least that can be configured.
    @Test func detailGoesWhenMemoryIsShort() async throws {
        let simulator = try await RunningSimulator()
        let whole = try await RunningShard(of: simulator).scrape()
        let shard = try await RunningShard(of: simulator, "runtime: {memory_limit: 16MiB}\n")
        // The level is told at once, and what it takes away is gone with the next page.
        let cut = try await shard.scrape {
            $0["slurm_exporter_memory_guard_level"] ?? 0 >= 1 && $0.series("slurm_node_info").isEmpty
        }
        #expect(cut.series("slurm_user_statistics").isEmpty)
        #expect(cut.series("slurm_cluster_nodes_total") == whole.series("slurm_cluster_nodes_total"))
        #expect(cut["slurm_exporter_series_dropped_total", ["reason": "memory"]] ?? 0 > 0)
        #expect(cut["slurm_exporter_up"] == 1)
        let least = try await shard.scrape {
            $0["slurm_exporter_memory_guard_level"] == 2 && $0.series("slurm_partition_cpus_effective").isEmpty
        }
        #expect(least.series("slurm_cluster_nodes_total") == whole.series("slurm_cluster_nodes_total"))
    }
}
