/// Ways to split the work that need not be declared.
public enum BuiltInSplit: String, CaseIterable, Sendable {
    /// Cluster, nodes, jobs and accounting, each by itself.
    case category
    /// Each group of partitions by itself, and what can't be split in one slice.
    case partition
    /// Nodes by group, jobs by group, and the others by category.
    case both

    public func declarations(groups: [PartitionGroup]) throws(SliceError) -> [SliceDeclaration] {
        guard self == .category || !groups.isEmpty else { throw .missingGroups }
        guard !groups.contains(where: { $0.name == Self.rest }) else { throw .reservedName(Self.rest) }
        let shares = groups.map { ($0.name, SliceDeclaration.Share.partitions($0.partitions)) } + [(Self.rest, .rest)]
        switch self {
        case .category: return Self.categories
        case .partition:
            return [SliceDeclaration("cluster", collectors: Self.indivisible)]
                + shares.map { SliceDeclaration($0, collectors: Self.divisible, share: $1) }
        case .both:
            return Self.categories.filter { !Set($0.collectors).isSubset(of: Self.divisible) }.map(\.withoutDivisible)
                + Self.divisible.flatMap { name in
                    shares.map { SliceDeclaration("\(name)-\($0)", collectors: [name], share: $1) }
                }
        }
    }

    /// The group of all partitions that no other has.
    private static let rest = "rest"

    static let divisible = ["nodes", "partitions", "jobs"]

    private static let categories = [
        SliceDeclaration("cluster", collectors: ["cluster", "partitions", "scheduler", "reservations", "licenses"]),
        SliceDeclaration("nodes", collectors: ["nodes"]),
        SliceDeclaration("jobs", collectors: ["jobs", "users", "accounts", "qos"]),
        // Under `slurm_accounting_` the jobs of a QOS would have the name of those that ended.
        SliceDeclaration("accounting", collectors: ["fairshare", "accounting"]),
    ]

    private static var indivisible: [String] {
        categories.flatMap(\.collectors).filter { !divisible.contains($0) }
    }
}

extension SliceDeclaration {
    fileprivate var withoutDivisible: SliceDeclaration {
        var declaration = self
        declaration.collectors.removeAll { BuiltInSplit.divisible.contains($0) }
        // `users` would read as part of `jobs`, which are other slices here.
        if name == "jobs" { declaration.name = "owners" }
        return declaration
    }
}
