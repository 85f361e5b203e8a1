import Metrics
import Slurm
import Testing

@testable import Collectors

struct CompatibilityTests {
    private let records = Records()

    @Test(arguments: [
        (CompatibilitySet.vpenso, PeerNames.vpenso), (.rivosinc, PeerNames.rivosinc), (.native, PeerNames.native),
    ])
    func hasTheOriginalsNamesAndLabels(_ set: CompatibilitySet, _ names: Set<String>) {
        let found = set.rows.map { row in
            let labels = row.family.labelNames
            return row.family.name.text + (labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}")
        }
        #expect(Set(found).subtracting(names) == [])
        #expect(names.subtracting(found) == [])
        #expect(Set(found).count == found.count, "one stands there twice")
    }

    /// What is documented is collected, each family by one collector.
    @Test(arguments: CompatibilitySet.allCases)
    func everyRowIsCollected(_ set: CompatibilitySet) {
        var settings = CollectionSettings()
        settings.fairshare.includesLimits = true
        let collected = Collector.Name.allCases.flatMap { set.collector($0, settings).families }.map(\.name)
        let scrapes = set == .rivosinc ? PeerScrape.all.map(\.row.family.name) : []
        #expect((collected + scrapes).sorted() == set.rows.map(\.family.name).sorted())
    }

    /// A set's collector needs nothing that its namesake here isn't given.
    @Test(arguments: CompatibilitySet.allCases)
    func asksForNoFeedOfItsOwn(_ set: CompatibilitySet) {
        var settings = CollectionSettings()
        for includesLimits in [true, false] {
            settings.fairshare.includesLimits = includesLimits
            for name in Collector.Name.allCases {
                let own = Set(Collector(name, settings).feeds)
                #expect(own.isSuperset(of: set.collector(name, settings).feeds), "\(name)")
            }
        }
    }

    @Test(arguments: CompatibilitySet.allCases)
    func everyNamedCounterpartExists(_ set: CompatibilitySet) {
        let known = Set(Catalogue().families.map(\.name.text))
        for row in set.rows {
            for name in row.counterpart.matches(of: /slurm_[a-z_]+/).map({ String($0.output) })
            where !name.hasPrefix("slurm_exporter_") {
                let base = name.hasSuffix("_sum") ? String(name.dropLast(4)) : name
                #expect(known.contains(base), "\(row.family.name): \(name)")
            }
        }
    }

