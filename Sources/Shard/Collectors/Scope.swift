public import Slurm

/// The partitions whose nodes and jobs are counted here, where a cluster's records are split.
///
/// Whoever counts a part of a cluster is given each record that has any of its partitions. What counts once counts where
/// the record's home partition is; what has no partition, or one that nobody names, belongs to `allBut`.
public enum Scope: Hashable, Sendable {
    case whole
    case only([PartitionPattern])
    case allBut([PartitionPattern])

    /// - Parameter partition: empty for what has none.
    public func covers(_ partition: String) -> Bool {
        switch self {
        case .whole: true
        case .only(let patterns): !partition.isEmpty && patterns.contains { $0.matches(partition) }
        case .allBut(let patterns): partition.isEmpty || !patterns.contains { $0.matches(partition) }
        }
    }
}
