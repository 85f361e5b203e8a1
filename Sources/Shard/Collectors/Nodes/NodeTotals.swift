import Metrics
import Slurm

/// Nodes by state, each counted once, in its home partition.
struct NodeTotals: Fold {
    private struct Total: Sendable {
        var nodes = NodeSum()
        var excluded = 0
    }

    private static let declare = FamilyGroup(level: .critical, merge: .sum, feed: .nodes)

    private var tables = FigureTables<Total>([
        Figure(
            declare.gauge(
                "slurm_nodes_total",
                "Nodes by the one state that sinfo shows; the states add up to all nodes that `nodes` selects.",
                by: ["state"])
        ) { $0.nodes.states },
        Figure(
            declare.gauge(
                "slurm_node_count_by_state", "The same numbers as slurm_nodes_total, under another name.",
                by: ["state"])
        ) { $0.nodes.states },
        Figure(
            declare.gauge(
                "slurm_nodes_flags",
                "Nodes by flag, for flags that some node has. A node counts under each of its flags.",
                by: ["flag"], level: .important)
        ) { $0.nodes.flagsInUse },
        Figure(
            whole: declare.gauge(
                "slurm_nodes_excluded",
                "Nodes that the settings leave out of all slurm_nodes_ and slurm_node_ families.", level: .important)
        ) { $0.excluded },
    ])
    private var total = Total()
    private let selection: NodeSelection
    private var scope = ScopeFilter()

    init(_ settings: CollectionSettings.Nodes) {
        selection = NodeSelection(settings)
    }

    var families: [MetricFamily] { tables.families }

    mutating func begin(_ context: FoldContext) {
        total = Total()
        scope.begin(context)
    }

    mutating func add(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) {
        guard scope.covers(node.home(symbols), symbols) else { return }
        guard selection.includes(node, symbols) else { return total.excluded += 1 }
        total.nodes.add(node)
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        tables.begin()
        tables.add(total, labels: [], symbols)
        return tables.end()
    }
}