    @Test func aJobThatWaitsForSeveralPartitionsIsQueuedInEach() {
        let generation = Generation(jobs: [records.job(1, in: ["a", "b"], cpus: 4)])
        #expect(
            text(.vpenso, .partitions, generation)["slurm_partition_jobs_pending"] == [
                #"{partition="a"} 1"#, #"{partition="b"} 1"#,
            ])
        #expect(
            text(.rivosinc, .partitions, generation)["slurm_partition_job_state_total"] == [
                #"{partition="a",state="PENDING"} 1"#, #"{partition="b",state="PENDING"} 1"#,
            ])
        #expect(text(.native, .partitions, generation)["slurm_partition_jobs_pending"].count == 2)
    }

    @Test func aNodeInSeveralPartitionsCountsOnce() {
        let generation = Generation(nodes: [
            records.node("n1", .idle, in: ["a", "b"], cpus: 8), records.node("n2", .idle, in: ["a"], cpus: 8),
        ])
        let text = text(.vpenso, .cluster, generation)
        #expect(text["slurm_nodes_idle"] == [" 2"])
        #expect(text["slurm_cpus_total"] == [" 16"])
    }

    @Test func nodesThatDrainAreToldFromThoseThatAreDrained() {
        let generation = Generation(nodes: [
            records.node("n1", .mixed, .drain, allocated: 1), records.node("n2", .idle, .drain),
            records.node("n3", .idle, [.drain, .completing]), records.node("n4", .down),
        ])
        let text = text(.native, .nodes, generation)
        #expect(text["slurm_nodes_draining"] == [" 2"])
        #expect(text["slurm_nodes_drained"] == [" 1"])
        #expect(text["slurm_nodes_drain"] == [" 1"])
        #expect(text["slurm_nodes_idle"] == [" 2"])
        #expect(text["slurm_nodes_mixed"] == [" 1"])
    }

    @Test func nodesThatPowerUpAreNotThoseThatPowerDown() {
        let generation = Generation(nodes: [
            records.node("n1", .idle, .poweringUp), records.node("n2", .idle, .poweringDown),
            records.node("n3", .idle, .poweringDown),
        ])
        #expect(text(.native, .nodes, generation)["slurm_nodes_powering_up"] == [" 1"])
    }

    @Test func cpusBeyondSixteenBitsAreCountedOn() {
        let nodes = (1...300).map { records.node("n\($0)", .allocated, cpus: 256, allocated: 256) }
        let text = text(.native, .partitions, Generation(nodes: nodes))
        #expect(text["slurm_partition_nodes_cpus_alloc"] == [#"{partition="main"} 76800"#])
    }

    @Test func aNodeThatJobsShareCountsOnceForThem() {
        let generation = Generation(jobs: [
            records.job(1, .running, start: 1) { $0.nodeList = "cn[1-3]" },
            records.job(2, .running, user: "bob", start: 1) { $0.nodeList = "cn3" },
            records.job(3, .completed, start: 1, end: 2) { $0.nodeList = "cn9" },
        ])
        #expect(text(.native, .jobs, generation)["slurm_jobs_nodes_alloc"] == [" 3"])
        #expect(
            text(.native, .users, generation)["slurm_user_jobs_nodes_alloc"] == [
                #"{username="ann"} 3"#, #"{username="bob"} 1"#,
            ])
    }

    @Test func whatEndedHasNothing() {
        let generation = Generation(jobs: [
            records.job(1, .completed, cpus: 64, start: 1, end: 2), records.job(2, .running, cpus: 8, start: 1),
            records.job(3, cpus: 2) { $0.tasks = TaskCount(known: 10) },
        ])
        #expect(
            text(.rivosinc, .users, generation)["slurm_user_cpu_alloc"] == [
                #"{username="ann",state="PENDING"} 20"#, #"{username="ann",state="RUNNING"} 8"#,
            ])
        #expect(text(.vpenso, .accounts, generation)["slurm_account_cpus_running"] == [#"{account="physics"} 8"#])
    }

    @Test func memoryIsInBytesOfTwoToTheTwenty() {
        let generation = Generation(nodes: [
            records.node("n1") {
                $0.memoryBytes = 1000 << 20
                $0.allocatedMemoryBytes = 500 << 20
            }
        ])
        #expect(text(.native, .nodes, generation)["slurm_node_memory_bytes"] == [#"{node="n1"} 1048576000"#])
        #expect(text(.rivosinc, .cluster, generation)["slurm_mem_real"] == [" 1048576000"])
        #expect(text(.vpenso, .nodes, generation)["slurm_node_mem_total"] == [#"{node="n1",status="idle"} 1000"#])
    }

    @Test func excludedUsersAreNowhere() {
        var settings = CollectionSettings()
        settings.users.excluded = ["ann"]
        let generation = Generation(jobs: [records.job(1), records.job(2, user: "bob")])
        for set in CompatibilitySet.allCases {
            let text = text(set, .users, generation, settings)
            #expect(!text.lines.contains { $0.contains("\"ann\"") } && text.lines.contains { $0.contains("\"bob\"") })
        }
    }

    private func text(
        _ set: CompatibilitySet, _ name: Collector.Name, _ generation: Generation,
        _ settings: CollectionSettings = CollectionSettings()
    ) -> Exposition {
        var collector = set.collector(name, settings)
        return Exposition(collector.collect(generation, records.symbols))
    }
}
