public import FleetProtocol
public import ServiceRuntime

/// How a shard stands in the fleet.
public enum ShardState: String, CaseIterable, Codable, Sendable {
    /// Known, and can't be given work yet.
    case joining
    case ready
    /// Hands over what it has.
    case draining
    case lost
}

/// A shard, as the coordinator knows it.
public struct Member: Sendable {
    public typealias Instant = MonotonicClock.Instant

    public internal(set) var id: String
    public internal(set) var url: String
    /// The last one; nil for a shard that only a stored plan names.
    public private(set) var heartbeat: Heartbeat?
    public internal(set) var seen: Instant
    /// When the name was known last to belong to this process; nobody forgives its silence.
    private var heard: Instant
    /// The process that had the name before.
    private var predecessor: String?
    private(set) var namesake: Namesake?
    /// Whether somebody told it to drain.
    public internal(set) var isOrderedToDrain: Bool
    /// The process that a stored plan says so of.
    private let drained: String?
    private var slices: [String: SliceReport] = [:]
    private var upstreams: [String: UpstreamReport] = [:]

    init(id: String, url: String, seen: Instant, drained: String? = nil) {
        self.id = id
        self.url = url
        self.seen = seen
        self.drained = drained
        heard = seen
        isOrderedToDrain = drained != nil
    }

    /// As others are to know it.
    var planned: PlannedShard {
        PlannedShard(id: id, url: url, drained: isOrderedToDrain ? heartbeat?.nonce ?? drained : nil)
    }

    mutating func take(_ heartbeat: Heartbeat, url: String, at now: Instant) {
        if let known = self.heartbeat?.nonce ?? drained, known != heartbeat.nonce { isOrderedToDrain = false }
        if let last = self.heartbeat, last.nonce != heartbeat.nonce { predecessor = last.nonce }
        self.heartbeat = heartbeat
        self.url = url
        (seen, heard) = (now, now)
        slices = Dictionary(heartbeat.slices.map { ($0.id, $0) }) { $1 }
        upstreams = Dictionary(heartbeat.upstreams.map { ($0.cluster, $0) }) { $1 }
    }

    /// Whether the name stays with this process, which is heard, and hasn't said that it leaves.
    ///
    /// Who listens where it did was started in its place; who had the name before was not. Of a process that only a stored
    /// plan names the nonce isn't known: who goes by a plan is taken for it.
    func keepsName(from other: Heartbeat, at url: String, _ now: Instant, _ settings: PlanningSettings) -> Bool {
        guard heard.duration(to: now) < settings.lostAfter else { return false }
        guard let heartbeat else { return url != self.url && other.plan == nil }
        guard other.nonce != heartbeat.nonce else { return false }
        return other.nonce == predecessor || url != self.url && !heartbeat.isDraining
    }

    mutating func refuse(_ url: String, at now: Instant) {
        namesake = Namesake(url: url, seen: now, refusals: (namesake?.refusals ?? 0) + 1)
    }

    func state(at now: Instant, _ settings: PlanningSettings) -> ShardState {
        if seen.duration(to: now) >= settings.lostAfter { return .lost }
        guard let heartbeat else { return .joining }
        if isOrderedToDrain || heartbeat.isDraining { return .draining }
        return heartbeat.isReady ? .ready : .joining
    }

    func report(of slice: String) -> SliceReport? { slices[slice] }

    func report(on cluster: String) -> UpstreamReport? { upstreams[cluster] }

    /// When Slurm has certainly done with what this shard asked, were it gone since its last heartbeat.
    func quiet(of cluster: String, _ settings: PlanningSettings) -> Instant {
        seen + settings.quiet(heartbeat == nil ? nil : upstreams[cluster]?.quietAfterSeconds ?? 0)
    }
}

extension MonotonicClock.Instant {
    static func + (instant: Self, duration: Duration) -> Self { instant.advanced(by: duration) }
}
