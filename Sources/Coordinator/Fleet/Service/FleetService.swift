import Collectors
public import FleetProtocol
import Glibc
import Locks
public import Metrics
public import Planning
public import ServiceRuntime
import Slices
import Store

/// Leads a fleet: hears its shards, and gives them plans, each of which is kept before anybody hears of it.
public final class FleetService: Service {
    public let name = "fleet"
    private let settings: FleetSettings
    private let logger: Logger
    private let clock: MonotonicClock
    private let state = Locked(State())

    private struct State {
        /// Nil before the start.
        var planner: Planner?
        var store: PlanStore?
        /// Why the last plan could not be kept; nil where it was.
        var storeError: String?
        var storeErrors = 0
    }

    private static let tick = Duration.milliseconds(500)

    public init(_ settings: FleetSettings, logger: Logger, clock: MonotonicClock = .system) {
        self.settings = settings
        self.logger = logger
        self.clock = clock
    }

    public var tokens: FleetTokens { settings.tokens }

    /// Takes office: opens the store, and begins an epoch.
    public func start() async throws {
        let (configuration, slices) = try configuration()
        let store = try PlanStore(path: settings.store)
        let (plan, isFresh) = try store.takeOffice(Self.holder)
        var planner = Planner(plan, isFresh: isFresh, settings.planning, at: clock.now)
        planner.configure(configuration.shared, slices: slices, clusters: configuration.clusters)
        state.withLock {
            $0.store = store
            $0.planner = planner
        }
        logger.info("leading", ["plan": .string("\(plan.identity)"), "slices": .integer(slices.count)])
    }

    public func run() async throws {
        while true {
            try await clock.sleep(until: clock.now.advanced(by: Self.tick))
            advance { _ in }
        }
    }

    public func stop(before deadline: MonotonicClock.Instant) async {}

    /// Takes over other slices; a configuration that doesn't hold leaves the old ones.
    public func reload() async throws {
        let (configuration, slices) = try configuration()
        advance { $0.configure(configuration.shared, slices: slices, clusters: configuration.clusters) }
    }

    /// What can be known without starting.
    public func check() throws {
        _ = try configuration()
    }

    private func configuration() throws -> (ShardConfiguration, [Slice]) {
        let configuration = try ShardConfiguration(file: settings.configuration ?? "")
        let families = Catalogue().collectors.map { (collector: $0.name.rawValue, families: $0.families) }
        let expansion = SliceExpansion(clusters: configuration.clusters, families: families)
        return (configuration, try expansion.slices(of: try settings.declarations()))
    }

    /// No two processes ever have the same.
    private static var holder: String {
        var name = [CChar](repeating: 0, count: 256)
        _ = gethostname(&name, name.count - 1)
        let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "\(host)-\(getpid())-\(String(UInt64.random(in: .min ... .max), radix: 36))"
    }
}

extension FleetService {
    /// Hears a shard.
    ///
    /// - Returns: nil before the start.
    public func take(_ heartbeat: Heartbeat, from shard: String, url: String) -> HeartbeatAnswer? {
        let planner = advance { $0.take(heartbeat, from: shard, url: url, at: self.clock.now) }
        guard let planner else { return nil }
        let plan = planner.plan
        // A plan that was never kept isn't shown to anybody.
        let isNews = plan.identity != heartbeat.plan && planner.isAnnounced && !planner.isDeposed
        return HeartbeatAnswer(
            plan: isNews ? plan : nil, nextSeconds: settings.heartbeatInterval / .seconds(1),
            mayLeave: heartbeat.isDraining && planner.mayLeave(shard))
    }

    /// - Returns: whether there is such a shard.
    public func drain(_ shard: String) -> Bool {
        var isKnown = false
        advance { isKnown = $0.drain(shard) }
        return isKnown
    }

    public var status: FleetStatus? {
        let now = clock.now
        return state.withLock { $0.planner?.status(at: now) }
    }

    /// Each slice, and where it is to be had: first from whoever shows it in the fleet's name.
    public var served: [(slice: Slice, urls: [String])] {
        state.withLock { state in
            guard let planner = state.planner else { return [] }
            return planner.plan.slices.map { planned in
                let current = planner.current(of: planned)
                let holders = [current].compactMap(\.self) + planned.holders.filter { $0 != current }
                return (planned.slice, holders.compactMap { planner.members[$0]?.url })
            }
        }
    }

    public var plan: Plan? { state.withLock { $0.planner?.plan } }

    /// Changes the planner and looks at time; keeps what comes of it. Where that can't be done, nothing has changed but
    /// what was heard.
    @discardableResult
    private func advance(_ change: (inout Planner) -> Void) -> Planner? {
        let now = clock.now
        return state.withLock { state in
            guard var planner = state.planner, let store = state.store else { return nil }
            change(&planner)
            let heard = planner
            guard planner.advance(to: now) else {
                state.planner = planner
                return planner
            }
            do throws(StoreError) {
                try store.keep(planner.plan)
                state.planner = planner
                state.storeError = nil
                logger.info("plan", ["plan": .string("\(planner.plan.identity)")])
            } catch {
                if state.storeError == nil { logger.error("the plan can't be kept", ["error": .string("\(error)")]) }
                state.storeError = "\(error)"
                state.storeErrors += 1
                var unchanged = heard
                if case .overtaken = error { unchanged.depose() }
                state.planner = unchanged
            }
            return state.planner
        }
    }

    public func register(in registry: MetricRegistry) {
        FleetMetrics.register(in: registry) { [weak self] in
            self.flatMap { service in service.status.map { ($0, service.state.withLock { $0.storeErrors }) } }
        }
    }
}
