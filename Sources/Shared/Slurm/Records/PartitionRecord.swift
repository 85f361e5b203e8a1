/// A partition as an exporter needs it.
public struct PartitionRecord: Sendable {
    public var name = Symbol.empty
    /// nil where the version doesn't say (v0.0.39).
    public var state: PartitionState?
    /// nil where the version doesn't say (v0.0.39 to v0.0.44).
    public var isDefault: Bool?
    public var isHidden: Bool?
    /// As configured, whatever state the nodes are in.
    public var nodes: Int?
    public var cpus: Int?
    public var memoryBytes: Int?
    public var gpus: GPUs?
    public var maximumTimeSeconds: Limit<Int>?
    public var defaultTimeSeconds: Limit<Int>?
    public var maximumNodes: Limit<Int>?
    public var minimumNodes: Int?
    public var priorityTier: Int?
    public var priorityJobFactor: Int?
    public var allowedAccounts = ""
    public var allowedGroups = ""
    public var allowedQOS = ""
    public var qos = ""

    public init() {}
}

public enum PartitionState: String, Hashable, Sendable, CaseIterable {
    case up, down, drain, inactive, unknown
}
