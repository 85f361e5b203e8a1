import Glibc
import Metrics
import ServiceRuntime
import Slurm
import Snapshots

/// Publishes generations of a cluster's nodes, and prints how many milliseconds each took.
actor NodeSource {
    private var content: NodeContent
    private let snapshots: Snapshots

    init(nodes: Int, _ snapshots: Snapshots) {
        content = NodeContent(nodes: nodes)
        self.snapshots = snapshots
    }

    func publish(_ generation: UInt64) async {
        let tables = content.generation(generation)
        let start = ContinuousClock.now
        await snapshots.publish(
            FeedSnapshot(
                cluster: "alpha", feed: .nodes, generation: generation, answered: Timestamp(1_700_000_000),
                taken: MonotonicClock.system.now, lifetime: .seconds(3600),
                collectors: [CollectorTables(collector: "nodes", tables: tables)]),
            took: .zero)
        // Not print: flushing it would wait for whoever reads from standard input.
        let line = Array("\((ContinuousClock.now - start) / .milliseconds(1))\n".utf8)
        write(STDOUT_FILENO, line, line.count)
    }
}

/// What a cluster's nodes look like: most figures whole, some not, and of those a few change.
private struct NodeContent {
    private var tables: [SeriesTable]
    private let names: [String]

    init(nodes: Int) {
        names = (0..<nodes).map { "node\(10_000 + $0)" }
        tables = (0..<15).map { number in
            SeriesTable(
                MetricFamily(
                    MetricName(stringLiteral: "slurm_node_figure_\(number)_bytes"), .gauge, help: "A figure of nodes.",
                    unit: "bytes", labels: ["node", "partition"], feed: .nodes))
        }
    }

    mutating func generation(_ generation: UInt64) -> [SeriesTable] {
        for index in tables.indices {
            tables[index].beginGeneration()
            for (number, name) in names.enumerated() {
                let row = tables[index].row { values in
                    values.append(name)
                    values.append("compute")
                }
                let whole = Double((number * 7919 + index * 104_729) % 274_877_906)
                tables[index].set(index % 5 == 4 ? (whole + Double(generation)) / 7 : whole, at: row)
            }
            tables[index].endGeneration()
        }
        return tables
    }
}
