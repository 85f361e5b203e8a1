/// A node as an exporter needs it, the same whatever API version or command it came from.
public struct NodeRecord: Sendable {
    public var name = ""
    public var state = NodeState()
    /// As Slurm lists them. The home partition is the first by name.
    public var partitions: [Symbol] = []

    public var cpus: Int?
    /// Without those set aside for the system.
    public var effectiveCPUs: Int?
    public var allocatedCPUs: Int?
    public var memoryBytes: Int?
    /// Without what is set aside for the system.
    public var effectiveMemoryBytes: Int?
    public var allocatedMemoryBytes: Int?
    /// As the operating system sees it; nil until slurmd has reported.
    public var freeMemoryBytes: Int?
    /// The load average; nil until slurmd has reported.
    public var load: Double?
    public var gpus = GPUs()
    /// nil where the answer doesn't say: GPUs that aren't tracked, asked for without details.
    public var allocatedGPUs: GPUs?
    /// All generic resources by name, GPUs among them, with what is used where that is said.
    public var genericResources: [GenericResource] = []

    public var reason = ""
    public var reasonUser = ""
    public var reasonSince: Timestamp?
    public var booted: Timestamp?
    public var daemonStarted: Timestamp?
    public var lastBusy: Timestamp?
    public var watts: Double?
    public var consumedJoules: Double?
    public var weight: Int?
    public var version = ""
    public var architecture = ""
    public var operatingSystem = ""
    public var address = ""
    public var features: [Symbol] = []
    public var reservation = Symbol.empty

    public init() {}
}

/// Interchangeable things of a node, such as GPUs of a type.
public struct GenericResource: Hashable, Sendable {
    /// `gpu`, or `gpu:h100` where there are types.
    public var name: Symbol
    public var total: Int
    public var used: Int?

    public init(name: Symbol, total: Int, used: Int? = nil) {
        self.name = name
        self.total = total
        self.used = used
    }
}
