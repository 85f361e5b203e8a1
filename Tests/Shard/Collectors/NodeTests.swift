import Slurm
import Testing

@testable import Collectors

struct NodeTests {
    private let records = Records()

    @Test func eachNodeCountsOnceUnderTheStateThatSinfoShows() {
        let generation = Generation(nodes: [
            records.node("n1", .idle, .drain, in: ["a", "b"]), records.node("n2", .mixed, .drain),
            records.node("n3", .down, .notResponding), records.node("n4", .mixed), records.node("n5"),
            records.node("n6", .unknown),
        ])
        let text = Collector.text(.nodes, generation, records.symbols)
        let states = [
            #"{state="down"} 1"#, #"{state="drained"} 1"#, #"{state="draining"} 1"#, #"{state="idle"} 1"#,
            #"{state="mixed"} 1"#, #"{state="unknown"} 1"#,
        ]
        #expect(text["slurm_nodes_total"] == states)
        #expect(text["slurm_node_count_by_state"] == states)
        #expect(text["slurm_nodes_flags"] == [#"{flag="drain"} 2"#, #"{flag="not_responding"} 1"#])
        #expect(text.contains(#"slurm_nodes_total{state="allocated"} 0"#))
    }

    @Test func notRespondingIsNotHidden() {
        let generation = Generation(nodes: [records.node("n1", .idle, .notResponding)])
        let text = Collector.text(.nodes, generation, records.symbols)
        #expect(
            text.all("slurm_node_state") == [
                #"{node="n1",state="idle"} 1"#, #"{node="n1",state="not_responding"} 1"#,
            ])
    }

    @Test func seriesOfANode() {
        let node = records.node("n1", .mixed, in: ["zeta", "alpha"], cpus: 128, allocated: 32) { node in
            node.effectiveCPUs = 126
            node.memoryBytes = 1 << 40
            node.effectiveMemoryBytes = (1 << 40) - 512
            node.allocatedMemoryBytes = 1 << 30
            node.freeMemoryBytes = 5 << 30
            node.load = 12.34
            node.gpus = records.gpus(["h100": 4])
            node.allocatedGPUs = records.gpus(["h100": 3])
            node.genericResources = [
                GenericResource(name: records.symbols.intern("gpu:h100"), total: 4, used: 3),
                GenericResource(name: records.symbols.intern("nvme"), total: 2),
            ]
            (node.watts, node.consumedJoules) = (350.5, 123_456.7)
            node.booted = Timestamp(900)
            node.daemonStarted = Timestamp(950)
            node.lastBusy = Timestamp(1900)
            node.architecture = "x86_64"
            node.operatingSystem = #"Linux "6.1""#
            node.version = "25.11.2"
            node.weight = 7
            node.features = records.names(["fast", "ib"])
        }
        let text = Collector.text(.nodes, Generation(nodes: [node]), records.symbols)
        let expected = [
            #"slurm_node_info{node="n1",partition="alpha",arch="x86_64",os="Linux \"6.1\"",features="fast,ib","#
                + #"version="25.11.2",weight="7",gres="gpu:h100:4,nvme:2"} 1"#,
            #"slurm_node_state{node="n1",state="mixed"} 1"#, #"slurm_node_partition{node="n1",partition="alpha"} 1"#,
            #"slurm_node_partition{node="n1",partition="zeta"} 1"#, #"slurm_node_cpus_total{node="n1"} 128"#,
            #"slurm_node_cpus_effective{node="n1"} 126"#, #"slurm_node_cpus_allocated{node="n1"} 32"#,
            #"slurm_node_cpus_idle{node="n1"} 96"#, #"slurm_node_cpu_cores_total{node="n1"} 128"#,
            #"slurm_node_memory_total_bytes{node="n1"} 1099511627776"#,
            #"slurm_node_memory_effective_bytes{node="n1"} 1099511627264"#,
            #"slurm_node_memory_allocated_bytes{node="n1"} 1073741824"#,
            #"slurm_node_memory_free_bytes{node="n1"} 5368709120"#, #"slurm_node_load{node="n1"} 12.34"#,
            #"slurm_node_power_usage_watts{node="n1"} 350.5"#, #"slurm_node_energy_joules_total{node="n1"} 123457"#,
            #"slurm_node_weight{node="n1"} 7"#, #"slurm_node_boot_timestamp_seconds{node="n1"} 900"#,
            #"slurm_node_daemon_start_timestamp_seconds{node="n1"} 950"#,
            #"slurm_node_last_busy_timestamp_seconds{node="n1"} 1900"#,
            #"slurm_node_gpus_total{node="n1",gpu_type="h100"} 4"#,
            #"slurm_node_gpus_allocated{node="n1",gpu_type="h100"} 3"#,
            #"slurm_node_gres_total{node="n1",gres="gpu:h100"} 4"#, #"slurm_node_gres_total{node="n1",gres="nvme"} 2"#,
            #"slurm_node_gres_used{node="n1",gres="gpu:h100"} 3"#, #"slurm_node_details{partition="alpha"} 1"#,
        ]
        let others = [
            "slurm_node_count_", "slurm_node_unavailable_", "slurm_node_draining_", "slurm_node_gpu_seconds_",
        ]
        #expect(
            text.lines.filter { line in
                line.hasPrefix("slurm_node_") && !others.contains { line.hasPrefix($0) }
            } == expected)
    }

    @Test func whatANodeNeverReportedIsAbsent() {
        let text = Collector.text(.nodes, Generation(nodes: [records.node("n1", .down)]), records.symbols)
        #expect(text.all("slurm_node_load") == [])
        #expect(text.all("slurm_node_memory_free_bytes") == [])
        #expect(text.all("slurm_node_boot_timestamp_seconds") == [])
        #expect(text.all("slurm_node_reason_info") == [])
    }

    @Test func aReasonComesWithWhoAndWhen() {
        let node = records.node("n1", .down) { node in
            node.reason = "broken \"disk\""
            node.reasonUser = "root"
            node.reasonSince = Timestamp(77)
        }
        let text = Collector.text(.nodes, Generation(nodes: [node]), records.symbols)
        #expect(text.all("slurm_node_reason_info") == [#"{node="n1",reason="broken \"disk\"",user="root"} 1"#])
        #expect(text.all("slurm_node_reason_timestamp_seconds") == [#"{node="n1"} 77"#])
    }

    @Test func selectionByMembershipAndStateSaysWhatItLeavesOut() {
        var settings = CollectionSettings()
        settings.nodes.partitions = ["gpu"]
        settings.nodes.states = ["idle", "drain"]
        settings.nodes.includesFeatures = false
        let generation = Generation(nodes: [
            records.node("n1", in: ["all", "gpu"]) { $0.features = records.names(["fast"]) },
            records.node("n2", .idle, .drain, in: ["gpu"]), records.node("n3", .allocated, in: ["gpu"]),
            records.node("n4", in: ["all"]),
        ])
        let text = Collector.text(.nodes, generation, records.symbols, settings)
        #expect(text["slurm_nodes_total"] == [#"{state="drained"} 1"#, #"{state="idle"} 1"#])
        #expect(text["slurm_nodes_excluded"] == [" 2"])
        #expect(
            text.all("slurm_node_info") == [#"{node="n1",partition="all"} 1"#, #"{node="n2",partition="gpu"} 1"#])
    }

    @Test func withoutSeriesThereAreTotalsOnly() {
        var settings = CollectionSettings()
        settings.nodes.includesSeries = false
        let text = Collector.text(.nodes, Generation(nodes: [records.node("n1")]), records.symbols, settings)
        #expect(text["slurm_nodes_total"] == [#"{state="idle"} 1"#])
        #expect(text.all("slurm_node_info") == [])
    }

    /// As exporters did that counted label values from their start on.
    @Test func seriesDoNotVanishAfterManyGenerations() {
        var collector = Collector(.nodes, CollectionSettings())
        let generation = Generation(nodes: (0..<50).map { records.node("n\($0)") })
        let first = Exposition(collector.collect(generation, records.symbols))
        for _ in 0..<100 { #expect(Exposition(collector.collect(generation, records.symbols)) == first) }
    }
}
