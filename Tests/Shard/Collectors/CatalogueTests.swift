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
        ("slurm_scheduler_", .scheduler), ("hpc_", .jobs), ("slurm_qos_", .qos),
        ("slurm_reservations_", .reservations), ("slurm_reservation_", .reservations),
        ("slurm_licenses_", .licenses), ("slurm_license_", .licenses), ("slurm_fairshare_", .fairshare),
        ("slurm_accounting_", .accounting), ("slurm_dbd_", .accounting),
    ])
    func namesDoNotClashUnderAPrefix(_ prefix: String, _ collector: Collector.Name) throws {
        let families = try #require(catalogue.byCollector[collector])
        #expect(NameClash.all(among: families, under: try MetricPrefix(validating: prefix)) == [])
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
