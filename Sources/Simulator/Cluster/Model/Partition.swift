public enum PartitionState: String, CaseIterable, Sendable {
    case up = "UP"
    case down = "DOWN"
    case drain = "DRAIN"
    case inactive = "INACTIVE"
}

public struct PartitionFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let isDefault = PartitionFlags(rawValue: 1)
    public static let hidden = PartitionFlags(rawValue: 1 << 1)
    public static let noRoot = PartitionFlags(rawValue: 1 << 2)
    public static let rootOnly = PartitionFlags(rawValue: 1 << 3)
    public static let requiresReservation = PartitionFlags(rawValue: 1 << 4)
    public static let leastLoadedNode = PartitionFlags(rawValue: 1 << 5)
    public static let exclusiveUser = PartitionFlags(rawValue: 1 << 6)
}

public struct Partition: Sendable {
    public let name: Text
    /// False before it was created and after it was deleted: jobs may still name it, answers don't list it.
    public var exists = true
    public var state = PartitionState.up
    public var flags: PartitionFlags = []
    /// Ascending.
    public var nodes: [Ref<Node>] = []

    public var maxTime = TimeLimit.unlimited
    public var defaultTime = TimeLimit.unlimited
    public var maxNodes = Limit.unset
    public var minNodes = 1
    public var maxCPUsPerNode = Limit.unset
    /// MiB
    public var maxMemoryPerNode = Limit.unset
    /// MiB
    public var maxMemoryPerCPU = Limit.unset
    /// MiB
    public var defaultMemoryPerCPU = Limit.unset
    public var graceTime = 0
    public var priorityTier = 1
    public var priorityJobFactor = 1
    /// How many jobs may share a CPU; 1 is exclusive use of CPUs, the usual.
    public var oversubscribe = 1
    public var preempts = false

    /// Empty lets everyone in.
    public var allowedAccounts: [Ref<Account>] = []
    public var deniedAccounts: [Ref<Account>] = []
    public var allowedQOS: [Ref<QOS>] = []
    public var qos: Ref<QOS> = .none
    public var alternate: Ref<Partition> = .none

    public init(name: Text) {
        self.name = name
    }

    public func admits(_ account: Ref<Account>) -> Bool {
        if deniedAccounts.contains(account) { return false }
        return allowedAccounts.isEmpty || allowedAccounts.contains(account)
    }
}

/// Partitions in the order in which a job or the configuration names them; never empty.
public typealias PartitionList = [Ref<Partition>]
