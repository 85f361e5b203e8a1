import Metrics
import ServiceRuntime

/// 25 families of 4,000 series each, three quarters of them whole numbers. Label sets are drawn at random for each
/// family: regular ones would be sorted, found and cached more easily than those of a cluster.
struct RenderContent {
    private struct Series {
        let labels: [String]
        let value: Double
    }

    private static let labels: [LabelName] = ["cluster", "user", "account", "partition", "state", "qos"]

    private let families = (0..<25).map { number in
        let name = MetricName(stringLiteral: "slurm_some_family_number_\(number)_seconds")
        return MetricFamily(name, .gauge, help: "What it means.", labels: labels)
    }
    private let series: [[Series]]

    init() {
        var random = SeededGenerator(seed: 1)
        series = (0..<25).map { _ in
            var seen: Set<[String]> = []
            return (0..<4000).map { number in
                while true {
                    let labels = Self.drawLabels(&random)
                    if seen.insert(labels).inserted { return Series(labels: labels, value: Self.value(number)) }
                }
            }
        }
    }

    private static func drawLabels(_ random: inout SeededGenerator) -> [String] {
        let states = ["pending", "running", "completing", "suspended"]
        let qualities = ["normal", "high", "low"]
        return [
            "hpc-cluster", "user\(Int.random(in: 1000..<1200, using: &random))",
            "project-\(Int.random(in: 0..<40, using: &random))", "partition\(Int.random(in: 0..<12, using: &random))",
            states[Int.random(in: 0..<4, using: &random)], qualities[Int.random(in: 0..<3, using: &random)],
        ]
    }

    private static func value(_ number: Int) -> Double {
        number % 4 == 0 ? Double(number) * 1.37 : Double(number * 7)
    }

    var count: Int { series.reduce(0) { $0 + $1.count } }

    func tables() -> [SeriesTable] {
        var tables = families.map { SeriesTable($0) }
        fold(into: &tables)
        return tables
    }

    func fold(into tables: inout [SeriesTable]) {
        for index in tables.indices {
            tables[index].beginGeneration()
            for one in series[index] {
                let row = tables[index].row { values in
                    for label in one.labels { values.append(label) }
                }
                tables[index].set(one.value, at: row)
            }
            tables[index].endGeneration()
        }
    }

    func change(every step: Int, in tables: inout [SeriesTable]) {
        for index in tables.indices {
            let rows = tables[index].rows
            for row in stride(from: 0, to: rows.count, by: step) { tables[index].add(1, at: rows[row]) }
        }
    }

    func interpolated() -> String {
        zip(families, series).map { family, series in
            let lines = series.map { one in
                let labels = zip(Self.labels, one.labels).map { "\($0)=\"\($1)\"" }.joined(separator: ",")
                return "\(family.name){\(labels)} \(one.value)\n"
            }
            return "# HELP \(family.name) \(family.help)\n# TYPE \(family.name) gauge\n" + lines.joined()
        }.joined()
    }
}
