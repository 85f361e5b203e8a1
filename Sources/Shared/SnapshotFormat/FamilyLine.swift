import Metrics

extension FamilyLine {
    init(_ state: FamilyState, series: Int) {
        let family = state.table.family
        let (merge, decimals) = Self.words(for: family.merge)
        self.init(
            cluster: state.cluster, collector: state.collector, family: family.name.text,
            type: Self.word(for: family.type), help: family.help, unit: family.unit,
            labels: Self.names(family.labels), level: family.level.rawValue, merge: merge, decimals: decimals,
            feed: family.feed?.rawValue, series: series, dropped: state.dropped)
        switch family.type {
        case .histogram(let bounds), .gaugeHistogram(let bounds): self.bounds = bounds
        case .summary(let quantiles): self.quantiles = quantiles
        case .stateset(let states): self.states = states
        case .gauge, .counter, .info, .unknown: break
        }
    }

    private static func word(for type: FamilyType) -> String {
        switch type {
        case .gauge: "gauge"
        case .counter: "counter"
        case .histogram: "histogram"
        case .gaugeHistogram: "gaugehistogram"
        case .summary: "summary"
        case .info: "info"
        case .stateset: "stateset"
        case .unknown: "unknown"
        }
    }

    private static func words(for merge: MergeRule) -> (String, decimals: Int?) {
        switch merge {
        case .sum: ("sum", nil)
        case .sumOfFractions(let decimals): ("sum", decimals)
        case .max: ("max", nil)
        case .min: ("min", nil)
        case .union: ("union", nil)
        case .replica: ("replica", nil)
        case .derived: ("derived", nil)
        }
    }

    private static func names(_ labels: MetricFamily.Labels) -> [String]? {
        switch labels {
        case .declared(let names): names.map(\.text)
        case .open: nil
        }
    }
}

extension FamilyLine {
    /// An empty table of the family that the header declares.
    func table() throws -> SeriesTable {
        let name = try MetricName(validating: self.family)
        guard let labels else {
            return SeriesTable(
                try MetricFamily(foreign: name, familyType(), help: help, unit: unit, merge: mergeRule()))
        }
        guard let level = Level(rawValue: level) else { throw Unknown(word: level) }
        return SeriesTable(
            try MetricFamily(
                checking: name, familyType(), help: help, unit: unit,
                labels: .declared(labels.map { try LabelName(validating: $0) }), level: level, merge: mergeRule(),
                feed: feed.map(Self.feed)))
    }

    struct Unknown: Error, CustomStringConvertible {
        let word: String

        var description: String { "'\(word)' is none of the words that may stand there" }
    }

    private func familyType() throws -> FamilyType {
        switch type {
        case "gauge": .gauge
        case "counter": .counter
        case "histogram": .histogram(bounds: bounds ?? [])
        case "gaugehistogram": .gaugeHistogram(bounds: bounds ?? [])
        case "summary": .summary(quantiles: quantiles ?? [])
        case "info": .info
        case "stateset": .stateset(states: states ?? [])
        case "unknown": .unknown
        default: throw Unknown(word: type)
        }
    }

    private func mergeRule() throws -> MergeRule {
        switch merge {
        case "sum": decimals.map { .sumOfFractions(decimals: $0) } ?? .sum
        case "max": .max
        case "min": .min
        case "union": .union
        case "replica": .replica
        case "derived": .derived
        default: throw Unknown(word: merge)
        }
    }

    private static func feed(_ word: String) throws -> Feed {
        guard let feed = Feed(rawValue: word) else { throw Unknown(word: word) }
        return feed
    }
}
