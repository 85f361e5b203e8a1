public import FleetProtocol

/// How a process belongs to a fleet.
public struct MembershipSettings: Equatable, Sendable {
    /// `http://host:port`; empty for a process on its own.
    public var coordinators: [String] = []
    /// The name under which it is known; nil for that of the host and the port.
    public var shard: String?
    /// Where others reach it; nil for where the coordinator sees it come from.
    public var host: String?
    public var tokens = FleetTokens()
    /// Where the plan is kept for a start without coordinators; nil for nowhere.
    public var stateDirectory: String?
    /// How long it goes on to hand over what it has when it is told to stop.
    public var drainTimeout = Duration.seconds(120)

    public init() {}
}
