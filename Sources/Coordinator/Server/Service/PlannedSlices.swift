import Collectors
import Configuration
import Fleet
import FleetProtocol
import Merging

/// Where slices are served by the plan: the one that shows a slice in the fleet's name first, and then the other that has
/// it too.
struct PlannedSlices: SliceDirectory {
    let fleet: FleetService

    /// Collectors that have something to count: a slice of others has no data that could be missing.
    private static let counting = Set(Catalogue().collectors.filter { !$0.feeds.isEmpty }.map(\.name.rawValue))

    var slices: [ServedSlice]? {
        let token = try? fleet.tokens.secrets.first?.reveal()
        return fleet.served?.filter { !Self.counting.isDisjoint(with: $0.slice.collectors) }.map { served in
            ServedSlice(
                name: served.slice.id,
                shares: Set(served.slice.collectors.map { .init(cluster: served.slice.cluster, collector: $0) }),
                addresses: served.urls.map { "\($0)/snapshots/\(served.slice.id)" }, token: token)
        }
    }
}

extension FleetFigure {
    /// The ratios of the catalogue.
    static var catalogued: [FleetFigure] { Catalogue.ratios.map { FleetFigure($0) } }
}
