/// Why work can't be split as declared.
public enum SliceError: Error, Hashable, Sendable {
    case unknownCollector(String, slice: String, known: [String])
    case unknownCluster(String, slice: String, known: [String])
    case badName(String)
    case badPrefix(String, slice: String)
    case duplicateName(String)
    case reservedName(String)
    case emptySlice(String)
    case missingCollector(String, cluster: String)
    case duplicateCollector(String, cluster: String, slices: [String])
    case indivisible(String, slice: String)
    case missingRest(String, cluster: String)
    case severalRests(String, cluster: String, slices: [String])
    case unequalCollectors(slices: [String], cluster: String)
    case commonPartition(String, slices: [String], cluster: String)
    case clash(String, slice: String)
    case clashBetween(String, slices: [String])
    case missingGroups
}

extension SliceError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownCollector(let name, let slice, let known):
            "slice \(slice) names the collector '\(name)'; there are: \(known.joined(separator: ", "))"
        case .unknownCluster(let name, let slice, let known):
            "slice \(slice) names the cluster '\(name)'; there are: \(known.joined(separator: ", "))"
        case .badName(let name): "'\(name)' is no name of a slice: write lower-case letters, digits, - and _"
        case .badPrefix(let prefix, let slice):
            "slice \(slice) has the prefix '\(prefix)': write one such as slurm_\(slice)_, which ends in _"
        case .duplicateName(let name): "two slices are called \(name)"
        case .reservedName(let name):
            "\(name) is what all partitions are in that no group has: call this group otherwise"
        case .emptySlice(let name): "slice \(name) has nothing to count: name collectors, and partitions if it is split"
        case .missingCollector(let name, let cluster):
            "the collector \(name) of cluster \(cluster) is in no slice"
        case .duplicateCollector(let name, let cluster, let slices):
            "the collector \(name) of cluster \(cluster) is whole in \(Self.list(slices)): it would count twice"
        case .indivisible(let name, let slice):
            "slice \(slice) splits the collector \(name) by partition; that can be done with nodes, partitions and jobs"
        case .missingRest(let name, let cluster):
            "nobody counts the partitions of cluster \(cluster) that no slice with \(name) names: add one with rest: true"
        case .severalRests(let name, let cluster, let slices):
            "\(Self.list(slices)) both take the rest of \(name) of cluster \(cluster)"
        case .unequalCollectors(let slices, let cluster):
            "\(Self.list(slices)) split cluster \(cluster) between them, and so need the same collectors"
        case .commonPartition(let partition, let slices, let cluster):
            "a partition '\(partition)' of cluster \(cluster) would be in \(Self.list(slices))"
        case .clash(let clash, let slice): "slice \(slice): \(clash)"
        case .clashBetween(let name, let slices): "\(Self.list(slices)) both need the name '\(name)'"
        case .missingGroups: "a split by partition needs fleet.groups: name sets of partitions there"
        }
    }

    private static func list(_ slices: [String]) -> String { slices.joined(separator: " and ") }
}
