import Locks
public import Merging
public import ServiceRuntime

/// Remembers how the clusters are and were, for their charts.
public final class ClusterWatch: Service {
    public let name = "cluster watch"
    private let clock: MonotonicClock
    private let state = Locked(State())

    private struct State {
        var clusters: [String: ClusterFigures] = [:]
        var history = ClusterHistory()
    }

    public init(clock: MonotonicClock = .system) {
        self.clock = clock
    }

    /// Takes what is shown from now on.
    public func note(_ fleet: MergedFleet) {
        let clusters = fleet.tables.map { ($0.cluster, ClusterFigures($0.cluster, of: fleet)) }
        state.withLock { $0.clusters = Dictionary(uniqueKeysWithValues: clusters) }
    }

    public func start() async throws {}

    public func run() async throws {
        while true {
            try await clock.sleep(until: clock.now.advanced(by: ClusterHistory.step))
            state.withLock { $0.history.append($0.clusters) }
        }
    }

    public func stop(before deadline: MonotonicClock.Instant) async {}

    var clusters: [String: ClusterFigures] { state.withLock { $0.clusters } }

    var history: ClusterHistory { state.withLock { $0.history } }
}
