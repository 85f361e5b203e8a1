import Collectors
import Metrics
import Testing

struct CatalogueTests {
    private let catalogue = Catalogue()

    @Test func eachFamilyIsDeclaredOnce() {
        let names = catalogue.families.map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test func namesDoNotClash() {
        #expect(NameClash.all(among: catalogue.families) == [])
    }

    @Test(arguments: [
        ("slurm_cluster_", Collector.Name.cluster), ("slurm_nodes_", .nodes), ("slurm_node_", .nodes),
        ("slurm_partitions_", .partitions), ("slurm_partition_", .partitions), ("slurm_jobs_", .jobs),
        ("slurm_job_", .jobs), ("slurm_users_", .users), ("slurm_accounts_", .accounts),
        ("slurm_scheduler_", .scheduler), ("hpc_", .jobs),
    ])
    func namesDoNotClashUnderAPrefix(_ prefix: String, _ collector: Collector.Name) throws {
        let families = try #require(catalogue.byCollector[collector])
        #expect(NameClash.all(among: families, under: try MetricPrefix(validating: prefix)) == [])
    }

    @Test(arguments: [
        "slurm_cluster_health", "slurm_controller_status", "slurm_node_count_by_state", "slurm_cluster_utilization",
        "slurm_job_queue_length", "slurm_partition_utilization", "slurm_node_details", "slurm_job_details",
        "slurm_user_statistics", "slurm_account_usage", "slurm_user_jobs_total", "slurm_partition_cpus_allocated",
        "slurm_partition_cpus_total", "slurm_partition_memory_allocated_bytes", "slurm_partition_memory_total_bytes",
        "slurm_partition_nodes_idle", "slurm_partition_nodes_total", "slurm_jobs_pending", "slurm_jobs_total",
        "slurm_jobs_completed_total", "slurm_jobs_failed_total", "slurm_job_wait_time_seconds", "slurm_nodes_total",
        "slurm_node_gpus_allocated", "slurm_node_gpus_total", "slurm_node_cpus_allocated", "slurm_node_cpus_total",
        "slurm_controller_up", "slurm_cluster_cpus_total", "slurm_job_info", "slurm_job_cpu_efficiency_ratio",
        "slurm_job_waste_cpu_hours", "slurm_job_waste_memory_gb_hours", "slurm_job_cpu_hours_total",
        "slurm_account_cpu_hours_used_total", "slurm_jobs_terminal_total", "slurm_job_efficiency_percentage",
        "slurm_accounting_job_memory_efficiency_ratio",
        "slurm_accounting_cpu_seconds_total", "slurm_accounting_jobs_total",
        "slurm_accounting_last_refresh_timestamp_seconds",
    ])
    func hasTheNamesThatPeopleAlreadyUse(_ name: String) {
        #expect(catalogue.families.contains { $0.name.text == name })
    }

    @Test func countersAreNamedLikeCounters() {
        for family in catalogue.families {
            let isNamedByOthers = family.name.text.hasPrefix("slurm_job_waste_")
            if family.type == .counter, !isNamedByOthers { #expect(family.name.text.hasSuffix("_total")) }
            if let unit = family.unit { #expect(family.name.text.contains("_" + unit), "\(family.name)") }
        }
    }

    @Test func everyFamilySaysWhereItComesFrom() {
        #expect(catalogue.families.allSatisfy { $0.feed != nil })
    }

    /// A label that changes with time makes new series all the time.
    @Test func noLabelHoldsATime() {
        for family in catalogue.families {
            guard case .declared(let labels) = family.labels else { continue }
            #expect(!labels.contains { $0.text.contains("time") || $0.text.hasSuffix("_at") || $0.text == "since" })
        }
    }

    /// The renderer puts it on every series.
    @Test func noFamilyDeclaresTheClusterLabel() {
        for family in catalogue.families {
            guard case .declared(let labels) = family.labels else { continue }
            #expect(!labels.contains("cluster"))
        }
    }

    @Test func derivedFamiliesSayHowTheyAreComputed() {
        let derived = catalogue.families.filter { $0.merge == .derived }.map(\.name)
        #expect(Set(derived) == Set(Catalogue.ratios.map(\.family.name)))
        let names = Set(catalogue.families.map(\.name))
        #expect(Catalogue.ratios.allSatisfy { names.contains($0.part.name) && names.contains($0.whole.name) })
    }

    @Test func documentationHasARowForEachFamily() {
        let rows = catalogue.markdown.split(separator: "\n")
        for family in catalogue.families {
            #expect(rows.count { $0.hasPrefix("| `\(family.name)` |") } == 1)
        }
        #expect(rows.filter { $0.hasPrefix("## ") }.count == Collector.Name.allCases.count)
    }
}
