/// One group of collectors over one set of partitions of one cluster: the unit of assignment.
public struct Slice: Hashable, Codable, Sendable {
    /// Names it in the whole fleet, wherever it runs.
    public var id: String { "\(name)@\(cluster)" }
    /// As it was declared; one slice of each cluster has it.
    public var name: String
    public var cluster: String
    /// Stands in place of `slurm_`.
    public var prefix: String
    public var collectors: [String]
    public var scope: SliceScope

    public init(name: String, cluster: String, prefix: String, collectors: [String], scope: SliceScope = .whole) {
        self.name = name
        self.cluster = cluster
        self.prefix = prefix
        self.collectors = collectors
        self.scope = scope
    }
}

/// Which partitions a slice counts, as patterns: who counts knows the partitions.
public enum SliceScope: Hashable, Codable, Sendable {
    case whole
    case only([String])
    /// What nobody else names, and what has no partition.
    case allBut([String])
}
