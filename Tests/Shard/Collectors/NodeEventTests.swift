import Slurm
import Testing

@testable import Collectors

struct NodeEventTests {
    private let records = Records()
    private var collector = Collector(.nodes, CollectionSettings())

    private mutating func collect(at time: Int64, known: [String] = [], _ nodes: [NodeRecord]) -> Exposition {
        Exposition(collector.collect(Generation(time: time, known: known, nodes: nodes), records.symbols))
    }

    @Test mutating func aChangeOfStateCountsOnce() {
        let nodes = [records.node("n1"), records.node("n2")]
        #expect(collect(at: 1000, nodes).all("slurm_node_state_transitions_total") == [])
        let changed = [records.node("n1", .allocated), records.node("n2", .allocated)]
        let expected = [#"{from="idle",to="allocated"} 2"#]
        #expect(collect(at: 1060, changed).all("slurm_node_state_transitions_total") == expected)
        #expect(collect(at: 1120, changed).all("slurm_node_state_transitions_total") == expected)
        let drained = [records.node("n2", .allocated, .drain), records.node("n1", .allocated)]
        #expect(
            collect(at: 1180, drained).all("slurm_node_state_transitions_total")
                == [#"{from="allocated",to="draining"} 1"#] + expected)
    }

    @Test mutating func anOutageIsMeasuredWhenItIsOver() {
        _ = collect(at: 1000, [records.node("n1")])
        _ = collect(at: 1060, [records.node("n1", .down, .notResponding)])
        // Still out of service.
        _ = collect(at: 1120, [records.node("n1", .idle, .drain)])
        var text = collect(at: 1180, [records.node("n1", .down)])
        #expect(text["slurm_node_unavailable_duration_seconds_count"] == [])
        text = collect(at: 1240, [records.node("n1")])
        #expect(text["slurm_node_unavailable_duration_seconds_count"] == [#"{partition="main"} 1"#])
        #expect(text["slurm_node_unavailable_duration_seconds_sum"] == [#"{partition="main"} 180"#])
        #expect(text.all("slurm_node_draining_duration_seconds_count") == [#"{partition="main"} 0"#])
    }

    @Test mutating func drainingEndsWhereTheNodeIsDrainedOrWorksOn() {
        let (busy, draining) = (records.node("n1", .mixed), records.node("n1", .mixed, .drain))
        _ = collect(at: 1000, [busy])
        _ = collect(at: 1060, [draining])
        _ = collect(at: 1090, [records.node("n1", .idle, .drain)])
        _ = collect(at: 1120, [busy])
        _ = collect(at: 1180, [draining])
        let text = collect(at: 1190, [busy])
        #expect(text["slurm_node_draining_duration_seconds_count"] == [#"{partition="main"} 2"#])
        #expect(text["slurm_node_draining_duration_seconds_sum"] == [#"{partition="main"} 40"#])
        #expect(text["slurm_node_unavailable_duration_seconds_sum"] == [#"{partition="main"} 30"#])
    }

    @Test mutating func whatBeganBeforeCountingIsNotMeasured() {
        _ = collect(at: 1000, known: ["gpu", "main"], [records.node("n1", .down)])
        let text = collect(at: 1060, known: ["gpu", "main"], [records.node("n1")])
        #expect(text["slurm_node_state_transitions_total"] == [#"{from="down",to="idle"} 1"#])
        #expect(
            text.all("slurm_node_unavailable_duration_seconds_count") == [
                #"{partition="gpu"} 0"#, #"{partition="main"} 0"#,
            ])
    }

    /// Whoever counts its new partition may not have seen it before.
    @Test mutating func aNodeThatMovesIsANewOne() {
        _ = collect(at: 1000, [records.node("n1", in: ["alpha"]) { $0.gpus = records.gpus(["": 2]) }])
        _ = collect(at: 1060, [records.node("n1", .down, in: ["alpha"]) { $0.gpus = records.gpus(["": 2]) }])
        let text = collect(at: 1120, [records.node("n1", in: ["beta"]) { $0.gpus = records.gpus(["": 2]) }])
        #expect(text["slurm_node_state_transitions_total"] == [#"{from="idle",to="down"} 1"#])
        #expect(text["slurm_node_unavailable_duration_seconds_count"] == [])
        #expect(text.all("slurm_node_gpu_seconds_total") == [#"{node="n1",state="idle"} 0"#])
    }

    /// Else it would depend on how often Slurm is asked while it stands still whether a series is there.
    @Test mutating func timeWithGPUsBeginsAtZero() {
        func node(_ state: NodeState.Base) -> [NodeRecord] {
            [records.node("n1", state) { $0.gpus = records.gpus(["": 2]) }, records.node("n2", state)]
        }
        var text = collect(at: 1000, node(.idle))
        #expect(text.all("slurm_node_gpu_seconds_total") == [#"{node="n1",state="idle"} 0"#])
        text = collect(at: 1060, node(.allocated))
        #expect(
            text.all("slurm_node_gpu_seconds_total") == [
                #"{node="n1",state="allocated"} 0"#, #"{node="n1",state="idle"} 120"#,
            ])
    }

    @Test mutating func gpusCountInTheStateThatTheEarlierAnswerShowed() {
        func node(_ state: NodeState.Base) -> [NodeRecord] {
            [records.node("n1", state) { $0.gpus = records.gpus(["h100": 3, "a100": 1]) }, records.node("n2", state)]
        }
        _ = collect(at: 1000, node(.idle))
        _ = collect(at: 1060, node(.allocated))
        let text = collect(at: 1070, node(.idle))
        #expect(
            text.all("slurm_node_gpu_seconds_total") == [
                #"{node="n1",state="allocated"} 40"#, #"{node="n1",state="idle"} 240"#,
            ])
    }

    @Test mutating func anAbandonedGenerationChangesNothing() {
        _ = collect(at: 1000, [records.node("n1")])
        for place in collector.nodes.indices {
            collector.nodes[place].begin(Generation(time: 1030).context())
            collector.nodes[place].add(records.node("n1", .down), records.symbols)
        }
        let text = collect(at: 1060, [records.node("n1", .allocated)])
        #expect(text.all("slurm_node_state_transitions_total") == [#"{from="idle",to="allocated"} 1"#])
    }

    @Test mutating func aNodeIsFoundWhateverTheOrder() {
        let nodes = (0..<20).map { records.node("n\($0)") }
        _ = collect(at: 1000, nodes)
        _ = collect(at: 1060, nodes.reversed())
        let text = collect(at: 1120, nodes.shuffled().map { records.node($0.name, .down) })
        #expect(text["slurm_node_state_transitions_total"] == [#"{from="idle",to="down"} 20"#])
    }
}
