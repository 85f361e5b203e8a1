import Dispatch
import Locks
public import ServiceRuntime

/// Takes part in the election for as long as the process runs: asks the store when the election wants to, and never
/// otherwise.
public final class LeaseKeeper: Service {
    public let name = "lease"
    private let store: any LeaseStore
    private let clock: MonotonicClock
    private let logger: Logger
    private let state: Locked<State>
    private let bell = Bell()
    private let departed = Bell()
    /// The store blocks.
    private let queue = DispatchQueue(label: "lease")

    private struct State {
        var election: Election
        var figures = LeaseFigures()
        /// What was last said of who leads.
        var said: Election.Term?
    }

    public init(_ election: Election, in store: any LeaseStore, clock: MonotonicClock = .system, logger: Logger) {
        self.store = store
        self.clock = clock
        self.logger = logger
        state = Locked(State(election: election))
    }

    /// The term in which this process leads, at this moment: ask again before each deed.
    public var term: Election.Term? {
        let now = clock.now
        return state.withLock { $0.election.term(at: now) }
    }

    /// Who leads, by the store's last word.
    public var holder: Election.Term? { state.withLock { $0.election.lastHolder } }

    public var figures: LeaseFigures { state.withLock { $0.figures } }

    /// How long the holder's record has stood still, for one who watches it.
    public var stillness: Duration? {
        let now = clock.now
        return state.withLock { $0.election.stillness(at: now) }
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
    }
}

extension LeaseKeeper {
    public var limits: ServiceLimits { ServiceLimits(stop: .seconds(2)) }

    /// Others may lead without this candidate, so that nobody waits for it.
    public func start() async throws {}

    public func run() async throws {
        bell.ring()
        var timer: Task<Void, Never>?
        for await _ in bell.rings {
            timer?.cancel()
            let until = await attend()
            timer = bell.ring(at: until, by: clock)
            if state.withLock({ $0.election.isGone }) { departed.ring() }
        }
        timer?.cancel()
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
        let (before, after, failure) = state.withLock { state in
            let before = state.said
            state.election.finish(attempt, outcome, at: now)
            state.figures.note(attempt, outcome, at: now)
            let holder = state.election.lastHolder
            if let holder, holder != before {
                state.said = holder
                state.figures.changes += before == nil ? 0 : 1
                state.figures.epoch = max(state.figures.epoch, holder.epoch)
            }
            return (before, state.said, state.figures.lastFailure)
        }
        if let after, after != before {
            let isMe = after.holder == state.withLock { $0.election.candidate }
            logger.info(
                isMe ? "this coordinator leads" : "another coordinator leads",
                ["leader": .string("\(after.holder)"), "epoch": .integer(Int(clamping: after.epoch))])
        }
        if case .failed = outcome, let failure {
            logger.warning(
                "the lease can't be kept", ["kind": .string(failure.kind.rawValue), "reason": .string(failure.reason)])
        }
    }
}

extension LeaseFigures {
    fileprivate mutating func note(_ attempt: LeaseAttempt, _ outcome: LeaseOutcome, at now: MonotonicClock.Instant) {
        switch outcome {
        case .failed(let failure):
            errors[failure.kind, default: 0] += 1
            lastFailure = failure
        case .written: lastWrite = attempt.started.duration(to: now)
        case .found: break
        }
    }
}
