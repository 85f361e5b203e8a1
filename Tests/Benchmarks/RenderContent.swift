import Metrics

/// 25 families of 4,000 series each, three quarters of them whole numbers.
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
    private let series = (0..<4000).map(RenderContent.series)

    private static func series(_ number: Int) -> Series {
        let user = "user\(1000 + number * 7919 % 4000)"
        let state = ["pending", "running", "completing"][number % 3]
        let qos = ["normal", "high"][number % 2]
        let labels = ["hpc-cluster", user, "project-\(number % 97)", "partition\(number % 13)", state, qos]
        return Series(labels: labels, value: number % 4 == 0 ? Double(number) * 1.37 : Double(number * 7))
    }

    var count: Int { families.count * series.count }

    func tables() -> [SeriesTable] {
        var tables = families.map { SeriesTable($0) }
        fold(into: &tables)
        return tables
    }

    func fold(into tables: inout [SeriesTable]) {
        for index in tables.indices {
            tables[index].beginGeneration()
            for one in series {
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
        families.map { family in
            let lines = series.map { one in
                let labels = zip(Self.labels, one.labels).map { "\($0)=\"\($1)\"" }.joined(separator: ",")
                return "\(family.name){\(labels)} \(one.value)\n"
            }
            return "# HELP \(family.name) \(family.help)\n# TYPE \(family.name) gauge\n" + lines.joined()
        }.joined()
    }
}
