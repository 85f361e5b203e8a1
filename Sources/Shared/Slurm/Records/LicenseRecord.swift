/// A licence that Slurm hands out.
public struct LicenseRecord: Sendable {
    public var name = Symbol.empty
    public var total: Int?
    public var used: Int?
    public var free: Int?
    public var reserved: Int?
    /// Whether slurmdbd shares it out among clusters.
    public var isRemote = false
    public var lastConsumed: Int?
    public var lastDeficit: Int?
    public var lastUpdated: Timestamp?

    public init() {}
}
