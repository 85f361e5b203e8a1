public import Metrics

/// How what was collected is shown.
public struct SnapshotSettings: Equatable, Sendable {
    /// Stands in place of `slurm_` in this process's names.
    public var prefix: MetricPrefix?
    /// What the one slice of a process without a fleet is called.
    public var slice = "all"
    /// How many values of a label are shown by themselves; the others are one, `other`.
    public var labelLimits: [LabelName: Int] = [:]
    /// How many series are shown of all clusters together; the process's own don't count.
    public var maximumSeries: Int?
    /// Where the control group allows less, that holds.
    public var memoryLimitBytes: UInt64?
    /// Families that matter more or less than they declare.
    public var levels: [MetricName: Level] = [:]
    public var own = OwnFigures()
    /// The name of another exporter's metrics, if these are its: they come without this process's own figures.
    public var set: String?
    /// Whether each series says which cluster it is of.
    public var namesClusters = true
    /// Collectors of the set that are switched off, for whoever misses their families.
    public var missingCollectors: [String] = []
    /// The errors of attempts that can occur, so that they are counted from 0.
    public var errorTypes: [String] = []

    public init() {}
}
