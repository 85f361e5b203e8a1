public import Metrics

/// A family that is computed of merged ones.
public struct FleetFigure: Sendable {
    private enum Rule {
        case ratio(Ratio)
        case sum(of: MetricName)
        case mean(of: MetricName)
    }

    public let family: MetricFamily
    /// Whether no slice shows it: it is computed wherever what it is made of is there.
    let isOwn: Bool
    private let rule: Rule

    /// One that slices show for themselves, too.
    public init(_ ratio: Ratio) {
        family = ratio.family
        isOwn = false
        rule = .ratio(ratio)
    }

    private init(own ratio: Ratio) {
        family = ratio.family
        isOwn = true
        rule = .ratio(ratio)
    }

    private init(_ family: MetricFamily, _ rule: Rule) {
        self.family = family
        isOwn = true
        self.rule = rule
    }

    /// What it is computed of; it is as complete as that is.
    var operands: [MetricName] {
        switch rule {
        case .ratio(let ratio): [ratio.part.name, ratio.whole.name]
        case .sum(let name), .mean(let name): [name]
        }
    }

    func table(from tables: [SeriesTable]) -> SeriesTable {
        switch rule {
        case .ratio(let ratio): ratio.table(from: tables)
        case .sum(let name): table(from: tables.first { $0.family.name == name }) { sum, _ in sum }
        case .mean(let name): table(from: tables.first { $0.family.name == name }) { sum, count in sum / count }
        }
    }

    /// Over all labels that this family doesn't declare.
    private func table(
        from operand: SeriesTable?, _ value: (_ sum: Double, _ count: Double) -> Double
    ) -> SeriesTable {
        var table = SeriesTable(family)
        guard let operand, case .declared(let names) = family.labels else { return table }
        var sums: [[String]: (sum: Double, count: Double)] = [:]
        for row in operand.rows {
            let labels = operand.labels(at: row)
            let key = names.map { name in labels.first { $0.name == name }?.value ?? "" }
            guard let (sum, count) = operand.sumAndCount(at: row) else { continue }
            sums[key, default: (0, 0)].sum += sum
            sums[key]!.count += count
        }
        for (key, sum) in sums where sum.count > 0 {
            let row = table.row(key)
            table.set(value(sum.sum, sum.count), at: row)
        }
        table.settle()
        return table
    }
}

extension FleetFigure {
    /// What recording rules are commonly made for, so that it is there without a Prometheus in between.
    public static let recorded: [FleetFigure] = [
        ratio(
            "slurm:cluster_cpu_utilization_ratio", "Share of a cluster's CPUs that jobs have.",
            Ratio.Operand("slurm_cluster_cpus_allocated"), of: Ratio.Operand("slurm_cluster_cpus_total")),
        ratio(
            "slurm:cluster_memory_utilization_ratio", "Share of a cluster's memory that jobs have.",
            Ratio.Operand("slurm_cluster_memory_allocated_bytes"), of: Ratio.Operand("slurm_cluster_memory_total_bytes")
        ),
        ratio(
            "slurm:cluster_node_availability_ratio", "Share of a cluster's nodes that are idle.",
            Ratio.Operand("slurm_cluster_nodes_total", where: "state", in: ["idle"]),
            of: Ratio.Operand("slurm_cluster_nodes_total")),
        FleetFigure(
            gauge("slurm:partition_queue_depth", "Jobs in state pending, by home partition.", ["partition"]),
            .sum(of: "slurm_jobs_pending")),
        FleetFigure(
            gauge("slurm:job_states_by_partition", "Jobs by home partition and state.", ["partition", "state"]),
            .sum(of: "slurm_jobs_total")),
        FleetFigure(
            gauge(
                "slurm:partition_efficiency_ratio", "Mean share of their CPUs' time that jobs used, by partition.",
                ["partition"]),
            .mean(of: "slurm_job_cpu_efficiency_ratio")),
    ]

    private static func gauge(_ name: MetricName, _ help: String, _ labels: [LabelName]) -> MetricFamily {
        MetricFamily(name, .gauge, help: help, labels: labels, merge: .derived)
    }

    private static func ratio(
        _ name: MetricName, _ help: String, _ part: Ratio.Operand, of whole: Ratio.Operand
    ) -> FleetFigure {
        FleetFigure(own: Ratio(gauge(name, help, []), part, of: whole))
    }
}

extension SeriesTable {
    /// Of a histogram's or summary's observations, or the one number; nil where there is none.
    fileprivate func sumAndCount(at row: SeriesRow) -> (sum: Double, count: Double)? {
        let cells = cells(at: row)
        switch family.type {
        case .histogram(let bounds): return (cells[bounds.count + 1], cells[...bounds.count].reduce(0, +))
        case .summary(let quantiles): return (cells[quantiles.count], cells[quantiles.count + 1])
        default: return cells.count == 1 ? (cells[0], 1) : nil
        }
    }
}
