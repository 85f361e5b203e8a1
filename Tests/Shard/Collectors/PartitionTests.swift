import Slurm
import Testing

@testable import Collectors

struct PartitionTests {
    private let records = Records()

    @Test func aNodeInSeveralPartitionsIsInEach() {
        let generation = Generation(nodes: [
            records.node("n1", .mixed, in: ["gpu", "main"], cpus: 64, allocated: 16),
            records.node("n2", in: ["main"], cpus: 32),
        ])
        let text = Collector.text(.partitions, generation, records.symbols)
        #expect(text["slurm_partition_nodes_total"] == [#"{partition="gpu"} 1"#, #"{partition="main"} 2"#])
        #expect(text["slurm_partition_cpus_total"] == [#"{partition="gpu"} 64"#, #"{partition="main"} 96"#])
        #expect(text["slurm_partition_cpus_allocated"] == [#"{partition="gpu"} 16"#, #"{partition="main"} 16"#])
        #expect(text["slurm_partition_cpus_idle"] == [#"{partition="gpu"} 48"#, #"{partition="main"} 80"#])
        #expect(text["slurm_partition_nodes_idle"] == [#"{partition="main"} 1"#])
        #expect(
            text["slurm_partition_nodes"] == [
                #"{partition="gpu",state="mixed"} 1"#, #"{partition="main",state="idle"} 1"#,
                #"{partition="main",state="mixed"} 1"#,
            ])
        #expect(text.contains(#"slurm_partition_utilization{partition="gpu"} 0.25"#))
    }

    @Test func aPartitionNamedTwiceCountsOnce() {
        let generation = Generation(
            jobs: [records.job(1, in: ["main", "main"])], nodes: [records.node("n1", in: ["main", "main"])])
        let text = Collector.text(.partitions, generation, records.symbols)
        #expect(text["slurm_partition_nodes_total"] == [#"{partition="main"} 1"#])
        #expect(text["slurm_partition_jobs_pending"] == [#"{partition="main"} 1"#])
    }

    @Test func aJobThatWaitsInTwoIsQueuedInBoth() {
        let generation = Generation(jobs: [
            records.job(1, in: ["main", "gpu"], cpus: 4), records.job(2, .running, in: ["gpu"], cpus: 8, start: 1500),
        ])
        let text = Collector.text(.partitions, generation, records.symbols)
        #expect(text["slurm_partition_jobs_pending"] == [#"{partition="gpu"} 1"#, #"{partition="main"} 1"#])
        #expect(text["slurm_partition_jobs_running"] == [#"{partition="gpu"} 1"#])
        #expect(text["slurm_partition_jobs_requested_cpus"] == [#"{partition="gpu"} 4"#, #"{partition="main"} 4"#])
    }

    /// The nodes' CPUs count in each of their partitions, a job's in one.
    @Test func whatJobsHaveAddsUpOverPartitions() {
        let generation = Generation(
            jobs: [
                records.job(1, .running, in: ["gpu"], cpus: 8, start: 1500),
                records.job(2, .suspended, in: ["main"], cpus: 4, start: 1500),
                records.job(3, in: ["main", "gpu"], cpus: 64),
            ],
            nodes: [records.node("n1", .mixed, in: ["gpu", "main"], cpus: 64, allocated: 8)])
        let text = Collector.text(.partitions, generation, records.symbols)
        #expect(text["slurm_partition_cpus_allocated"] == [#"{partition="gpu"} 8"#, #"{partition="main"} 8"#])
        #expect(text["slurm_partition_job_cpus_allocated"] == [#"{partition="gpu"} 8"#, #"{partition="main"} 4"#])
    }

    @Test func theLargestJobThatWaitsIsThatOfEachPartition() {
        let generation = Generation(
            known: ["empty"],
            jobs: [
                records.job(1, in: ["main", "gpu"]) { $0.requested.nodes = 4 },
                records.job(2, in: ["main"]) { $0.requested.nodes = 2 },
                records.job(3, in: ["gpu"]) { ($0.requested.nodes, $0.isHeld) = (100, true) },
                records.job(4, .running, in: ["gpu"], start: 1500) { $0.requested.nodes = 512 },
            ])
        let text = Collector.text(.partitions, generation, records.symbols)
        #expect(
            text.all("slurm_partition_pending_max_nodes") == [
                #"{partition="empty",held="false"} 0"#, #"{partition="empty",held="true"} 0"#,
                #"{partition="gpu",held="false"} 4"#, #"{partition="gpu",held="true"} 100"#,
                #"{partition="main",held="false"} 4"#, #"{partition="main",held="true"} 0"#,
            ])
    }

    @Test func whatNodesHaveIsToldByTheirState() {
        let generation = Generation(nodes: [
            records.node("n1", .mixed, in: ["gpu", "main"], cpus: 64) { node in
                node.memoryBytes = 1 << 30
                node.gpus = records.gpus(["h100": 4])
            },
            records.node("n2", .down, in: ["main"], cpus: 32),
        ])
        let text = Collector.text(.partitions, generation, records.symbols)
        #expect(
            text["slurm_partition_cpus"] == [
                #"{partition="gpu",state="mixed"} 64"#, #"{partition="main",state="down"} 32"#,
                #"{partition="main",state="mixed"} 64"#,
            ])
        #expect(
            text["slurm_partition_memory_bytes"] == [
                #"{partition="gpu",state="mixed"} 1073741824"#, #"{partition="main",state="mixed"} 1073741824"#,
            ])
        #expect(
            text["slurm_partition_gpus"] == [
                #"{partition="gpu",state="mixed",gpu_type="h100"} 4"#,
                #"{partition="main",state="mixed",gpu_type="h100"} 4"#,
            ])
    }

    @Test func anEmptyPartitionShowsZeroAndNoUtilization() {
        let generation = Generation(known: ["empty", "main"], jobs: [records.job(1)], nodes: [records.node("n1")])
        let text = Collector.text(.partitions, generation, records.symbols)
        #expect(text.contains(#"slurm_partition_cpus_total{partition="empty"} 0"#))
        #expect(text.contains(#"slurm_partition_nodes{partition="empty",state="idle"} 0"#))
        #expect(text.contains(#"slurm_partition_jobs_total{partition="empty",state="pending"} 0"#))
        #expect(text.all("slurm_partition_utilization") == [#"{partition="main"} 0"#])
        #expect(text.all("slurm_partition_memory_total_bytes") == [#"{partition="empty"} 0"#])
    }

    @Test func gpusOfWhichNoneIsInUseAreZeroAndUntrackedOnesAbsent() {
        let generation = Generation(nodes: [
            records.node("n1", in: ["tracked"]) {
                $0.gpus = records.gpus(["h100": 4, "a100": 2])
                $0.allocatedGPUs = records.gpus(["h100": 1])
            },
            records.node("n2", in: ["untracked"]) { $0.gpus = records.gpus(["": 8]) },
        ])
        let text = Collector.text(.partitions, generation, records.symbols)
        #expect(
            text.all("slurm_partition_gpus_total") == [
                #"{partition="tracked",gpu_type="a100"} 2"#, #"{partition="tracked",gpu_type="h100"} 4"#,
                #"{partition="untracked"} 8"#,
            ])
        #expect(
            text.all("slurm_partition_gpus_allocated") == [
                #"{partition="tracked",gpu_type="a100"} 0"#, #"{partition="tracked",gpu_type="h100"} 1"#,
            ])
        #expect(
            text.all("slurm_partition_gpu_utilization_ratio") == [
                #"{partition="tracked",gpu_type="a100"} 0"#, #"{partition="tracked",gpu_type="h100"} 0.25"#,
            ])
    }

    @Test func limitsThatAreNotSetOrUnlimitedAreAbsent() {
        var limited = PartitionRecord()
        limited.name = records.symbols.intern("limited")
        limited.state = .up
        limited.isDefault = true
        limited.maximumTimeSeconds = .value(3600)
        limited.defaultTimeSeconds = .value(60)
        limited.maximumNodes = .value(4)
        limited.priorityTier = 10
        var free = PartitionRecord()
        free.name = records.symbols.intern("free")
        free.state = .drain
        free.maximumTimeSeconds = .unlimited
        free.maximumNodes = .unlimited
        free.priorityTier = 0
        let text = Collector.text(.partitions, Generation(partitions: [limited, free]), records.symbols)
        #expect(text.all("slurm_partition_max_time_seconds") == [#"{partition="limited"} 3600"#])
        #expect(text.all("slurm_partition_default_time_seconds") == [#"{partition="limited"} 60"#])
        #expect(text.all("slurm_partition_max_nodes") == [#"{partition="limited"} 4"#])
        #expect(
            text.all("slurm_partition_priority_tier") == [#"{partition="free"} 0"#, #"{partition="limited"} 10"#])
        #expect(
            text.all("slurm_partition_info") == [
                #"{partition="free",state="drain"} 1"#, #"{partition="limited",state="up",default="true"} 1"#,
            ])
        #expect(
            text.all("slurm_partition_state") == [
                #"{partition="free",state="drain"} 1"#, #"{partition="limited",state="up"} 1"#,
            ])
    }
}
