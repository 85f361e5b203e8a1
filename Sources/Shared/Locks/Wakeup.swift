/// Wakes one task that waits; one that comes before the wait is kept, further ones are not counted.
public final class Wakeup: Sendable {
    private let state = Locked(State.idle)

    public init() {}

    private enum State {
        case idle, raised
        case awaited(CheckedContinuation<Void, Never>)
    }

    public func raise() {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard case .awaited(let continuation) = state else {
                state = .raised
                return nil
            }
            state = .idle
            return continuation
        }
        waiting?.resume()
    }

    /// Not for two tasks at a time.
    public func wait() async {
        await withCheckedContinuation { continuation in
            let isRaised = state.withLock { state -> Bool in
                switch state {
                case .raised:
                    state = .idle
                    return true
                case .idle:
                    state = .awaited(continuation)
                    return false
                case .awaited:
                    preconditionFailure("two tasks wait for one wakeup")
                }
            }
            if isRaised { continuation.resume() }
        }
    }
}
