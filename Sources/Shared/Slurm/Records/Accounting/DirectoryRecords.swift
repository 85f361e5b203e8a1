/// A cluster that the database keeps accounts of.
public struct ClusterRecord: Sendable {
    public var name = Symbol.empty
    /// Empty while slurmctld isn't registered.
    public var controllerHost = ""
    public var controllerPort: Int?
    public var protocolVersion: Int?
    /// Such as `cons_tres`; empty where the version doesn't say.
    public var selectPlugin = ""
    /// Slurm's words, such as `FEDERATION`.
    public var flags: [Symbol] = []
    /// What it has in all.
    public var configured = ResourceAmounts()

    public init() {}
}

/// A kind of resource that accounting tracks.
public struct TrackedResourceRecord: Sendable {
    public var id: Int?
    /// `cpu`, `gres` …
    public var type = Symbol.empty
    /// `gpu:h100`; empty for most types.
    public var name = Symbol.empty

    public init() {}
}

/// A key that users give to their jobs.
public struct WorkloadKeyRecord: Sendable {
    public var id: Int?
    public var name = Symbol.empty
    public var user = Symbol.empty
    public var cluster = Symbol.empty

    public init() {}
}
