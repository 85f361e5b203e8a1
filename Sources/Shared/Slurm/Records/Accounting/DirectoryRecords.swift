/// An account in the database.
public struct AccountRecord: Sendable {
    public var name = Symbol.empty
    public var description = ""
    public var organization = ""
    public var coordinators: [Symbol] = []

    public init() {}
}

/// A user in the database.
public struct UserRecord: Sendable {
    public var name = Symbol.empty
    public var defaultAccount = Symbol.empty
    public var defaultWorkloadKey = Symbol.empty
    /// `None`, `Operator` or `Administrator`.
    public var administratorLevel = Symbol.empty
    /// The accounts that they coordinate.
    public var coordinates: [Symbol] = []

    public init() {}
}

/// A cluster that the database keeps accounts of.
public struct ClusterRecord: Sendable {
    public var name = Symbol.empty
    /// Empty while slurmctld isn't registered.
    public var controllerHost = ""
    public var controllerPort: Int?
    public var nodeList = ""
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
