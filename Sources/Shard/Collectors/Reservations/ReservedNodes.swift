import Metrics
import Slurm

/// Nodes by the active reservation that they say they are in.
struct ReservedNodes: Fold {
    private static let declare = FamilyGroup(labels: ["reservation"], merge: .sum, feed: .nodes)
    private static let note =
        " A node names one active reservation; from API version 0.0.39 on."

    private var tables = FigureTables<NodeSum>([
        Figure(
            declare.gauge(
                "slurm_reservation_nodes_total",
                "Nodes of an active reservation by the one state that sinfo shows, for states that some node is in."
                    + note,
                by: ["state"])
        ) { $0.states.filter { $0.count > 0 } },
        Figure(
            whole: declare.gauge(
                "slurm_reservation_nodes_healthy",
                "Nodes of an active reservation that work or could: those in state allocated, blocked, completing, idle,"
                    + " mixed, planned or reserved." + note)
        ) { nodes in
            nodes.states.filter { NodeStates.healthy.contains($0.name) }.reduce(0) { $0 + $1.count }
        },
    ])
    private var groups = Groups<Symbol, NodeSum>()

    var families: [MetricFamily] { tables.families }

    mutating func begin(_ context: FoldContext) {
        groups.removeAll()
    }

    mutating func add(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) {
        guard !node.reservation.isEmpty else { return }
        groups.update(node.reservation) { $0.add(node) }
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        var rows: [(labels: [String], subject: NodeSum)] = []
        for entry in groups.entries { rows.append(([symbols[entry.key]], entry.content)) }
        return tables.tables(of: rows, symbols)
    }
}
