import Metrics
import Testing

struct RatioTests {
    private static let nodes = MetricFamily("slurm_nodes", .gauge, help: "Nodes.", labels: ["partition", "state"])
    private static let busy = MetricFamily("slurm_busy", .gauge, help: "Busy nodes.", labels: ["partition"])

    private func ratio(_ part: Ratio.Operand, labels: [LabelName]) -> Ratio {
        Ratio(
            MetricFamily("slurm_share", .gauge, help: "A share.", labels: labels, merge: .derived), part,
            of: Ratio.Operand("slurm_nodes"))
    }

    private func table(_ family: MetricFamily, _ series: KeyValuePairs<[String], Double>) -> SeriesTable {
        var table = SeriesTable(family)
        for (labels, value) in series {
            let row = table.row(labels)
            table.set(value, at: row)
        }
        return table
    }

    private func text(_ table: SeriesTable) -> String {
        String(decoding: MetricsRenderer(.text).render([table]), as: UTF8.self)
            .split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
    }

    private var tables: [SeriesTable] {
        [
            table(Self.nodes, [["a", "idle"]: 3, ["a", "down"]: 1, ["b", "down"]: 2, ["c", "idle"]: 0]),
            table(Self.busy, [["a"]: 1, ["c"]: 0]),
        ]
    }

    @Test func labelsThatAreNotDeclaredAreAddedUp() {
        let ratio = ratio(Ratio.Operand("slurm_busy"), labels: ["partition"])
        // Nothing is known of what is busy in b, and c has no nodes.
        #expect(text(ratio.table(from: tables)) == #"slurm_share{partition="a"} 0.25"#)
    }

    @Test func certainValuesOfALabelCanCount() {
        let operand = Ratio.Operand("slurm_nodes", where: "state", in: ["idle"])
        #expect(
            text(ratio(operand, labels: ["partition"]).table(from: tables)) == """
                slurm_share{partition="a"} 0.75
                slurm_share{partition="b"} 0
                """)
        #expect(text(ratio(operand, labels: []).table(from: tables)) == "slurm_share 0.5")
    }

    @Test func withoutItsFamiliesThereIsNone() {
        #expect(ratio(Ratio.Operand("slurm_busy"), labels: []).table(from: []).isEmpty)
    }
}
