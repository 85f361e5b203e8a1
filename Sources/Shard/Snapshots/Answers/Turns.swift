import Locks

/// Lets some tasks at a time through, the others one after the other as those leave.
final class Turns: Sendable {
    private struct Waiter {
        let number: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var free: Int
        var waiters: [Waiter] = []
        var next = 0
        /// Cancelled before they waited.
        var cancelled: Set<Int> = []
    }

    private let state: Locked<State>

    init(_ count: Int) {
        state = Locked(State(free: count))
    }

    /// - Throws: `CancellationError` if the task is cancelled while it waits.
    func take<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async throws {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        // One that is cancelled just after it got its turn has left its number behind.
        defer { state.withLock { _ = $0.cancelled.remove(number) } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wait(Waiter(number: number, continuation: $0)) }
        } onCancel: {
            cancel(number)
        }
    }

    private func wait(_ waiter: Waiter) {
        let isCancelled: Bool? = state.withLock { state in
            if state.cancelled.remove(waiter.number) != nil { return true }
            if state.free > 0 {
                state.free -= 1
                return false
            }
            state.waiters.append(waiter)
            return nil
        }
        switch isCancelled {
        case true: waiter.continuation.resume(throwing: CancellationError())
        case false: waiter.continuation.resume()
        case nil: break
        }
    }

    private func cancel(_ number: Int) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiters.firstIndex(where: { $0.number == number }) else {
                state.cancelled.insert(number)
                return nil
            }
            return state.waiters.remove(at: index)
        }
        waiter?.continuation.resume(throwing: CancellationError())
    }

    private func leave() {
        let next = state.withLock { state -> Waiter? in
            guard state.waiters.isEmpty else { return state.waiters.removeFirst() }
            state.free += 1
            return nil
        }
        next?.continuation.resume()
    }
}
