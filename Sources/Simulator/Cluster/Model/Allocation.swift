/// What a job has on one node.
public struct NodeShare: Sendable, BitwiseCopyable {
    public let node: Ref<Node>
    /// The epilog is done here: a completing job lists only nodes where it is not.
    public var isDone = false
    public let cpus: UInt32
    /// MiB
    public let memory: UInt32
    /// Bits of the node's GPUs.
    public let gpus: UInt64
}

/// The nodes of a job that has started, ascending. Kept until the record goes.
public struct Allocation: Sendable {
    public var shares: [NodeShare]

    public var resources: Resources {
        shares.reduce(into: Resources()) { sum, share in
            sum += Resources(
                cpus: Int(share.cpus), memory: Int(share.memory), nodes: 1, gpus: share.gpus.nonzeroBitCount)
        }
    }
}

extension Allocation: Vacatable {
    public static var vacant: Allocation { Allocation(shares: []) }
    public var isVacant: Bool { shares.isEmpty }
}
