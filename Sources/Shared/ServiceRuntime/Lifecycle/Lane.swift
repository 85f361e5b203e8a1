import Dispatch
import Locks

/// A thread's turn for tasks that must not wait behind those that compute: there are only as many threads for all tasks as
/// there are processors. What runs here lets go of it soon.
///
/// Tasks that a task makes don't run here by themselves.
public final class Lane: TaskExecutor {
    private let queue: DispatchQueue

    public init(_ name: String) {
        queue = DispatchQueue(label: name)
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// The system's clock, whose sleepers are woken here.
    public var clock: MonotonicClock {
        MonotonicClock(
            now: { MonotonicClock.system.now },
            sleep: { [self] deadline in
                while case let remaining = MonotonicClock.system.now.duration(to: deadline), remaining > .zero {
                    try await pass(remaining)
                }
                try Task.checkCancellation()
            })
    }

    private func pass(_ time: Duration) async throws {
        let sleeper = Locked<CheckedContinuation<Void, Never>?>(nil)
        let wake: @Sendable () -> Void = { sleeper.withLock { $0.take() }?.resume() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                sleeper.withLock { $0 = continuation }
                queue.asyncAfter(deadline: .now() + .nanoseconds(Int(time / .nanoseconds(1))), execute: wake)
                if Task.isCancelled { wake() }
            }
        } onCancel: {
            wake()
        }
        try Task.checkCancellation()
    }
}
