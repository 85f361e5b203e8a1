public import FleetProtocol
public import Metrics
import Slurm

/// Makes slices of declarations, one for each cluster that they cover, and refuses what doesn't add up.
public struct SliceExpansion: Sendable {
    private let clusters: [String]
    private let families: [String: [MetricFamily]]
    private let names: [String]

    /// - Parameters:
    ///   - clusters: none where they aren't known.
    ///   - families: of each collector, in the order of the collectors.
    public init(clusters: [String], families: [(collector: String, families: [MetricFamily])]) {
        self.clusters = clusters
        names = families.map(\.collector)
        self.families = Dictionary(uniqueKeysWithValues: families.map { ($0.collector, $0.families) })
    }

    public func slices(of declarations: [SliceDeclaration]) throws(SliceError) -> [Slice] {
        if let problem = problems(of: declarations).first { throw problem }
        return clusters.flatMap { cluster in
            let parts = declarations.filter { $0.covers(cluster) }
            return parts.map { slice($0, of: cluster, among: parts) }
        }
    }

    /// All that is wrong with each by itself, and where there is nothing, with all of them taken together.
    public func problems(of declarations: [SliceDeclaration]) -> [SliceError] {
        let single = problemsOfNames(declarations) + declarations.flatMap { problems(with: $0) }
        guard single.isEmpty else { return single }
        return clashes(among: declarations)
            + clusters.flatMap { cluster -> [SliceError] in
                let parts = declarations.filter { $0.covers(cluster) }
                return names.compactMap { problem(with: $0, of: cluster, parts) } + commonPartitions(parts, of: cluster)
            }
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
    private func problemsOfNames(_ declarations: [SliceDeclaration]) -> [SliceError] {
        var seen: Set<String> = []
        return declarations.compactMap { declaration -> SliceError? in
            guard declaration.hasGoodName else { return .badName(declaration.name) }
            return seen.insert(declaration.name).inserted ? nil : .duplicateName(declaration.name)
        }
    }

    private func problems(with declaration: SliceDeclaration) -> [SliceError] {
        let name = declaration.name
        var found: [SliceError] = []
        if declaration.collectors.isEmpty || declaration.share == .partitions([]) { found.append(.emptySlice(name)) }
        for unknown in declaration.collectors where families[unknown] == nil {
            found.append(.unknownCollector(unknown, slice: name, known: names))
        }
        for unknown in declaration.clusters where !clusters.isEmpty && !clusters.contains(unknown) {
            found.append(.unknownCluster(unknown, slice: name, known: clusters))
        }
        if declaration.share != .whole {
            for whole in declaration.collectors where families[whole] != nil && !BuiltInSplit.divisible.contains(whole)
            {
                found.append(.indivisible(whole, slice: name))
            }
        }
        return found + problemOfPrefix(declaration)
    }

    private func problemOfPrefix(_ declaration: SliceDeclaration) -> [SliceError] {
        guard let prefix = try? MetricPrefix(validating: declaration.prefixText) else {
            // Made from the name, it is as good as that.
            return declaration.prefix.map { [SliceError.badPrefix($0, slice: declaration.name)] } ?? []
        }
        let clash = NameClash.all(among: declaredFamilies(declaration), under: prefix).first
        return clash.map { [SliceError.clash($0.description, slice: declaration.name)] } ?? []
    }

    private func declaredFamilies(_ declaration: SliceDeclaration) -> [MetricFamily] {
        declaration.collectors.flatMap { families[$0] ?? [] }
    }

    /// One shard may have any of them, so no two slices may show different families under one name.
    private func clashes(among declarations: [SliceDeclaration]) -> [SliceError] {
        var owners: [MetricName: (family: MetricName, slice: SliceDeclaration)] = [:]
        return declarations.compactMap { declaration -> SliceError? in
            guard let prefix = try? MetricPrefix(validating: declaration.prefixText) else { return nil }
            var clash: SliceError?
            for family in declaredFamilies(declaration) {
                let name = family.name.prefixed(by: prefix)
                guard let owner = owners[name] else {
                    owners[name] = (family.name, declaration)
                    continue
                }
                let isOther = owner.family != family.name
                guard isOther || !owner.slice.mayShareNames(with: declaration, of: clusters) else { continue }
                clash = clash ?? .clashBetween(name.text, slices: [owner.slice.name, declaration.name])
            }
            return clash
        }
    }
}

/// What is wrong with several, taken together.
extension SliceExpansion {
    private func problem(with name: String, of cluster: String, _ parts: [SliceDeclaration]) -> SliceError? {
        let users = parts.filter { $0.collectors.contains(name) }
        guard !users.isEmpty else { return .missingCollector(name, cluster: cluster) }
        let whole = users.filter { $0.share == .whole }
        guard whole.isEmpty || users.count == 1 else {
            return .duplicateCollector(name, cluster: cluster, slices: users.map(\.name))
        }
        guard whole.isEmpty else { return nil }
        let rests = users.filter { $0.share == .rest }
        guard !rests.isEmpty else { return .missingRest(name, cluster: cluster) }
        guard rests.count == 1 else { return .severalRests(name, cluster: cluster, slices: rests.map(\.name)) }
        let other = users.first { Set($0.collectors) != Set(users[0].collectors) }
        return other.map { SliceError.unequalCollectors(slices: [users[0].name, $0.name], cluster: cluster) }
    }

    private func commonPartitions(_ parts: [SliceDeclaration], of cluster: String) -> [SliceError] {
        parts.enumerated().flatMap { place, left in
            parts[(place + 1)...].filter(left.splits).compactMap { right in
                left.commonPartition(with: right).map { partition in
                    SliceError.commonPartition(partition, slices: [left.name, right.name], cluster: cluster)
                }
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
