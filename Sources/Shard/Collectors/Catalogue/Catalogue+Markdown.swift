public import Metrics

extension Catalogue {
    /// The families as documentation: a table for each collector.
    public var markdown: String {
        collectors.map(\.markdown).joined(separator: "\n")
    }
}

extension Collector {
    fileprivate var markdown: String {
        let head = """
            ## `\(name.rawValue)`

            | name | type | labels | unit | level | merge | feed | help |
            |---|---|---|---|---|---|---|---|

            """
        return head + families.map(\.markdownRow).joined()
    }
}

extension [MetricFamily] {
    /// A table of families that are neither collected nor merged.
    public var markdown: String {
        let head = """
            | name | type | labels | unit | help |
            |---|---|---|---|---|

            """
        return head + map(\.shortMarkdownRow).joined()
    }
}

extension MetricFamily {
    fileprivate var markdownRow: String {
        row(identity + [unit ?? "", level.rawValue, merge.word, feed?.rawValue ?? "", help])
    }

    fileprivate var shortMarkdownRow: String { row(identity + [unit ?? "", help]) }

    private var identity: [String] {
        ["`\(name)`", type.word, labelNames.map { "`\($0)`" }.joined(separator: ", ")]
    }

    private func row(_ cells: [String]) -> String {
        "| " + cells.map(\.tableCell).joined(separator: " | ") + " |\n"
    }
}

extension MetricFamily {
    var labelNames: [String] {
        guard case .declared(let names) = labels else { return [] }
        return names.map(\.text)
    }
}

extension String {
    var tableCell: String {
        split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}

extension FamilyType {
    fileprivate var word: String {
        switch self {
        case .gauge: "gauge"
        case .counter: "counter"
        case .histogram: "histogram"
        case .gaugeHistogram: "gauge histogram"
        case .summary: "summary"
        case .info: "info"
        case .stateset: "state set"
        case .unknown: "unknown"
        }
    }
}

extension MergeRule {
    fileprivate var word: String {
        switch self {
        case .sum: "sum"
        case .sumOfFractions(let decimals): "sum of 1e-\(decimals)"
        case .max: "max"
        case .min: "min"
        case .union: "union"
        case .replica: "replica"
        case .derived: "derived"
        }
    }
}
