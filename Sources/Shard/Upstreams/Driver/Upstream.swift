import Locks
public import Metrics
public import ServiceRuntime
import Slurm

/// Asks one cluster, politely and for ever, and hands over what it answers.
public final class Upstream: Service {
    typealias Queue = UpstreamQueue<SeededGenerator>

    public let name: String
    let consumer: any GenerationConsumer
    let logger: Logger
    let clock: MonotonicClock
    let wall: WallClock
    let state: Locked<State>
    /// Rung when there may be something to ask.
    private let bell = Locked(Bell())

    struct State {
        var settings: ClusterSettings
        var queue: Queue
        var figures: UpstreamFigures
        var slurmClock = SlurmClock()
        /// Nil before the start.
        var source: (any Source)?
        var server = ServerFacts()
        /// Warnings and unknown words that were logged.
        var warnings: Set<String> = []
        /// How many jobs run, by slurmctld's own count.
        var runningJobs: Int?
    }

    /// What answers said about who gave them.
    struct ServerFacts: Equatable, Sendable {
        var cluster = ""
        var release = ""
    }

    /// - Parameters:
    ///   - seed: for the jitter.
    public init(
        _ settings: ClusterSettings, schedule: [FeedSchedule], consumer: any GenerationConsumer, logger: Logger,
        clock: MonotonicClock = .system, wall: WallClock = .system,
        seed: UInt64 = .random(in: .min ... .max)
    ) {
        name = settings.name.isEmpty ? "upstream" : "upstream \(settings.name)"
        self.consumer = consumer
        self.logger = settings.name.isEmpty ? logger : logger.with(["cluster": .string(settings.name)])
        self.clock = clock
        self.wall = wall
        let queue = Queue(
            settings.queue, breaker: settings.breaker, schedule: schedule,
            random: SeededGenerator(seed: seed), at: clock.now)
        state = Locked(
            State(
                settings: settings, queue: queue,
                figures: UpstreamFigures(durationBounds: settings.durationBounds ?? [])))
    }

    public var limits: ServiceLimits { ServiceLimits() }

    /// The `cluster` label: as configured, else as Slurm says; empty as long as nobody has said it.
    public var cluster: String {
        state.withLock { $0.settings.name.isEmpty ? $0.server.cluster : $0.settings.name }
    }

    /// How many times as long intervals are, while there is little to compute with.
    public var slowdown: Double {
        get { state.withLock { $0.queue.slowdown } }
        set { state.withLock { $0.queue.slowdown = max(1, newValue) } }
    }

    /// Never waits for Slurm.
    ///
    /// - Throws: `UpstreamError`, `configuration` or `local`.
    public func start() async throws {
        try connect(state.withLock { $0.settings })
    }

    public func run() async throws {
        await work(until: { _ in false })
    }

    /// Somebody has had no answer of a feed yet, and waits a minute for the next at most.
    public func hasten(_ feed: Feed) {
        state.withLock { $0.queue.hasten(feed, at: clock.now) }
        bell.withLock { $0 }.ring()
    }

    public func stop(before deadline: MonotonicClock.Instant) async {}

    /// Asks for each feed once, with what has to be asked again, and returns when all that is over. In place of `run`.
    public func collectOnce() async {
        state.withLock { $0.queue.disableBreaker() }
        await work { queue in queue.timetables.allSatisfy { $0.rounds > 0 } }
    }

    /// Takes over other settings with the next question. The breaker stays in its state.
    ///
    /// - Throws: `configuration`; the old settings hold then.
    public func update(_ settings: ClusterSettings, schedule: [FeedSchedule]) throws(UpstreamError) {
        let old = state.withLock { $0.settings }
        if !old.asksAlike(settings) { try connect(settings) }
        let now = clock.now
        state.withLock { state in
            state.settings = settings
            state.queue.update(settings.queue, breaker: settings.breaker, schedule: schedule, at: now)
        }
        bell.withLock { $0 }.ring()
    }

    private func connect(_ settings: ClusterSettings) throws(UpstreamError) {
        let source = try source(settings)
        state.withLock { $0.source = source }
    }

    private func source(_ settings: ClusterSettings) throws(UpstreamError) -> any Source {
        let note: @Sendable (RequestNote) -> Void = { [weak state] note in
            state?.withLock { $0.figures.note(note) }
        }
        switch settings.source {
        case .rest:
            return try RestSource(
                settings.rest, connections: settings.queue.maximumRequests, logger: logger, clock: clock, note: note)
        case .cli:
            return CommandSource(settings.commands, logger: logger, clock: clock, note: note)
        }
    }
}

extension Upstream {
    /// Asks what the queue says, when it says so.
    private func work(until isDone: @escaping @Sendable (Queue) -> Bool) async {
        let bell = Bell()
        self.bell.withLock { $0 = bell }
        await withDiscardingTaskGroup { group in
            bell.ring()
            var timer: Task<Void, Never>?
            for await _ in bell.rings {
                timer?.cancel()
                var step = next()
                while case .ask(let ask) = step {
                    group.addTask {
                        await self.answer(ask)
                        bell.ring()
                    }
                    step = next()
                }
                if state.withLock({ isDone($0.queue) }) { break }
                if case .wait(let until?) = step { timer = bell.ring(at: until, by: clock) }
            }
            timer?.cancel()
        }
    }

    private func next() -> Queue.Step {
        state.withLock { $0.queue.next(at: clock.now) }
    }
}
