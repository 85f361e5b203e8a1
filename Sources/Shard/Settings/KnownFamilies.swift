import Collectors
import Metrics

/// The families that settings can name. What isn't known can't be misspelt, so without families every name is good.
struct KnownFamilies: Sendable {
    let byCollector: [Collector.Name: [MetricFamily]]

    init(byCollector: [Collector.Name: [MetricFamily]] = [:]) {
        self.byCollector = byCollector
    }

    init(_ catalogue: Catalogue) {
        byCollector = Dictionary(uniqueKeysWithValues: catalogue.collectors.map { ($0.name, $0.families) })
    }

    var names: Set<MetricName> { Set(byCollector.values.joined().map(\.name)) }

    /// The labels of all families, and those that limits are usually set for.
    var labels: Set<LabelName> {
        let declared = byCollector.values.joined().flatMap { family -> [LabelName] in
            if case .declared(let labels) = family.labels { labels } else { [] }
        }
        return Set(declared).union(["user", "account", "partition", "node", "job_name"])
    }

    var isEmpty: Bool { byCollector.isEmpty }

    /// Two families that would share a name, were these collectors to run under this prefix.
    func clash(among collectors: [Collector.Name], under prefix: MetricPrefix) -> NameClash? {
        NameClash.all(among: collectors.flatMap { byCollector[$0] ?? [] }, under: prefix).first
    }
}
