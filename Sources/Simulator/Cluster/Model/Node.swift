/// A node's name, kept apart so that ten thousand of them are cheap and lists compress.
public struct NodeName: Hashable, Sendable, BitwiseCopyable {
    public let prefix: Ref<Text>
    public let number: UInt32
    /// Digits of the number with leading zeros; 0 where the name has no number.
    public let width: UInt8
}

public struct Node: Sendable, BitwiseCopyable {
    public static let unset = UInt32.max - 1

    public var name: NodeName
    public var state: NodeState
    /// `.unknown` where no reboot is under way, which answers show as INVALID.
    public var nextStateAfterReboot = NodeState.Base.unknown
    /// In the order of the configuration; `.none` is a node in no partition.
    public var partitions: Ref<PartitionList>

    public var cpus: UInt32
    public var allocatedCPUs: UInt32 = 0
    public var boards: UInt8 = 1
    public var sockets: UInt8
    public var coresPerSocket: UInt16
    public var threadsPerCore: UInt8
    /// Cores kept from jobs; `effectiveCPUs` is less by their threads.
    public var specializedCores: UInt16 = 0
    /// MiB kept from jobs.
    public var specializedMemory: UInt32 = 0

    /// MiB
    public var memory: UInt32
    /// MiB
    public var allocatedMemory: UInt32 = 0
    /// MiB; `Node.unset` where no slurmd ever reported.
    public var freeMemory: UInt32
    /// Times 100; `Node.unset` where no slurmd ever reported.
    public var cpuLoad: UInt32
    /// MiB
    public var temporaryDisk: UInt32

    public var generic: Ref<GenericResources>
    /// Bits of the GPUs in use.
    public var gpusInUse: UInt64 = 0

    /// Comma list.
    public var features: Ref<Text>
    /// Comma list: what of the features is active now.
    public var activeFeatures: Ref<Text>
    public var weight: UInt32 = 1
    public var port: UInt16 = 6818
    public var version: Ref<Text>
    public var operatingSystem: Ref<Text>
    public var architecture: Ref<Text>

    public var reason: Ref<Text>
    public var reasonUser: Ref<User> = .none
    public var reasonTime = Timestamp.never
    public var bootTime = Timestamp.never
    public var slurmdStart = Timestamp.never
    public var lastBusy = Timestamp.never
    public var resumeAfter = Timestamp.never
    public var reservation: Ref<Reservation> = .none

    public var comment: Ref<Text>
    public var extra: Ref<Text>
    public var instanceID: Ref<Text>
    public var instanceType: Ref<Text>

    /// 0 where nothing measures it.
    public var watts: UInt16 = 0
    /// Joules since boot.
    public var consumedEnergy: UInt64 = 0

    /// One of the hand-made oddities: life leaves it as it is.
    public var isPinned = false
    /// Life's own: when what it did to this node ends.
    var recovers = Timestamp.never
    /// Life's own: running and suspended jobs, and jobs whose epilog is not done here.
    var holders: UInt16 = 0
    var completers: UInt16 = 0

    /// What jobs can be given.
    public var effectiveCPUs: Int { Int(cpus) - Int(specializedCores) * Int(threadsPerCore) }
    public var everReported: Bool { slurmdStart.isSet }
}
