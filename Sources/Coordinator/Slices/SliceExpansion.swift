public import FleetProtocol
public import Metrics
import Slurm

/// Makes slices of declarations, one for each cluster that they cover, and refuses what doesn't add up.
public struct SliceExpansion: Sendable {
    private let clusters: [String]
    private let families: [String: [MetricFamily]]
    private let names: [String]

    /// - Parameter families: of each collector, in the order of the collectors.
    public init(clusters: [String], families: [(collector: String, families: [MetricFamily])]) {
        self.clusters = clusters
        names = families.map(\.collector)
        self.families = Dictionary(uniqueKeysWithValues: families.map { ($0.collector, $0.families) })
    }

    public func slices(of declarations: [SliceDeclaration]) throws(SliceError) -> [Slice] {
        try checkNames(declarations)
        for declaration in declarations { try check(declaration) }
        try checkClashes(declarations)
        var slices: [Slice] = []
        for cluster in clusters {
            let parts = declarations.filter { $0.covers(cluster) }
            for name in names { try checkCollector(name, of: cluster, parts) }
            try checkGroups(parts, of: cluster)
            slices += parts.map { slice($0, of: cluster, among: parts) }
        }
        return slices
    }

    private func slice(_ declaration: SliceDeclaration, of cluster: String, among parts: [SliceDeclaration]) -> Slice {
        let scope: SliceScope =
            switch declaration.share {
            case .whole: .whole
            case .partitions(let patterns): .only(patterns.map(\.text))
            case .rest: .allBut(parts.filter { $0.splits(with: declaration) }.flatMap(\.patterns).map(\.text))
            }
        return Slice(
            name: declaration.name, cluster: cluster, prefix: declaration.prefixText,
            collectors: declaration.collectors, scope: scope)
    }
}

/// What is wrong with one declaration.
extension SliceExpansion {
    private func checkNames(_ declarations: [SliceDeclaration]) throws(SliceError) {
        var seen: Set<String> = []
        for declaration in declarations {
            guard declaration.hasGoodName else { throw .badName(declaration.name) }
            guard seen.insert(declaration.name).inserted else { throw .duplicateName(declaration.name) }
        }
    }

    private func check(_ declaration: SliceDeclaration) throws(SliceError) {
        let name = declaration.name
        if declaration.collectors.isEmpty || declaration.share == .partitions([]) { throw .emptySlice(name) }
        if let unknown = declaration.collectors.first(where: { families[$0] == nil }) {
            throw .unknownCollector(unknown, slice: name, known: names)
        }
        if let unknown = declaration.clusters.first(where: { !clusters.contains($0) }) {
            throw .unknownCluster(unknown, slice: name, known: clusters)
        }
        if declaration.share != .whole,
            let whole = declaration.collectors.first(where: { !BuiltInSplit.divisible.contains($0) })
        {
            throw .indivisible(whole, slice: name)
        }
        if let clash = NameClash.all(among: declaredFamilies(declaration), under: try prefix(of: declaration)).first {
            throw .clash(clash.description, slice: name)
        }
    }

    private func prefix(of declaration: SliceDeclaration) throws(SliceError) -> MetricPrefix {
        do throws(InvalidName) {
            return try MetricPrefix(validating: declaration.prefixText)
        } catch {
            throw .badPrefix(declaration.prefixText, slice: declaration.name)
        }
    }

    private func declaredFamilies(_ declaration: SliceDeclaration) -> [MetricFamily] {
        declaration.collectors.flatMap { families[$0] ?? [] }
    }

    /// One shard may have any of them, so no two slices may show different families under one name.
    private func checkClashes(_ declarations: [SliceDeclaration]) throws(SliceError) {
        var owners: [MetricName: (family: MetricName, slice: SliceDeclaration)] = [:]
        for declaration in declarations {
            let prefix = try prefix(of: declaration)
            for family in declaredFamilies(declaration) {
                let name = family.name.prefixed(by: prefix)
                guard let owner = owners[name] else {
                    owners[name] = (family.name, declaration)
                    continue
                }
                guard !owner.slice.mayShareNames(with: declaration, of: clusters) || owner.family != family.name else {
                    continue
                }
                throw .clashBetween(name.text, slices: [owner.slice.name, declaration.name])
            }
        }
    }
}

/// What is wrong with several, taken together.
extension SliceExpansion {
    private func checkCollector(
        _ name: String, of cluster: String, _ parts: [SliceDeclaration]
    ) throws(SliceError) {
        let users = parts.filter { $0.collectors.contains(name) }
        guard !users.isEmpty else { throw .missingCollector(name, cluster: cluster) }
        let whole = users.filter { $0.share == .whole }
        guard whole.isEmpty || users.count == 1 else {
            throw .duplicateCollector(name, cluster: cluster, slices: users.map(\.name))
        }
        guard whole.isEmpty else { return }
        let rests = users.filter { $0.share == .rest }
        guard !rests.isEmpty else { throw .missingRest(name, cluster: cluster) }
        guard rests.count == 1 else { throw .severalRests(name, cluster: cluster, slices: rests.map(\.name)) }
        if let other = users.first(where: { Set($0.collectors) != Set(users[0].collectors) }) {
            throw .unequalCollectors(slices: [users[0].name, other.name], cluster: cluster)
        }
    }

    private func checkGroups(_ parts: [SliceDeclaration], of cluster: String) throws(SliceError) {
        for (place, left) in parts.enumerated() {
            for right in parts[(place + 1)...] where left.splits(with: right) {
                guard let partition = left.commonPartition(with: right) else { continue }
                throw .commonPartition(partition, slices: [left.name, right.name], cluster: cluster)
            }
        }
    }
}

extension SliceDeclaration {
    fileprivate var hasGoodName: Bool {
        !name.isEmpty && name.utf8.count <= 63
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                    UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    fileprivate var patterns: [PartitionPattern] {
        if case .partitions(let patterns) = share { patterns } else { [] }
    }

    /// Whether both count parts of the same.
    fileprivate func splits(with other: SliceDeclaration) -> Bool {
        share != .whole && other.share != .whole && !Set(collectors).isDisjoint(with: other.collectors)
    }

    fileprivate func commonPartition(with other: SliceDeclaration) -> String? {
        for left in patterns {
            for right in other.patterns {
                if let name = left.common(with: right) { return name.isEmpty ? "any" : name }
            }
        }
        return nil
    }

    /// Of different clusters their series differ by a label.
    fileprivate func mayShareNames(with other: SliceDeclaration, of clusters: [String]) -> Bool {
        !clusters.contains { covers($0) && other.covers($0) }
    }
}
