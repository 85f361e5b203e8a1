import Slurm
import Testing

@testable import Collectors

struct ClusterTests {
    private let records = Records()

    @Test func whatNodesHaveAddsUpAndIsNotCapped() {
        let generation = Generation(nodes: [
            records.node("n1", .allocated, in: ["a", "b"], cpus: 70_000, allocated: 70_000) { node in
                node.memoryBytes = 4 << 40
                node.allocatedMemoryBytes = 2 << 40
                node.freeMemoryBytes = 1 << 40
                node.load = 0.1
            },
            records.node("n2", .down, in: ["a"], cpus: 30_000) { node in
                node.memoryBytes = 4 << 40
                node.allocatedMemoryBytes = 0
                node.freeMemoryBytes = nil
            },
            records.node("n3", in: [], cpus: 100_000) { $0.load = 0.2 },
        ])
        let text = Collector.text(.cluster, generation, records.symbols)
        #expect(text["slurm_cluster_cpus_total"] == [" 200000"])
        #expect(text["slurm_cluster_cpus_allocated"] == [" 70000"])
        #expect(text["slurm_cluster_cpus_idle"] == [" 100000"])
        #expect(
            text["slurm_cluster_cpus"] == [
                #"{state="allocated"} 70000"#, #"{state="down"} 30000"#, #"{state="idle"} 100000"#,
            ])
        #expect(text["slurm_cluster_memory_total_bytes"] == [" 8796093022208"])
        #expect(text["slurm_cluster_memory_free_bytes"] == [" 1099511627776"])
        #expect(text["slurm_cluster_cpu_load"] == [" 0.3"])
        #expect(text["slurm_cluster_utilization"] == [" 0.35"])
        #expect(text["slurm_cluster_memory_utilization_ratio"] == [" 0.25"])
        #expect(text["slurm_cluster_nodes_unreported"] == [" 2"])
        let health = 2.0 / 3
        #expect(text["slurm_cluster_health"] == [" \(health)"])
    }

    @Test func efficiencyIsTheLoadOfWhatJobsHave() {
        let generation = Generation(nodes: [
            records.node("n1", .mixed, cpus: 64, allocated: 32) { $0.load = 24 },
            records.node("n2", .allocated, cpus: 64, allocated: 64),
            records.node("n3", cpus: 64) { $0.load = 60 },
        ])
        let text = Collector.text(.cluster, generation, records.symbols)
        #expect(text.all("slurm_cluster_efficiency_percentage") == [#"{resource="cpu"} 75"#])
        #expect(
            Collector.text(.cluster, Generation(), records.symbols).all("slurm_cluster_efficiency_percentage") == [])
    }

    @Test func moreInUseThanThereIsLeavesNothingIdle() {
        let generation = Generation(nodes: [records.node("n1", .allocated, cpus: 4, allocated: 8)])
        #expect(Collector.text(.cluster, generation, records.symbols).all("slurm_cluster_cpus_idle") == [" 0"])
    }

    @Test func sumsOfAbsurdNumbersStopAtTheLargest() {
        let generation = Generation(
            jobs: [records.job(1, cpus: .max) { $0.tasks = TaskCount(known: .max) }, records.job(2, cpus: .max)],
            nodes: [records.node("n1", cpus: .max, allocated: .min), records.node("n2", cpus: .max)])
        let text = Collector.text(.cluster, generation, records.symbols)
        #expect(text["slurm_cluster_cpus_total"] == [" \(Double(Int.max))"])
    }

    @Test func anEmptyClusterIsZeroNotAbsent() {
        let text = Collector.text(.cluster, Generation(), records.symbols)
        #expect(text.contains(#"slurm_cluster_jobs_total{state="running"} 0"#))
        #expect(text.contains(#"slurm_cluster_nodes_total{state="idle"} 0"#))
        #expect(text.contains("slurm_cluster_cpus_total 0"))
        #expect(text.all("slurm_cluster_utilization") == [])
    }

    @Test func aVersionThatSaysNothingOfEffectiveCPUsHasNoSuchFamily() {
        let text = Collector.text(.cluster, Generation(nodes: [records.node("n1")]), records.symbols)
        #expect(text.all("slurm_cluster_cpus_effective") == [])
        #expect(text.all("slurm_cluster_memory_total_bytes") == [])
    }

    @Test func controllersAndTheClusterItself() {
        var primary = ControllerRecord()
        primary.host = "head1"
        primary.role = "primary"
        primary.isUp = true
        primary.latencySeconds = 0.000123
        var backup = ControllerRecord()
        backup.host = "head2"
        backup.role = "backup"
        backup.isUp = false
        let text = Collector.text(.cluster, Generation(controllers: [primary, backup]), records.symbols)
        #expect(
            text.all("slurm_controller_up") == [
                #"{host="head1",mode="primary"} 1"#, #"{host="head2",mode="backup"} 0"#,
            ])
        #expect(
            text.all("slurm_controller_ping_latency_seconds") == [#"{host="head1",mode="primary"} 0.000123"#])
        #expect(text.all("slurm_controller_status") == [" 1"])
        #expect(
            text.all("slurm_cluster_info") == [
                #"{cluster_name="alpha",version="25.11.2",control_host="head1",backup_host="head2"} 1"#
            ])
    }

    @Test func noControllerThatAnswersIsZero() {
        var controller = ControllerRecord()
        func status() -> [String] {
            Collector.text(.cluster, Generation(controllers: [controller]), records.symbols).all(
                "slurm_controller_status")
        }
        #expect(status() == [])
        controller.isUp = false
        #expect(status() == [" 0"])
    }
}
