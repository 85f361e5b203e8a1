/// An amount of resources in base units.
public struct Amount: Codable, Equatable, Sendable {
    public var cpus = 0
    public var memoryBytes = 0
    public var nodes = 0
    public var gpus = 0
    /// By type; GPUs without a type under "".
    public var gpusByType = Counts()

    mutating func add(_ resources: Resources, times count: Int = 1) {
        cpus += resources.cpus * count
        memoryBytes += resources.memory * count << 20
        nodes += resources.nodes * count
        gpus += resources.gpus * count
    }
}
