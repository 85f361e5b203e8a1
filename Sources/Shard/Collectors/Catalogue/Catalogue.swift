public import Metrics

/// All families of all collectors, with everything that can be switched on.
public struct Catalogue: Sendable {
    public let collectors: [Collector]

    public init(_ settings: CollectionSettings = CollectionSettings()) {
        var settings = settings
        settings.nodes.includesSeries = true
        settings.jobs.includesSeries = true
        collectors = Collector.Name.allCases.map { Collector($0, settings) }
    }

    public var families: [MetricFamily] { collectors.flatMap(\.families) }
}
