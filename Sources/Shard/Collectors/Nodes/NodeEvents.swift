import Metrics
import Slurm

/// Changes of nodes' states, each counted once, found by what changed from one generation to the next.
///
/// A node that isn't listed for a while, or whose home partition changes, is a new one: whoever counts that partition may
/// not have seen it before. What happened between two answers and was over by the second isn't seen.
struct NodeEvents: LastingFold {
    private struct Change: Hashable {
        let from: Int
        let to: Int
    }

    private struct Spell {
        let home: String
        let condition: NodeMark.Condition
        let since: Timestamp
    }

    private var counted = NodeLevels()
    /// As it was before the last generation, until the next.
    private var before: (counted: NodeLevels, history: NodeHistory, began: Timestamp?)?
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

    private var tables: [SeriesTable] { counted.tables(includingNodes: showsNodes) }

    var families: [MetricFamily] { tables.map(\.family) }

    mutating func begin(_ context: FoldContext) {
        self.context = context
        before = nil
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
        before = (counted, history, began)
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
            let row = counted.transitions.row(NodeStates.names[change.from], NodeStates.names[change.to])
            counted.transitions.add(Double(count), at: row)
            counted.transitions.setCreated(Double(created.seconds), at: row)
        }
        counted.transitions.settle()
    }

    /// Each series begins at 0, before there is anything to count.
    private mutating func recordSpells(_ created: Timestamp, at time: Timestamp) {
        let homes = Set(marks.map(\.home)).union(context.partitions.filter(context.scope.covers))
        for home in homes {
            counted.outages.setCreated(Double(created.seconds), at: counted.outages.row(home))
            counted.drains.setCreated(Double(created.seconds), at: counted.drains.row(home))
        }
        for spell in ended {
            let seconds = Double(max(0, time.since(spell.since)))
            switch spell.condition {
            case .usable: break
            case .draining: counted.drains.observe(seconds, at: counted.drains.row(spell.home))
            case .unavailable: counted.outages.observe(seconds, at: counted.outages.row(spell.home))
            }
        }
        counted.outages.settle()
        counted.drains.settle()
    }

    private mutating func countGPUs() {
        counted.gpuSeconds.beginGeneration()
        for mark in marks {
            for entry in mark.gpuSeconds {
                let row = counted.gpuSeconds.row(mark.name, NodeStates.names[entry.state])
                counted.gpuSeconds.set(Double(entry.seconds), at: row)
                if let began = mark.began { counted.gpuSeconds.setCreated(Double(began.seconds), at: row) }
            }
        }
        counted.gpuSeconds.endGeneration()
    }
}

extension NodeEvents {
    static let name = "node_events"

    var state: CounterState? {
        guard let began, let answered = history.answered else { return nil }
        return CounterState(
            name: Self.name, numbers: ["began": began.seconds, "answered": answered.seconds], marks: [], markWidth: 1,
            levels: tables + NodeMemory(history.marks).tables)
    }

    mutating func restore(_ state: CounterState) -> Bool {
        guard state.name == Self.name, let began = state.numbers["began"], let answered = state.numbers["answered"],
            began >= 0, answered >= 0
        else { return false }
        self.began = Timestamp(began)
        counted.restore(state.levels)
        let memory = NodeMemory(state.levels)
        history.replace(with: memory.marks(gpuSeconds: counted.gpuSeconds), at: Timestamp(answered))
        return true
    }

    mutating func retract() -> [SeriesTable] {
        if let before { (counted, history, began) = before }
        before = nil
        return tables
    }

    mutating func forget() {
        (counted, history, began, before) = (NodeLevels(), NodeHistory(), nil, nil)
    }
}
