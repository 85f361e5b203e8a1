import Locks
public import ServiceRuntime

/// Time that only moves when a test says so. Sleepers wake in the order of their deadlines.
///
///     let time = ManualClock()
///     let poller = Poller(clock: time.clock)
///     await time.sleepers(1)
///     time.advance(by: .seconds(30))
public final class ManualClock: Sendable {
    private let state: Locked<State>

    /// - Parameter wall: the time of day at the start.
    public init(wall: UnixTime = UnixTime(nanoseconds: 1_700_000_000_000_000_000)) {
        state = Locked(State(wall: wall))
    }

    public var clock: MonotonicClock {
        MonotonicClock(now: { self.now }, sleep: { try await self.sleep(until: $0) })
    }

    public var wallClock: WallClock {
        WallClock { self.state.withLock { $0.wall } }
    }

    public var now: MonotonicClock.Instant {
        state.withLock { $0.now }
    }

    /// Moves both clocks, and wakes whoever waits for an instant that has come.
    public func advance(by duration: Duration) {
        let due = state.withLock { $0.advance(by: duration) }
        for sleeper in due { sleeper.resume() }
    }

    /// Lets the time of day jump, as when somebody sets it; nobody wakes.
    public func setWall(_ time: UnixTime) {
        state.withLock { $0.wall = time }
    }

    /// Waits until at least this many tasks sleep: only then is it certain that `advance` reaches them.
    public func sleepers(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let ready = state.withLock { $0.watch(count, continuation) }
            if ready { continuation.resume() }
        }
    }

    private func sleep(until deadline: MonotonicClock.Instant) async throws {
        let identity = state.withLock { $0.nextIdentity() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                fallAsleep(Sleeper(identity: identity, deadline: deadline, continuation: continuation))
            }
        } onCancel: {
            let sleeper = state.withLock { $0.remove(identity) }
            sleeper?.resume(throwing: CancellationError())
        }
    }

    private func fallAsleep(_ sleeper: Sleeper) {
        // Cancelled or not is asked under the lock, so that a cancellation between here and there is not lost.
        let (outcome, watchers) = state.withLock { $0.add(sleeper, cancelled: Task.isCancelled) }
        switch outcome {
        case .cancelled: sleeper.continuation.resume(throwing: CancellationError())
        case .due: sleeper.continuation.resume()
        case .asleep: break
        }
        for watcher in watchers { watcher.resume() }
    }
}

extension ManualClock {
    private struct Sleeper {
        let identity: Int
        let deadline: MonotonicClock.Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private enum Outcome {
        case cancelled, due, asleep
    }

    private struct State {
        var now = MonotonicClock.Instant(sinceOrigin: .seconds(1_000))
        var wall: UnixTime
        private var sleepers: [Sleeper] = []
        private var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
        private var identities = 0

        init(wall: UnixTime) {
            self.wall = wall
        }

        mutating func nextIdentity() -> Int {
            identities += 1
            return identities
        }

        mutating func advance(by duration: Duration) -> [CheckedContinuation<Void, any Error>] {
            now = now.advanced(by: duration)
            wall = wall + duration
            let due = sleepers.filter { $0.deadline <= now }.sorted { $0.deadline < $1.deadline }
            sleepers.removeAll { $0.deadline <= now }
            return due.map(\.continuation)
        }

        mutating func add(
            _ sleeper: Sleeper, cancelled: Bool
        ) -> (Outcome, woken: [CheckedContinuation<Void, Never>]) {
            if cancelled { return (.cancelled, []) }
            if sleeper.deadline <= now { return (.due, []) }
            sleepers.append(sleeper)
            let woken = watchers.filter { $0.count <= sleepers.count }
            watchers.removeAll { $0.count <= sleepers.count }
            return (.asleep, woken.map(\.continuation))
        }

        mutating func remove(_ identity: Int) -> CheckedContinuation<Void, any Error>? {
            guard let index = sleepers.firstIndex(where: { $0.identity == identity }) else { return nil }
            return sleepers.remove(at: index).continuation
        }

        mutating func watch(_ count: Int, _ continuation: CheckedContinuation<Void, Never>) -> Bool {
            if sleepers.count >= count { return true }
            watchers.append((count, continuation))
            return false
        }
    }
}
