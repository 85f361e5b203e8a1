import Collectors
import Configuration
import Fleet
import FleetProtocol
import Locks
import Merging

/// Where slices are served by the plan: the one that shows a slice in the fleet's name first, and then the other that has
/// it too.
final class PlannedSlices: SliceDirectory {
    private struct Known {
        let served: [(slice: Slice, urls: [String])]
        let token: String?
        let slices: [ServedSlice]
    }

    private let fleet: FleetService
    /// What was said last: it is asked for far more often than it changes.
    private let known = Locked<Known?>(nil)

    /// Collectors that have something to count: a slice of others has no data that could be missing.
    private static let counting = Set(Catalogue().collectors.filter { !$0.feeds.isEmpty }.map(\.name.rawValue))

    init(fleet: FleetService) {
        self.fleet = fleet
    }

    var slices: [ServedSlice]? {
        guard let served = fleet.served else { return nil }
        let token = try? fleet.tokens.secrets.first?.reveal()
        return known.withLock { known in
            if let known, known.token == token, known.served.elementsEqual(served, by: ==) { return known.slices }
            let slices = Self.slices(served, token)
            known = Known(served: served, token: token, slices: slices)
            return slices
        }
    }

    private static func slices(_ served: [(slice: Slice, urls: [String])], _ token: String?) -> [ServedSlice] {
        served.filter { !counting.isDisjoint(with: $0.slice.collectors) }.map { slice, urls in
            ServedSlice(
                name: slice.id, shares: Set(slice.collectors.map { .init(cluster: slice.cluster, collector: $0) }),
                addresses: urls.map { "\($0)/snapshots/\(slice.id)" },
                overview: urls.first.map { "\($0)/snapshots" }, token: token)
        }
    }
}

extension FleetFigure {
    /// The ratios of the catalogue.
    static var catalogued: [FleetFigure] { Catalogue.ratios.map { FleetFigure($0) } }
}
