import Dispatch
import Locks
public import ServiceRuntime

/// Takes part in the election for as long as the process runs: asks the store when the election wants to, and never
/// otherwise.
public final class LeaseKeeper: Service {
    public let name = "lease"
    public let candidate: Candidate
    public let limits: ServiceLimits
    /// Rings when somebody else leads, or nobody, or we.
    public let news = Bell()
    private let store: any LeaseStore
    private let clock: MonotonicClock
    private let logger: Logger
    private let state: Locked<State>
    private let bell = Bell()
    private let departed = Bell()
    /// A lease doesn't run out because there is much to compute.
    private let lane = Lane("lease")
    /// The store blocks.
    private let queue = DispatchQueue(label: "lease store")

    fileprivate struct State {
        var election: Election
        var figures = LeaseFigures()
        /// What was last said of who leads.
        var said: Election.Term?
        var namesake: NamesakeWatch
    }

    /// - Parameter clock: the system's, if nothing is said.
    public init(_ election: Election, in store: any LeaseStore, clock: MonotonicClock? = nil, logger: Logger) {
        candidate = election.candidate
        limits = ServiceLimits(stop: election.timing.trust + election.timing.patience)
        self.store = store
        self.clock = clock ?? lane.clock
        self.logger = logger
        state = Locked(State(election: election, namesake: NamesakeWatch(election.candidate)))
    }

    /// The term in which this process leads, at this moment: ask again before each deed.
    public var term: Election.Term? {
        let now = clock.now
        return state.withLock { $0.election.term(at: now) }
    }

    /// Who leads, by the store's last word.
    public var holder: Election.Term? { state.withLock { $0.election.lastHolder } }

    public var figures: LeaseFigures { state.withLock { $0.figures } }

    /// How old the last renewal is that is known of.
    public var age: Duration? {
        let now = clock.now
        return state.withLock { $0.election.age(at: now) }
    }

    /// Whether this one lets others lead for a while.
    public var abstains: Bool {
        let now = clock.now
        return state.withLock { $0.election.abstains(at: now) }
    }

    /// Somebody obeys this term.
    public func hear(_ term: Election.Term) {
        tell { $0.hear(term, at: $1) }
    }

    /// Lets others lead for a while.
    public func stepDown() {
        tell { $0.stepDown(at: $1) }
    }

    private func tell(_ change: (inout Election, MonotonicClock.Instant) -> Void) {
        let now = clock.now
        state.withLock { change(&$0.election, now) }
        bell.ring()
        news.ring()
    }
}

extension LeaseKeeper {
    /// Others may lead without this candidate, so that nobody waits for it.
    public func start() async throws {}

    public func run() async throws {
        let work = Task(executorPreference: lane) { await self.attendAlways() }
        await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            work.cancel()
        }
    }

    private func attendAlways() async {
        bell.ring()
        var timer: Task<Void, Never>?
        for await _ in bell.rings {
            timer?.cancel()
            let until = await attend()
            timer = ring(at: until)
            if state.withLock({ $0.election.isGone }) { departed.ring() }
        }
        timer?.cancel()
    }

    private func ring(at time: MonotonicClock.Instant) -> Task<Void, Never> {
        Task(executorPreference: lane) { [bell, clock] in
            do {
                try await clock.sleep(until: time)
                bell.ring()
            } catch {}
        }
    }

    /// Gives the lease back, so that nobody has to wait until it runs out.
    public func stop(before deadline: MonotonicClock.Instant) async {
        tell { $0.resign(at: $1) }
        for await _ in departed.rings { return }
    }

    /// Does what is to be done now.
    ///
    /// - Returns: when there is something to do again.
    private func attend() async -> MonotonicClock.Instant {
        while true {
            let now = clock.now
            switch state.withLock({ $0.election.next(at: now) }) {
            case .wait(let until): return until
            case .attempt(let attempt):
                let outcome = await perform(attempt.action)
                finish(attempt, outcome)
            }
        }
    }

    private func perform(_ action: LeaseAttempt.Action) async -> LeaseOutcome {
        await withCheckedContinuation { continuation in
            queue.async { [store] in continuation.resume(returning: store.perform(action)) }
        }
    }

    private func finish(_ attempt: LeaseAttempt, _ outcome: LeaseOutcome) {
        let now = clock.now
        let change = state.withLock { $0.finish(attempt, outcome, at: now) }
        if let leader = change.leader { say(leader) }
        if change.isNamesake {
            logger.error("another process has the name of this one", ["name": .string(candidate.name)])
        }
        if case .failed(let failure) = outcome {
            logger.warning(
                "the lease can't be kept", ["kind": .string(failure.kind.rawValue), "reason": .string(failure.reason)])
        }
        if change.isNews { news.ring() }
    }

    private func say(_ leader: Election.Term) {
        logger.info(
            leader.holder == candidate ? "this coordinator leads" : "another coordinator leads",
            ["leader": .string("\(leader.holder)"), "epoch": .integer(Int(clamping: leader.epoch))])
    }
}

extension LeaseKeeper.State {
    fileprivate struct Change {
        /// Who leads now and did not before.
        var leader: Election.Term?
        /// Whether it has just turned out that a name is used twice.
        var isNamesake = false
        var isNews = false
    }

    fileprivate mutating func finish(
        _ attempt: LeaseAttempt, _ outcome: LeaseOutcome, at now: MonotonicClock.Instant
    ) -> Change {
        var change = Change()
        let before = (election.term(at: now), election.lastHolder)
        election.finish(attempt, outcome, at: now)
        figures.note(attempt, outcome, at: now)
        change.isNews = before != (election.term(at: now), election.lastHolder)
        change.isNamesake = noteNamesake(outcome, at: now)
        if let holder = election.lastHolder, holder != said {
            figures.changes += said == nil ? 0 : 1
            figures.epoch = max(figures.epoch, holder.epoch)
            said = holder
            change.leader = holder
        }
        return change
    }

    private mutating func noteNamesake(_ outcome: LeaseOutcome, at now: MonotonicClock.Instant) -> Bool {
        if case .found(let record) = outcome { namesake.look(record, at: now) }
        let before = figures.hasNamesake
        figures.hasNamesake = namesake.isThere(at: now)
        return figures.hasNamesake && !before
    }
}

extension LeaseFigures {
    fileprivate mutating func note(_ attempt: LeaseAttempt, _ outcome: LeaseOutcome, at now: MonotonicClock.Instant) {
        switch outcome {
        case .failed(let failure): errors[failure.kind, default: 0] += 1
        case .written: lastWrite = attempt.started.duration(to: now)
        case .found: break
        }
    }
}
