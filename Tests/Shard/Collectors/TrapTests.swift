import Slurm
import Testing

@testable import Collectors

/// What other exporters got wrong at one time or another, as far as nothing else here would notice.
struct TrapTests {
    private let records = Records()

    /// Limits that were thought to be sane, and counts of 16 bits.
    @Test(arguments: [
        (Collector.Name.cluster, "slurm_cluster_job_%_allocated"), (.partitions, "slurm_partition_job_%_allocated"),
        (.users, "slurm_user_%_allocated"), (.accounts, "slurm_account_%_allocated"),
        (.jobs, "slurm_jobs_allocated_%"), (.jobs, "slurm_job_%_allocated"),
    ])
    func whatALargeJobHasIsShown(_ name: Collector.Name, _ families: String) {
        var settings = CollectionSettings()
        settings.jobs.includesSeries = true
        let job = records.job(1, .running, cpus: 1_000_000, start: 1500) { job in
            job.allocated.memoryBytes = 8 << 50
            job.allocated.nodes = 70_000
        }
        let text = Collector.text(name, Generation(jobs: [job]), records.symbols, settings)
        func values(_ resource: String) -> [String] {
            text.all(families.replacing("%", with: resource)).map { String($0.split(separator: " ").last!) }
        }
        #expect(values("cpus").contains("1000000"))
        #expect(values("nodes").contains("70000"))
        let memory = families.hasSuffix("%") ? "memory_bytes" : "memory"
        let family = families.replacing("%", with: memory) + (families.hasSuffix("%") ? "" : "_bytes")
        #expect(text.all(family).contains { $0.hasSuffix(" 9007199254740992") })
    }

    /// An allowance for series that was used up by the same ones again and again.
    @Test func seriesOfJobsDoNotVanishAfterManyGenerations() {
        var settings = CollectionSettings()
        settings.jobs.includesSeries = true
        var collector = Collector(.jobs, settings)
        let generation = Generation(jobs: (1...200).map { records.job($0, .running, start: 1500) })
        for _ in 0..<50 {
            let text = Exposition(collector.collect(generation, records.symbols))
            #expect(text.all("slurm_job_info").count == 200)
        }
    }

    /// Differences of figures that were asked for one after another.
    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func nothingIsNegative(seed: UInt64) {
        var cluster = LivingCluster(seed: seed)
        var settings = CollectionSettings()
        settings.jobs.includesSeries = true
        var collectors = Collector.Name.allCases.map { Collector($0, settings) }
        for _ in 0..<5 {
            for place in collectors.indices {
                let text = Exposition(collectors[place].collect(cluster.generation, cluster.records.symbols))
                #expect(text.lines.filter { $0.split(separator: " ").last!.hasPrefix("-") } == [])
            }
            cluster.step()
        }
    }

    /// Words such as `localhost` or `default` in the place of what isn't known.
    @Test func whatSlurmDoesNotSayHasNoLabel() {
        var settings = CollectionSettings()
        settings.jobs.includesSeries = true
        var (job, node, partition) = (JobRecord(), NodeRecord(), PartitionRecord())
        job.id = 1
        node.name = "n1"
        partition.name = records.symbols.intern("main")
        let generation = Generation(
            jobs: [job], nodes: [node], partitions: [partition], controllers: [ControllerRecord()])
        func series(_ name: Collector.Name, _ family: String) -> [String] {
            Collector.text(name, generation, records.symbols, settings).all(family)
        }
        #expect(series(.jobs, "slurm_job_info") == [#"{job_id="1"} 1"#])
        #expect(series(.nodes, "slurm_node_info") == [#"{node="n1"} 1"#])
        #expect(series(.partitions, "slurm_partition_info") == [#"{partition="main"} 1"#])
        #expect(series(.cluster, "slurm_cluster_info") == [#"{cluster_name="alpha",version="25.11.2"} 1"#])
        #expect(series(.users, "slurm_user_jobs_total").allSatisfy { $0.hasPrefix("{state=") })
        for family in ["slurm_node_cpus_total", "slurm_node_memory_total_bytes", "slurm_node_weight"] {
            #expect(series(.nodes, family) == [])
        }
    }
}
