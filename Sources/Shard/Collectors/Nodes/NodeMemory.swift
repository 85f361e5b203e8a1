import Metrics
import Slurm

/// What is remembered of nodes, as tables that a successor can read.
struct NodeMemory {
    private var gpus = table("slurm_node_mark_gpus", "A node's GPUs.", ["node", "partition", "state"])
    private var since = table("slurm_node_mark_since", "When a node came into its condition.", ["node"])
    private var began = table("slurm_node_mark_began", "When a node was seen first.", ["node"])

    private static func table(_ name: MetricName, _ help: String, _ labels: [LabelName]) -> SeriesTable {
        SeriesTable(MetricFamily(name, .gauge, help: help, labels: labels, feed: .nodes))
    }

    var tables: [SeriesTable] { [gpus, since, began] }

    init(_ marks: [NodeMark]) {
        for mark in marks {
            gpus.set(Double(mark.gpus), at: gpus.row(mark.name, mark.home, NodeStates.names[mark.state]))
            if let time = mark.since { since.set(Double(time.seconds), at: since.row(mark.name)) }
            if let time = mark.began { began.set(Double(time.seconds), at: began.row(mark.name)) }
        }
    }

    init(_ levels: [SeriesTable]) {
        gpus = gpus.restored(from: levels)
        since = since.restored(from: levels)
        began = began.restored(from: levels)
    }

    /// - Parameter seconds: by node and state.
    func marks(gpuSeconds seconds: SeriesTable) -> [NodeMark] {
        let times = Dictionary(grouping: seconds.rows.map { ($0, seconds.texts(at: $0)) }) { $0.1[0] }
        let (since, began) = (moments(since), moments(began))
        return gpus.rows.compactMap { row in
            let labels = gpus.texts(at: row)
            guard let state = NodeStates.place(of: labels[2]), let count = Int(exactly: gpus.cells(at: row)[0]) else {
                return nil
            }
            let spent = (times[labels[0]] ?? []).compactMap { row, labels in
                NodeStates.place(of: labels[1]).map { (state: $0, seconds: Int(clamping: seconds.cells(at: row)[0])) }
            }
            return NodeMark(
                name: labels[0], home: labels[1], state: state, gpus: count, since: since[labels[0]],
                began: began[labels[0]], gpuSeconds: spent)
        }
    }

    private func moments(_ table: SeriesTable) -> [String: Timestamp] {
        Dictionary(
            uniqueKeysWithValues: table.rows.map { row in
                (table.texts(at: row)[0], Timestamp(Int64(clamping: table.cells(at: row)[0])))
            })
    }
}

extension SeriesTable {
    /// The values of the declared labels, in their order; an empty one isn't among the labels of a series.
    fileprivate func texts(at row: SeriesRow) -> [String] {
        guard case .declared(let names) = family.labels else { return [] }
        let values = Dictionary(uniqueKeysWithValues: labels(at: row).map { ($0.name, $0.value) })
        return names.map { values[$0] ?? "" }
    }
}

extension FixedWidthInteger {
    /// The nearest one there is; 0 for what is no number.
    fileprivate init(clamping number: Double) {
        guard !number.isNaN else {
            self = 0
            return
        }
        self = Self(exactly: number.rounded()) ?? (number < 0 ? .min : .max)
    }
}
