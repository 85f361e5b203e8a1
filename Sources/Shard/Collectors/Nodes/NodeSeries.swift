import Metrics
import Slurm

/// Series of each node, by those who count it in its home partition.
struct NodeSeries: Fold {
    private struct Count: Subtotal {
        var nodes = 0
    }

    private var tables = FigureTables(NodeFigures.all)
    private var counts = FigureTables<Count>([
        Figure(
            whole: FamilyGroup(labels: ["partition"], level: .detailed, merge: .sum, feed: .nodes).gauge(
                "slurm_node_details", "Nodes that have series of their own, by home partition.")
        ) { $0.nodes }
    ])
    private var listed = Groups<Symbol, Count>()
    private var scope = ScopeFilter()
    private var context = FoldContext(expectedTime: Timestamp(0))
    private let selection: NodeSelection
    private let showsFeatures: Bool

    init(_ settings: CollectionSettings.Nodes) {
        selection = NodeSelection(settings)
        showsFeatures = settings.includesFeatures
    }

    var families: [MetricFamily] { tables.families + counts.families }

    mutating func begin(_ context: FoldContext) {
        self.context = context
        scope.begin(context)
        listed.removeAll()
        tables.begin()
    }

    mutating func add(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) {
        let home = node.home(symbols)
        // A node without a name is one of a dynamic kind that hasn't come yet.
        guard !node.name.isEmpty, scope.covers(home, symbols), selection.includes(node, symbols) else { return }
        listed.update(home) { $0.nodes += 1 }
        let subject = ListedNode(node: copy node, home: symbols[home], showsFeatures: showsFeatures)
        tables.add(subject, labels: [node.name], symbols)
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        let rows = listed.byName(known: context.partitions, context.scope, symbols)
        return tables.end() + counts.tables(of: rows.map { ([$0.name], $0.1) }, symbols)
    }
}
