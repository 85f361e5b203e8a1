import Configuration
import Slices

extension SliceError {
    /// The error at the key that is to be changed.
    func diagnostic(in settings: FleetSettings, _ origins: Origins) -> Diagnostic {
        let (key, around) = place(in: settings)
        let origin = [key, around, "fleet.slices", "fleet.groups", "fleet.split"].lazy.compactMap { origins[$0] }.first
        return Diagnostic(at: origin ?? .standard, key, description)
    }

    /// - Returns: the key, and one beside it that is always written.
    private func place(in settings: FleetSettings) -> (key: String, around: String) {
        guard !settings.slices.isEmpty else {
            let key = settings.groups.isEmpty ? "fleet.split" : "fleet.groups"
            if case .reservedName(let name) = self { return ("\(key).\(name)", key) }
            return (key, key)
        }
        guard let (name, key) = culprit, let place = settings.slices.lastIndex(where: { $0.name == name }) else {
            return ("fleet.slices", "fleet.slices")
        }
        return ("fleet.slices[\(place)].\(key)", "fleet.slices[\(place)].name")
    }

    /// The slice to be changed, and by which key; nil where another one is wanting.
    private var culprit: (slice: String, key: String)? {
        switch self {
        case .unknownCollector(_, let slice, _), .indivisible(_, let slice): (slice, "collectors")
        case .unknownCluster(_, let slice, _): (slice, "clusters")
        case .badName(let slice), .duplicateName(let slice), .reservedName(let slice): (slice, "name")
        case .badPrefix(_, let slice), .clash(_, let slice): (slice, "prefix")
        case .emptySlice(let slice): (slice, "collectors")
        case .duplicateCollector(_, _, let slices), .unequalCollectors(let slices, _):
            slices.last.map { ($0, "collectors") }
        case .severalRests(_, _, let slices): slices.last.map { ($0, "rest") }
        case .commonPartition(_, let slices, _): slices.last.map { ($0, "partitions") }
        case .clashBetween(_, let slices): slices.last.map { ($0, "prefix") }
        case .missingCollector, .missingRest, .missingGroups: nil
        }
    }
}
