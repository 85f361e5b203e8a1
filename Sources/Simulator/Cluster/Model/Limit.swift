/// A limit that may not be set. A limit of 0 is one: it lets nothing through.
public struct Limit: Hashable, Sendable, BitwiseCopyable {
    private let raw: UInt64

    public static let unset = Limit(raw: .max)

    private init(raw: UInt64) {
        self.raw = raw
    }

    public init(_ value: Int) {
        raw = UInt64(value)
    }

    public var value: Int? { raw == .max ? nil : Int(raw) }

    func allows(_ amount: Int) -> Bool {
        raw == .max || UInt64(amount) <= raw
    }
}

extension Limit: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}

/// Limits on an amount of trackable resources, each on its own.
public struct ResourceLimits: Hashable, Sendable, BitwiseCopyable {
    public var cpus = Limit.unset
    /// MiB
    public var memory = Limit.unset
    public var nodes = Limit.unset
    public var gpus = Limit.unset
    public var billing = Limit.unset

    public init() {}

    public var isUnset: Bool { self == ResourceLimits() }
}

/// An amount of trackable resources.
public struct Resources: Hashable, Sendable, BitwiseCopyable {
    public var cpus = 0
    /// MiB
    public var memory = 0
    public var nodes = 0
    public var gpus = 0

    public init(cpus: Int = 0, memory: Int = 0, nodes: Int = 0, gpus: Int = 0) {
        self.cpus = cpus
        self.memory = memory
        self.nodes = nodes
        self.gpus = gpus
    }

    /// What the partitions charge: one unit a CPU, sixteen a GPU.
    public var billing: Int { cpus + 16 * gpus }

    public static func += (left: inout Resources, right: Resources) {
        left.cpus += right.cpus
        left.memory += right.memory
        left.nodes += right.nodes
        left.gpus += right.gpus
    }

    public static func -= (left: inout Resources, right: Resources) {
        left.cpus -= right.cpus
        left.memory -= right.memory
        left.nodes -= right.nodes
        left.gpus -= right.gpus
    }
}
