import Dispatch
import Locks

/// Carries frames from a thread that may be held up to a task that must not be: a few at a time.
final class FramePipe: Sendable {
    let frames: AsyncStream<CommandFrame>
    private let continuation: AsyncStream<CommandFrame>.Continuation
    private let room = DispatchSemaphore(value: 4)
    private let isClosed = Locked(false)

    init() {
        (frames, continuation) = AsyncStream.makeStream(of: CommandFrame.self)
    }

    /// Blocks while there is no room; what comes after `close` is lost.
    func put(_ frame: CommandFrame) {
        guard !isClosed.withLock({ $0 }) else { return }
        room.wait()
        continuation.yield(frame)
    }

    func finish() {
        continuation.finish()
    }

    /// A frame was taken.
    func taken() {
        room.signal()
    }

    /// Nobody takes any more.
    func close() {
        isClosed.withLock { $0 = true }
        room.signal()
    }
}
