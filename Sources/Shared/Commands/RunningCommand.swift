import Locks
import ServiceRuntime

/// A program that runs, and its output, pulled by one consumer.
///
/// What the consumer doesn't pull makes the program wait. One that is let go before its end is ended, with all of its
/// processes: first with SIGTERM, then with SIGKILL.
public final class RunningCommand: Sendable {
    private let thread: CommandThread

    /// Starts it.
    ///
    /// - Throws: `missing`, `unusable` or `local`.
    public init(_ command: Command) throws(CommandError) {
        thread = try CommandThread(command)
    }

    deinit {
        cancel()
    }

    /// - Returns: the next bytes of its output; nil when it has ended by itself, however that was.
    public func next() async throws(CommandError) -> [UInt8]? {
        while true {
            switch thread.state.withLock({ $0.pull() }) {
            case .chunk(let bytes, let makesRoom):
                if makesRoom { thread.ring() }
                return bytes
            case .end: return nil
            case .failed(let error): throw error
            case .nothingYet: await waitForNews()
            }
        }
    }

    /// Nobody wants its output any more.
    public func cancel() {
        let isRunning = thread.state.withLock { state in
            state.cancel()
            return state.end == nil
        }
        if isRunning { thread.ring() }
    }

    /// How it ended by itself; nil before `next` has returned nil.
    public var end: CommandEnd? {
        guard case .success(let end) = thread.state.withLock({ $0.end }) else { return nil }
        return end
    }

    /// The beginning of what it said on standard error, until now.
    public var errors: [UInt8] { thread.state.withLock { $0.errors } }

    /// What it took; nothing before `next` has returned nil.
    public var usage: CommandUsage { thread.state.withLock { $0.usage } }

    public var outputBytes: Int { thread.state.withLock { $0.outputBytes } }

    private func waitForNews() async {
        await withTaskCancellationHandler {
            await thread.news.wait()
        } onCancel: {
            cancel()
        }
    }
}
