import Collectors
import FleetProtocol
import Slices

/// What is to be shared out: slices and clusters, as the configuration has them.
public struct FleetWork: Sendable {
    let configuration: SharedConfiguration
    let clusters: [String]
    let slices: [Slice]

    /// - Throws: why the configuration doesn't hold.
    public init(_ settings: FleetSettings) throws {
        let configuration = try ShardConfiguration(file: settings.configuration ?? "")
        let families = Catalogue().collectors.map { (collector: $0.name.rawValue, families: $0.families) }
        let expansion = SliceExpansion(clusters: configuration.clusters, families: families)
        self.configuration = configuration.shared
        clusters = configuration.clusters
        slices = try expansion.slices(of: try settings.declarations())
    }
}
