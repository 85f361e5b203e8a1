import Testing

@testable import slurm_shard

/// The names that dashboards, rules and guides in the field use for this exporter, with the types and labels that they
/// rely on: each is in the catalogue.
struct KnownNameTests {
    struct Known: CustomTestStringConvertible, Sendable {
        let name: String
        let type: String
        let labels: [String]

        init(_ name: String, _ type: String = "gauge", by labels: String...) {
            self.name = name
            self.type = type
            self.labels = labels
        }

        var testDescription: String { name }
    }

    private static let levels = [
        Known("slurm_cluster_health"), Known("slurm_controller_status"),
        Known("slurm_node_count_by_state", by: "state"),
        Known("slurm_cluster_utilization"), Known("slurm_job_queue_length"),
        Known("slurm_partition_utilization", by: "partition"), Known("slurm_node_details"), Known("slurm_job_details"),
        Known("slurm_user_statistics", by: "user"), Known("slurm_account_usage", by: "account"),
    ]

    private static let jobs = [
        Known("slurm_job_info", "info", by: "user", "account", "partition", "qos", "job_name"),
        Known("slurm_user_jobs_total", by: "user", "state"), Known("slurm_jobs_total", by: "partition", "state"),
        Known("slurm_jobs_pending", by: "partition"), Known("slurm_jobs_running"),
        Known("slurm_job_wait_time_seconds", "histogram", by: "partition"),
        Known("slurm_jobs_completed_total", "counter", by: "account"),
        Known("slurm_jobs_failed_total", "counter", by: "partition", "user"),
    ]

    private static let nodes = [
        Known("slurm_cluster_cpus_total"), Known("slurm_nodes_total", by: "state"), Known("slurm_controller_up"),
        Known("slurm_partition_cpus_allocated", by: "partition"), Known("slurm_partition_cpus_total", by: "partition"),
        Known("slurm_partition_memory_allocated_bytes", by: "partition"),
        Known("slurm_partition_memory_total_bytes", by: "partition"),
        Known("slurm_partition_nodes_idle", by: "partition"), Known("slurm_partition_nodes_total", by: "partition"),
        Known("slurm_node_cpus_allocated", by: "node"), Known("slurm_node_cpus_total", by: "node"),
        Known("slurm_node_cpu_cores_total", by: "node"), Known("slurm_node_gpus_allocated", by: "node"),
        Known("slurm_node_gpus_total", by: "node"),
    ]

    private static let exporter = [
        Known("slurm_exporter_api_requests_total", "counter"), Known("slurm_exporter_cardinality_current"),
        Known("slurm_exporter_collect_duration_seconds", "histogram"),
        Known("slurm_exporter_collect_errors_total", "counter"),
        Known("slurm_exporter_collection_duration_seconds", "histogram", by: "collector"),
        Known("slurm_exporter_collection_errors_total", "counter"),
        Known("slurm_exporter_collections_total", "counter"),
        Known("slurm_exporter_memory_usage_bytes"), Known("slurm_exporter_scrape_duration_seconds"),
        Known("slurm_exporter_scrape_duration_seconds_bucket", "unknown", by: "le"),
    ]

    /// Of ended jobs, reservations and the database.
    private static let accounting = [
        Known("slurm_account_cpu_hours_used_total", "counter", by: "user", "account"), Known("slurm_database_up"),
        Known("slurm_job_cpu_efficiency_ratio", "histogram", by: "partition"),
        Known("slurm_job_cpu_hours_total", "counter", by: "user"),
        Known("slurm_job_waste_cpu_hours", "counter"),
        Known("slurm_job_waste_memory_gb_hours", "counter", by: "partition"),
        Known("slurm_reservation_cpus"),
    ]

    @Test(arguments: levels + jobs + nodes + exporter + accounting)
    func isInTheCatalogue(_ known: Known) throws {
        let row = try #require(Self.rows[known.name])
        #expect(row.type == known.type)
        #expect(row.labels.isSuperset(of: known.labels))
    }

    /// What others use beside those: the recording rules under deploy/prometheus make `slurm:…`, the load tests
    /// `slurm_load_test_…` and `slurm_benchmark_…`, and `/metrics?set=rivosinc` shows what that exporter calls
    /// `slurm_cpus_…`, `slurm_mem_…`, `slurm_cpu_load` and `slurm_node_count_per_state`.
    @Test(arguments: [
        "slurm_load_test_response_time_p95", "slurm_benchmark_memory_allocs_per_second", "slurm_cpu_load",
        "slurm_cpus_idle", "slurm_cpus_per_state", "slurm_cpus_total", "slurm_job_scrape_duration", "slurm_mem_alloc",
        "slurm_mem_free", "slurm_mem_real", "slurm_node_count_per_state", "slurm_node_scrape_duration",
    ])
    func comesFromElsewhere(_ name: String) {
        #expect(Self.rows[name] == nil)
    }

    private typealias Row = (type: String, labels: Set<String>)

    private static let rows: [String: Row] = CataloguePage.text.split(separator: "\n").reduce(into: [:]) { rows, line in
        let cells = line.split(separator: "|").map { $0.filter { $0 != "`" && $0 != " " } }
        guard line.hasPrefix("| `slurm_"), cells.count > 3 else { return }
        rows[cells[0]] = (cells[1], Set(cells[2].split(separator: ",").map(String.init)))
    }
}
