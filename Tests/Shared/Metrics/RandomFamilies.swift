import Metrics
import ServiceRuntime

/// Families of every type with label values, helps and numbers of every kind, and what a reader must find in them.
struct RandomFamilies {
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func tables() -> [SeriesTable] {
        [
            table("slurm_gauge", .gauge, series: 1500) { [$0.number()] },
            table("slurm_things_total", .counter, series: 200) { [$0.number().magnitude.replacingNaN(with: 1)] },
            table("slurm_untyped", .unknown, series: 200) { [$0.number()] },
            table("slurm_some_info", .info, series: 100) { _ in [1] },
            table("slurm_states", .stateset(states: ["up", #"do\w"n"#, "ü\n"]), series: 30) { $0.states(3) },
            table("slurm_wait_seconds", .histogram(bounds: [0, 0.001, 1, 5e7]), series: 50) { $0.histogram(4) },
            table("slurm_rpc_seconds", .summary(quantiles: [0, 0.5, 1]), series: 50) { $0.histogram(3) },
        ]
    }

    /// Families as a reviewer would like them.
    func wellNamed() -> [SeriesTable] {
        let families: [MetricFamily] = [
            MetricFamily("slurm_jobs_pending", .gauge, help: "Jobs that wait.", labels: ["user"]),
            MetricFamily("slurm_jobs_completed_total", .counter, help: "Jobs that ended.", labels: ["user"]),
            MetricFamily("slurm_job_wait_seconds", .histogram(bounds: [1, 60]), help: "Waits.", labels: ["user"]),
            MetricFamily("slurm_build_info", .info, help: "What runs here.", labels: ["version"]),
            MetricFamily("slurm_node_state", .stateset(states: ["up", "down"]), help: "State.", labels: ["node"]),
        ]
        return families.map { family in
            var table = SeriesTable(family)
            for value in ["a", "b"] { _ = table.row(value) }
            return table
        }
    }

    private mutating func table(
        _ name: MetricName, _ type: FamilyType, series: Int, _ numbers: (inout RandomFamilies) -> [Double]
    ) -> SeriesTable {
        let family = MetricFamily(name, type, help: "x" + text() + "x", labels: ["first", "second", "third"])
        var table = SeriesTable(family)
        for _ in 0..<series {
            let row = table.row(text(), text(), text())
            table.setCells(numbers(&self), at: row)
        }
        return table
    }

    private static let oddNumbers = [
        0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, 1e21, 0x1p53, -0x1p53,
    ]

    private mutating func number() -> Double {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: Double(Int.random(in: -1000...1000, using: &random))
        case 1: Self.oddNumbers.randomElement(using: &random)!
        default: Double(bitPattern: random.next())
        }
    }

    private mutating func states(_ count: Int) -> [Double] {
        let active = Int.random(in: 0..<count, using: &random)
        return (0..<count).map { $0 == active ? 1 : 0 }
    }

    private mutating func histogram(_ bounds: Int) -> [Double] {
        (0..<bounds + 2).map { _ in Double(Int.random(in: 0..<1_000_000, using: &random)) }
    }

    /// Up to a dozen characters, many of them hard.
    private mutating func text() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<12, using: &random) { text.unicodeScalars.append(scalar()) }
        return text
    }

    private mutating func scalar() -> Unicode.Scalar {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: Unicode.Scalar(UInt8.random(in: 0..<128, using: &random))
        case 1: ["\\", "\"", "\n", "\r", ",", "{", "}", "=", " ", "#"].randomElement(using: &random)!
        case 2: Unicode.Scalar(UInt32.random(in: 0x80..<0xD800, using: &random)) ?? "?"
        default: Unicode.Scalar(UInt32.random(in: 0xE000...0x10_FFFF, using: &random)) ?? "?"
        }
    }
}

extension Double {
    fileprivate func replacingNaN(with other: Double) -> Double { isNaN ? other : self }
}

extension RandomFamilies {
    /// For `read_back.py`: written down from the tables' content, not from their text.
    func expectation(_ format: MetricsFormat, _ tables: [SeriesTable]) -> [String: Any] {
        let samples = tables.flatMap { table in
            table.rows.flatMap { row in Self.samples(of: table, row, format) }
        }
        return ["samples": samples, "help": Dictionary(uniqueKeysWithValues: tables.map { Self.help($0, format) })]
    }

    private static func help(_ table: SeriesTable, _ format: MetricsFormat) -> (String, String) {
        let name = table.family.name.text
        let isCut = format == .openMetrics || table.family.type == .counter
        let base = ["_total", "_info"].first { isCut && name.hasSuffix($0) }.map { String(name.dropLast($0.count)) }
        return (base ?? name, table.family.help)
    }

    private static func samples(of table: SeriesTable, _ row: SeriesRow, _ format: MetricsFormat) -> [[Any]] {
        let name = table.family.name.text
        let labels = Dictionary(uniqueKeysWithValues: table.labels(at: row).map { ($0.name.text, $0.value) })
        let cells = table.cells(at: row)
        func sample(_ suffix: String, _ extra: [String: String], _ value: Double) -> [Any] {
            [name + suffix, labels.merging(extra) { $1 }, value.isNaN ? "nan" : "\(value.bitPattern)"]
        }
        switch table.family.type {
        case .gauge, .counter, .info, .unknown: return [sample("", [:], cells[0])]
        case .stateset(let states): return zip(states, cells).map { sample("", [name: $0], $1) }
        case .histogram(let bounds), .gaugeHistogram(let bounds):
            let text = format == .text
            let marks = bounds.map { $0 == 5e7 ? "5e+07" : $0 == 0.001 ? "0.001" : text ? "\(Int($0))" : "\($0)" }
            var total = 0.0
            let buckets = zip(marks + ["+Inf"], cells).map { mark, count in
                total += count
                return sample("_bucket", ["le": mark], total)
            }
            return buckets + [sample("_sum", [:], cells.last!), sample("_count", [:], total)]
        case .summary(let quantiles):
            let marks = format == .text ? ["0", "0.5", "1"] : ["0.0", "0.5", "1.0"]
            return zip(marks, cells).map { sample("", ["quantile": $0], $1) }
                + [sample("_sum", [:], cells[quantiles.count]), sample("_count", [:], cells[quantiles.count + 1])]
        }
    }
}
