public import Metrics

/// All families of all collectors, with everything that can be switched on.
public struct Catalogue: Sendable {
    public let collectors: [Collector]

    public init(_ settings: CollectionSettings = CollectionSettings()) {
        var settings = settings
        settings.nodes.includesSeries = true
        settings.jobs.includesSeries = true
        settings.jobs.includesNodes = true
        settings.qos.includesJobs = true
        settings.reservations.includesNodes = true
        settings.fairshare.includesLimits = true
        settings.database.includesWorkloadKeys = true
        collectors = Collector.Name.allCases.map { Collector($0, settings) }
    }

    /// How families with merge rule `derived` are computed.
    public static let ratios = ClusterNodes.ratios + PartitionNodes.ratios

    public var byCollector: [Collector.Name: [MetricFamily]] {
        Dictionary(uniqueKeysWithValues: collectors.map { ($0.name, $0.families) })
    }

    public var families: [MetricFamily] { collectors.flatMap(\.families) }
}
