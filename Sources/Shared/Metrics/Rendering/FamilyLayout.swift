/// How a family is written in one format under one name: its lines, except for labels and numbers.
struct FamilyLayout {
    /// Lines under one `# TYPE`; most families are one block.
    struct Block {
        let header: [UInt8]
        let samples: [SampleLayout]
    }

    private(set) var blocks: [Block] = []
    private let family: MetricFamily
    private let name: MetricName
    private let format: MetricsFormat
    private let constants: [SeriesLabel]

    init(_ family: MetricFamily, name: MetricName, format: MetricsFormat, constants: [SeriesLabel]) {
        self.family = family
        self.name = name
        self.format = format
        self.constants = constants
        switch family.type {
        case .gauge: add("gauge", [sample()])
        case .unknown: add(format == .text ? "untyped" : "unknown", [sample()])
        case .counter: addCounter()
        case .info: addInfo()
        case .stateset(let states): addStates(states)
        case .histogram(let bounds): add("histogram", buckets(bounds) + histogramEnd(bounds) + creation("_created"))
        case .gaugeHistogram(let bounds): addGaugeHistogram(bounds)
        case .summary(let quantiles): add("summary", self.quantiles(quantiles) + creation("_created"))
        }
    }

    private mutating func addCounter() {
        guard format == .openMetrics else { return add("counter", [sample()]) }
        guard let base = name.dropping("_total") else { return add("unknown", [sample()]) }
        let created = SampleLayout(base + "_created", constants: constants, .created)
        add("counter", named: base, [sample(), created])
    }

    private mutating func addInfo() {
        guard format == .openMetrics, let base = name.dropping("_info") else { return add("gauge", [sample()]) }
        add("info", named: base, [sample()])
    }

    private mutating func addStates(_ states: [String]) {
        let samples = states.enumerated().map { cell, state in
            SampleLayout(name.text, extra: (name.text, state), constants: constants, .cell(cell))
        }
        add(format == .text ? "gauge" : "stateset", samples)
    }

    /// Text 0.0.4 has no such type; its sum and count are gauges there, so that series are called the same in both.
    private mutating func addGaugeHistogram(_ bounds: [Double]) {
        let sum = sample("_gsum", .cell(bounds.count + 1))
        let count = sample("_gcount", .total(through: bounds.count))
        if format == .openMetrics { return add("gaugehistogram", buckets(bounds) + [count, sum]) }
        add("histogram", buckets(bounds))
        add("gauge", named: name.text + "_gcount", [count])
        add("gauge", named: name.text + "_gsum", [sum])
    }

    private func sample(_ suffix: String = "", _ source: SampleLayout.Source = .cell(0)) -> SampleLayout {
        SampleLayout(name.text + suffix, constants: constants, source)
    }

    private func buckets(_ bounds: [Double]) -> [SampleLayout] {
        (bounds + [.infinity]).enumerated().map { cell, bound in
            SampleLayout(
                name.text + "_bucket", extra: ("le", Number.label(bound, in: format)), constants: constants,
                .total(through: cell))
        }
    }

    /// OpenMetrics forbids a sum, and with it the count, where negative values may have gone into it.
    private func histogramEnd(_ bounds: [Double]) -> [SampleLayout] {
        if format == .openMetrics, let least = bounds.first, least < 0 { return [] }
        return [sample("_sum", .cell(bounds.count + 1)), sample("_count", .total(through: bounds.count))]
    }

    private func quantiles(_ quantiles: [Double]) -> [SampleLayout] {
        let lines = quantiles.enumerated().map { cell, quantile in
            SampleLayout(
                name.text, extra: ("quantile", Number.label(quantile, in: format)), constants: constants, .cell(cell))
        }
        return lines + [sample("_sum", .cell(quantiles.count)), sample("_count", .cell(quantiles.count + 1))]
    }

    /// Text 0.0.4 knows no creation times.
    private func creation(_ suffix: String) -> [SampleLayout] {
        format == .text ? [] : [sample(suffix, .created)]
    }

    private mutating func add(_ type: String, named name: String? = nil, _ samples: [SampleLayout]) {
        blocks.append(Block(header: header(type, named: name ?? self.name.text), samples: samples))
    }

    private func header(_ type: String, named name: String) -> [UInt8] {
        var help: [UInt8] = []
        if !family.help.isEmpty {
            help += "# HELP \(name) ".utf8
            help.append(addingCapacity: 2 * family.help.utf8.count) { out in
                out.append(escapingHelp: family.help.utf8.span, quotes: format == .openMetrics)
            }
            help.append(UInt8(ascii: "\n"))
        }
        let typeLine = Array("# TYPE \(name) \(type)\n".utf8)
        return format == .text ? help + typeLine : typeLine + unitLine(name) + help
    }

    private func unitLine(_ name: String) -> [UInt8] {
        guard let unit = family.unit, name.hasSuffix("_" + unit) else { return [] }
        switch family.type {
        case .info, .stateset: return []
        default: return Array("# UNIT \(name) \(unit)\n".utf8)
        }
    }
}
