import Metrics
import Testing

@Suite struct MetricNameTests {
    @Test(arguments: ["a", "_", ":", "slurm_jobs", "Node:cpu:rate5m", "a9"])
    func namesInsideTheGrammarAreTaken(_ text: String) throws {
        #expect(try MetricName(validating: text).text == text)
    }

    @Test(arguments: ["", "9a", "a-b", "a b", "größe", "a\n", "a{", "a\u{0}"])
    func namesOutsideTheGrammarAreRefused(_ text: String) {
        #expect(throws: InvalidName.self) { try MetricName(validating: text) }
        #expect(throws: InvalidName.self) { try LabelName(validating: text) }
        #expect(throws: InvalidName.self) { try MetricPrefix(validating: text + "-") }
    }

    @Test(arguments: ["a:b", "__name__", "__x"])
    func labelNamesHaveLimitsOfTheirOwn(_ text: String) throws {
        #expect(throws: InvalidName.self) { try LabelName(validating: text) }
        _ = try MetricName(validating: text)
    }

    @Test func aPrefixEndsInUnderscore() {
        #expect(throws: InvalidName.self) { try MetricPrefix(validating: "slurm") }
    }

    @Test(arguments: [
        ("slurm_jobs_", "slurm_job_wait_time_seconds", "slurm_jobs_wait_time_seconds"),
        ("slurm_jobs_", "slurm_jobs_completed_total", "slurm_jobs_completed_total"),
        ("slurm_cluster_", "slurm_cluster_health", "slurm_cluster_health"),
        ("slurm_nodes_", "slurm_node_count", "slurm_nodes_count"),
        ("slurm_node_", "slurm_nodes_total", "slurm_node_total"),
        ("slurm_queries_", "slurm_query_duration_seconds", "slurm_queries_duration_seconds"),
        ("slurm_class_", "slurm_clas_size", "slurm_class_clas_size"),
        ("slurm_gpu_jobs_", "slurm_jobs_pending", "slurm_gpu_jobs_pending"),
        ("slurm_gpu_jobs_", "slurm_gpu_jobs_pending", "slurm_gpu_jobs_pending"),
        ("slurm_jobs_", "slurm_partition_jobs", "slurm_jobs_partition_jobs"),
        ("slurm_", "slurm_jobs_pending", "slurm_jobs_pending"),
        ("hpc_", "slurm_jobs_pending", "hpc_jobs_pending"),
        ("slurm_targets_", "slurm_targets", "slurm_targets"),
        ("slurm_infos_", "slurm_info", "slurm_infos_info"),
        ("slurm_jobs_", "slurm_exporter_up", "slurm_exporter_up"),
        ("slurm_jobs_", "slurm_fleet_shards", "slurm_fleet_shards"),
        ("slurm_jobs_", "process_cpu_seconds_total", "process_cpu_seconds_total"),
    ])
    func aPrefixStandsInPlaceOfSlurm(_ prefix: String, _ name: String, _ result: String) throws {
        let prefix = try MetricPrefix(validating: prefix)
        #expect(try MetricName(validating: name).prefixed(by: prefix).text == result)
    }

    @Test func namesSortByTheirBytes() {
        let names: [MetricName] = ["a_b", "aB", "a:b", "a"]
        #expect(names.sorted() == ["a", "a:b", "aB", "a_b"])
    }
}
