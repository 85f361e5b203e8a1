public import FleetProtocol
public import Planning
public import Slices
import Slurm

/// The fleet that a coordinator leads.
public struct FleetSettings: Equatable, Sendable {
    /// The file with the keys of slurm-shard that all shards are configured with; nil for a coordinator without shards.
    public var configuration: String?
    /// What is not declared in `slices` is split like this.
    public var split = BuiltInSplit.category
    /// Sets of partitions that are counted by themselves, by name.
    public var groups: [String: [String]] = [:]
    public var slices: [SliceEntry] = []
    public var tokens = FleetTokens()
    /// Where the plan is kept.
    public var store = "fleet.db"
    public var scrapeInterval = Duration.seconds(30)
    public var heartbeatInterval = Duration.seconds(2)
    public var lostAfter = Duration.seconds(6)
    public var rebalanceInterval = Duration.seconds(10)

    public init() {}

    /// Whether anything is said of a fleet to be led; its tokens are also for those who only ask one.
    public var sharesOutWork: Bool {
        var rest = self
        (rest.configuration, rest.tokens) = (nil, FleetTokens())
        return rest != FleetSettings()
    }

    public var planning: PlanningSettings {
        var settings = PlanningSettings()
        settings.heartbeat = heartbeatInterval
        settings.lostAfter = lostAfter
        settings.overlap = scrapeInterval
        settings.round = rebalanceInterval
        settings.settling = min(heartbeatInterval * 1.5, .seconds(3))
        return settings
    }
}

/// A slice as it is written.
public struct SliceEntry: Equatable, Sendable {
    public var name = ""
    public var collectors: [String] = []
    public var clusters: [String] = []
    public var partitions: [String] = []
    public var takesRest = false
    public var prefix: String?

    public init() {}

    var declaration: SliceDeclaration {
        SliceDeclaration(
            name, collectors: collectors, clusters: clusters,
            share: takesRest ? .rest : partitions.isEmpty ? .whole : .partitions(partitions.map { .init($0) }),
            prefix: prefix)
    }
}

extension FleetSettings {
    /// What is declared, or the built-in split.
    public func declarations() throws(SliceError) -> [SliceDeclaration] {
        guard slices.isEmpty else { return slices.map(\.declaration) }
        let groups = groups.sorted { $0.key < $1.key }.map { PartitionGroup($0.key, $0.value.map { .init($0) }) }
        return try split.declarations(groups: groups)
    }
}
