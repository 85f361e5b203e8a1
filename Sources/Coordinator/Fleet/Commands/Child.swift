import Glibc
import ServiceRuntime

/// A program that this one keeps running.
struct Child {
    let name: String
    let arguments: [String]
    private(set) var process: pid_t?
    private var starts = 0
    /// Ends in a row, each soon after the start.
    private var failures = 0
    private var started = ContinuousClock.now
    private var due = ContinuousClock.now

    /// How it ended.
    struct End: CustomStringConvertible {
        let description: String
        /// Whether it didn't take what it was started with, and won't.
        let isRefusal: Bool

        /// - Parameter status: as waitpid(2) gives it.
        fileprivate init(_ status: Int32, isFirst: Bool) {
            let (signal, code) = (status & 0x7F, status >> 8 & 0xFF)
            description = signal == 0 ? "exit code \(code)" : "signal \(signal)"
            isRefusal = isFirst && signal == 0 && code == ExitCode.usage.rawValue
        }
    }

    /// Nobody stays behind when this process is killed.
    private static let lifeline = Lifeline.Held()

    init(_ name: String, _ arguments: [String]) {
        self.name = name
        self.arguments = arguments
    }

    /// Starts it where it doesn't run, unless it has just failed.
    ///
    /// - Returns: how it ended, if it did since the last time.
    mutating func keepRunning() -> End? {
        let end = reap()
        if process == nil, due <= .now { start() }
        return end
    }

    private mutating func start() {
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var id: pid_t = 0
        started = .now
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, Self.lifeline.end, Lifeline.descriptor)
        guard posix_spawn(&id, arguments[0], &actions, nil, &words, environ) == 0 else { return delay() }
        process = id
        starts += 1
    }

    private mutating func reap() -> End? {
        guard let process else { return nil }
        var status: Int32 = 0
        guard waitpid(process, &status, WNOHANG) == process else { return nil }
        self.process = nil
        failures = started.duration(to: .now) < .seconds(10) ? failures + 1 : 0
        delay()
        return End(status, isFirst: starts == 1)
    }

    private mutating func delay() {
        due = .now + .milliseconds(100 << min(failures, 8))
    }

    /// Tells it to stop, and waits; what doesn't stop in time is killed.
    mutating func stop(within time: Duration) async {
        guard let process else { return }
        kill(process, SIGTERM)
        let deadline = ContinuousClock.now + time
        while reap() == nil, self.process != nil {
            if ContinuousClock.now > deadline { kill(process, SIGKILL) }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}
