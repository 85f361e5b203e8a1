import FederatedSeries
import Metrics
import Selectors
import Testing

@testable import Merging

struct FleetPartTests {
    private static func table(
        _ name: MetricName, _ type: FamilyType, unit: String? = nil, _ fill: (inout SeriesTable, SeriesRow) -> Void
    ) -> SeriesTable {
        var table = SeriesTable(MetricFamily(name, type, help: "What it \"is\".", unit: unit, labels: ["user"]))
        let row = table.row("ann")
        fill(&table, row)
        table.settle()
        return table
    }

    private static let tables = [
        table("slurm_cpu_seconds_total", .counter, unit: "seconds") { table, row in
            table.set(5, at: row)
            table.setCreated(1_700_000_000.5, at: row)
        },
        table("slurm_state", .stateset(states: ["up", "down"])) { $0.setCells([1, 0], at: $1) },
        table("slurm_version_info", .info) { $0.set(1, at: $1) },
        table("slurm_wait_seconds", .histogram(bounds: [1, 2.5]), unit: "seconds") { table, row in
            table.setCells([1, 2, 3, 20], at: row)
            table.setCreated(1_700_000_001, at: row)
        },
    ]

    /// In every sample, type, unit and help; creation times apart, which would have each counter sorted with its own.
    @Test func tellsInOpenMetricsWhatAShardDoes() throws {
        var fleet = MergedFleet()
        fleet.tables = [("alpha", Self.tables)]
        var part = FleetPart()
        for _ in 0..<2 {
            let generation = Generation([part.part(of: fleet, time: 0)])
            var rendering = generation.select([try Selector("{user!=''}")])
                .rendering(.openMetrics, AnswerSettings(), now: 0)
            var text = ""
            while let piece = rendering.next() { text += String(decoding: piece, as: UTF8.self) }
            let labels = [SeriesLabel("cluster", "alpha"), SeriesLabel("job", "slurm-exporter")]
            let shard = MetricsRenderer(.openMetrics, constantLabels: labels).render(Self.tables)
            #expect(Self.lines(text) == Self.lines(String(decoding: shard, as: UTF8.self)))
        }
    }

    /// With labels in the order of their names, and without those that are empty.
    private static func lines(_ text: String) -> Set<String> {
        Set(
            text.split(separator: "\n").filter { !$0.contains("_created{") }.map { line in
                guard !line.hasPrefix("#"), let open = line.firstIndex(of: "{"), let close = line.lastIndex(of: "}")
                else { return String(line) }
                let labels = line[line.index(after: open)..<close].split(separator: ",").sorted()
                    .filter { !$0.hasSuffix("=\"\"") }
                return line[...open] + labels.joined(separator: ",") + line[close...]
            })
    }
}
