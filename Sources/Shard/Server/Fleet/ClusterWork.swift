import FleetProtocol
import Locks
import Metrics
import ServiceRuntime
import Upstreams

/// Asks one cluster for the fleet, for as long as the plan says so; what is under way then is waited for.
final class ClusterWork: Sendable {
    var cluster: String { settings.name }
    /// Those that it began with.
    let settings: ClusterSettings
    let term: UInt64
    let hub: ClusterHub
    let upstream: Upstream
    private let state = Locked(State())

    private struct State {
        /// Nil before it is started.
        var task: Task<Void, Never>?
        var isReleased = false
        var isOver = false
    }

    init(_ cluster: ClusterSettings, _ schedule: [Upstreams.FeedSchedule], term: UInt64, log: Log) {
        settings = cluster
        self.term = term
        hub = ClusterHub(name: cluster.name)
        upstream = Upstream(cluster, schedule: schedule, consumer: hub, logger: log.logger("upstream"))
    }

    /// - Parameters:
    ///   - earlier: those that may still have a question to the same cluster under way.
    ///   - counters: of those who are served here: an answer that came before them would pass them by.
    func start(after earlier: [ClusterWork], _ counters: [CounterArrival]) async throws {
        try await upstream.start()
        let task = Task { [upstream] in
            do {
                try await ClusterWork.end(of: earlier)
                for arrival in counters { try await arrival.come() }
                try await upstream.run()
            } catch {}
        }
        state.withLock { $0.task = task }
    }

    var isStarted: Bool { state.withLock { $0.task != nil } }

    /// Generations of this owner, and of this run, are counted from there.
    func base(run: UInt64) -> UInt64 { term << 32 | run << 24 }

    /// Asks nothing more.
    func release(_ settings: ClusterSettings) {
        guard
            state.withLock({ state in
                defer { state.isReleased = true }
                return !state.isReleased
            })
        else { return }
        try? upstream.update(settings, schedule: [])
        Task {
            let clock = MonotonicClock.system
            while !upstream.inFlight.isEmpty {
                do { try await clock.sleep(until: clock.now.advanced(by: .milliseconds(100))) } catch { return }
            }
            state.withLock {
                $0.task?.cancel()
                $0.isOver = true
            }
        }
    }

    static func end(of works: [ClusterWork]) async throws {
        let clock = MonotonicClock.system
        while !works.allSatisfy(\.isOver) { try await clock.sleep(until: clock.now.advanced(by: .milliseconds(100))) }
    }

    /// Whether nothing that was asked is under way any more, and nothing will be.
    var isOver: Bool { state.withLock { $0.isOver } }

    func report() -> UpstreamReport {
        let now = MonotonicClock.system.now
        let inFlight = upstream.inFlight.map { feed, since in
            InFlight(feed: feed.rawValue, sinceSeconds: since.duration(to: now) / .seconds(1))
        }
        return UpstreamReport(
            cluster: cluster, term: term, cost: upstream.cost, quietAfterSeconds: upstream.quietAfter() / .seconds(1),
            inFlight: inFlight.sorted { $0.feed < $1.feed }, health: UpstreamHealth(upstream.status))
    }
}
