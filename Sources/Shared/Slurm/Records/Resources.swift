/// What a job asks for or has, or a node offers. What Slurm doesn't say is nil, never 0.
public struct Resources: Hashable, Sendable {
    public var cpus: Int?
    public var memoryBytes: Int?
    public var nodes: Int?
    public var gpus = GPUs()
    /// Billing units, where the partition has billing weights.
    public var billing: Double?

    public init() {}
}
