/// A type of GPU or MIG slice as gres.conf names it.
public struct GPUType: Hashable, Sendable {
    public let name: Text
}

/// GPUs of one type in a node, and the sockets they sit at.
public struct GPUGroup: Hashable, Sendable {
    /// `.none` where gres.conf names no type: `gpu:8`, which Slurm shows in use as `gpu:(null):8`.
    public let type: Ref<GPUType>
    public let count: Int
    /// "0-1" of `gpu:h100:4(S:0-1)`; empty where slurmd told no affinity.
    public let sockets: Text
}

/// Generic resources of a node as configured; nodes alike share one.
///
/// A node numbers its GPUs from 0 through all groups: the second of `gpu:a100:4,gpu:h100:2` begins at 4.
public struct GenericResources: Hashable, Sendable {
    public let gpus: [GPUGroup]
    /// What else is configured, as Slurm writes it: "nvme:no_consume:1"; may be empty.
    public let others: Text

    public init(gpus: [GPUGroup] = [], others: Text = .empty) {
        precondition(gpus.reduce(0) { $0 + $1.count } <= 64, "GPUs of a node are kept as bits of one word")
        self.gpus = gpus
        self.others = others
    }

    public var gpuCount: Int { gpus.reduce(0) { $0 + $1.count } }

    /// Each group with the bits of its GPUs.
    public var masks: [(group: GPUGroup, mask: UInt64)] {
        var first = 0
        return gpus.map { group in
            defer { first += group.count }
            return (group, Self.mask(from: first, count: group.count))
        }
    }

    /// The bits of the GPUs that a request for a type can take; all of them when it names none.
    func mask(of type: Ref<GPUType>) -> UInt64 {
        masks.reduce(0) { type.exists && $1.group.type != type ? $0 : $0 | $1.mask }
    }

    private static func mask(from first: Int, count: Int) -> UInt64 {
        count == 64 ? .max : ((1 << UInt64(count)) - 1) << UInt64(first)
    }
}
