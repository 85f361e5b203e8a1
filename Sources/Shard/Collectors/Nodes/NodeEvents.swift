import Metrics
import Slurm

/// Changes of nodes' states, each counted once, found by what changed from one generation to the next.
///
/// A node that isn't listed for a while, or whose home partition changes, is a new one: whoever counts that partition may
/// not have seen it before. What happened between two answers and was over by the second isn't seen.
struct NodeEvents: Fold {
    private struct Change: Hashable {
        let from: Int
        let to: Int
    }

    private struct Spell {
        let home: String
        let condition: NodeMark.Condition
        let since: Timestamp
    }

    /// Minutes to weeks.
    private static let bounds: [Double] = [60, 300, 1800, 3600, 14_400, 86_400, 604_800]
    private static let spells = FamilyGroup(labels: ["partition"], merge: .sum, feed: .nodes)

    private var transitions = SeriesTable(
        FamilyGroup(merge: .sum, feed: .nodes).counter(
            "slurm_node_state_transitions_total",
            "Changes of nodes' states, as sinfo shows them, from one answer of Slurm's to the next, since counting began.",
            by: ["from", "to"]))
    private var outages = SeriesTable(
        spells.histogram(
            "slurm_node_unavailable_duration_seconds",
            "How long nodes were down, drained, failed, in maintenance, rebooting or unknown, each time it is over;"
                + " from the first answer that showed it to the first that didn't, where its beginning was seen.",
            bounds: bounds, unit: "seconds"))
    private var drains = SeriesTable(
        spells.histogram(
            "slurm_node_draining_duration_seconds",
            "How long nodes were draining: to be drained, but still at work; measured like"
                + " slurm_node_unavailable_duration_seconds.",
            bounds: bounds, unit: "seconds"))
    private var gpuSeconds = SeriesTable(
        FamilyGroup(labels: ["node", "state"], level: .detailed, merge: .sum, feed: .nodes).counter(
            "slurm_node_gpu_seconds_total",
            "GPUs of a node times the time that the node was in a state, in use or not; between two answers it counts as"
                + " in the earlier one's.",
            unit: "seconds"))

    private var history = NodeHistory()
    private var marks: [NodeMark] = []
    private var place = 0
    private var changes: [Change: Int] = [:]
    private var ended: [Spell] = []
    private var scope = ScopeFilter()
    private var context = FoldContext(expectedTime: Timestamp(0))
    private let selection: NodeSelection
    private let showsNodes: Bool
    private var began: Timestamp?

    init(_ settings: CollectionSettings.Nodes) {
        selection = NodeSelection(settings)
        showsNodes = settings.includesSeries
    }

    private var tables: [SeriesTable] { [transitions, outages, drains] + (showsNodes ? [gpuSeconds] : []) }

    var families: [MetricFamily] { tables.map(\.family) }

    mutating func begin(_ context: FoldContext) {
        self.context = context
        scope.begin(context)
        marks.removeAll(keepingCapacity: true)
        changes.removeAll(keepingCapacity: true)
        ended.removeAll(keepingCapacity: true)
        place = 0
    }

    mutating func add(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) {
        let home = node.home(symbols)
        guard !node.name.isEmpty, scope.covers(home, symbols), selection.isMember(node, symbols) else { return }
        var mark = NodeMark(
            name: node.name, home: symbols[home], state: NodeStates.place(of: node.state), gpus: node.gpus.total)
        if let before = history.mark(of: node.name, near: &place), before.home == mark.home {
            mark.follow(before)
            if before.state != mark.state { count(before, mark) }
        }
        marks.append(mark)
    }

    private mutating func count(_ before: NodeMark, _ mark: NodeMark) {
        changes[Change(from: before.state, to: mark.state), default: 0] += 1
        guard before.condition != mark.condition, let since = before.since else { return }
        ended.append(Spell(home: mark.home, condition: before.condition, since: since))
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        let created = began ?? time
        began = created
        for place in marks.indices { marks[place].settle(at: time, after: history.answered) }
        if showsNodes { countGPUs() }
        recordChanges(created)
        recordSpells(created, at: time)
        history.replace(with: marks, at: time)
        return tables
    }
}

extension NodeEvents {
    private mutating func recordChanges(_ created: Timestamp) {
        for (change, count) in changes {
            let row = transitions.row(NodeStates.names[change.from], NodeStates.names[change.to])
            transitions.add(Double(count), at: row)
            transitions.setCreated(Double(created.seconds), at: row)
        }
        transitions.settle()
    }

    /// Each series begins at 0, before there is anything to count.
    private mutating func recordSpells(_ created: Timestamp, at time: Timestamp) {
        let homes = Set(marks.map(\.home)).union(context.partitions.filter(context.scope.covers))
        for home in homes {
            outages.setCreated(Double(created.seconds), at: outages.row(home))
            drains.setCreated(Double(created.seconds), at: drains.row(home))
        }
        for spell in ended {
            let seconds = Double(max(0, time.since(spell.since)))
            switch spell.condition {
            case .usable: break
            case .draining: drains.observe(seconds, at: drains.row(spell.home))
            case .unavailable: outages.observe(seconds, at: outages.row(spell.home))
            }
        }
        outages.settle()
        drains.settle()
    }

    private mutating func countGPUs() {
        gpuSeconds.beginGeneration()
        for mark in marks {
            for entry in mark.gpuSeconds {
                let row = gpuSeconds.row(mark.name, NodeStates.names[entry.state])
                gpuSeconds.set(Double(entry.seconds), at: row)
                if let began = mark.began { gpuSeconds.setCreated(Double(began.seconds), at: row) }
            }
        }
        gpuSeconds.endGeneration()
    }
}
