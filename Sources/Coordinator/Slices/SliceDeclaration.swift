public import Slurm

/// A part of the work as it is declared, for every cluster that it names.
public struct SliceDeclaration: Hashable, Sendable {
    public var name: String
    public var collectors: [String]
    /// Empty for all.
    public var clusters: [String]
    public var share: Share
    /// Nil for `slurm_{name}_`.
    public var prefix: String?

    /// What of a cluster a slice counts.
    public enum Share: Hashable, Sendable {
        case whole
        case partitions([PartitionPattern])
        /// What the slices with the same collectors leave: partitions that nobody names, new ones too, and what has none.
        case rest
    }

    public init(
        _ name: String, collectors: [String], clusters: [String] = [], share: Share = .whole, prefix: String? = nil
    ) {
        self.name = name
        self.collectors = collectors
        self.clusters = clusters
        self.share = share
        self.prefix = prefix
    }

    var prefixText: String {
        prefix ?? "slurm_\(name.replacing("-", with: "_"))_"
    }

    func covers(_ cluster: String) -> Bool { clusters.isEmpty || clusters.contains(cluster) }
}

/// A set of partitions that is counted by itself, by name.
public struct PartitionGroup: Hashable, Sendable {
    public var name: String
    public var partitions: [PartitionPattern]

    public init(_ name: String, _ partitions: [PartitionPattern]) {
        self.name = name
        self.partitions = partitions
    }
}
