import CLinux
import Glibc
import Locks
import ServiceRuntime

/// Minds one program from its start until it is reaped, on a thread of its own that ends with it.
final class CommandThread: Sendable {
    let state: Locked<CommandState>
    /// Rung by the consumer: there is room, or nobody wants any more.
    private let bell: Bell
    /// Rung by the thread: there is something to look at.
    let news = Wakeup()
    private let limits: Command.Limits

    /// Starts the program.
    init(_ command: Command) throws(CommandError) {
        limits = command.limits
        state = Locked(CommandState(command))
        bell = try Bell()
        let child = try ChildProcess(command)
        try start(Minding(child, limits))
    }

    func ring() { bell.ring() }

    private func start(_ minding: Minding) throws(CommandError) {
        let work = Unmanaged.passRetained(Work(thread: self, minding: minding))
        var thread = pthread_t()
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let code = pthread_create(&thread, &attributes, runThread, work.toOpaque())
        guard code != 0 else { return }
        work.takeRetainedValue().minding.abandon()
        throw CommandError(kind: .local, description: "no thread: \(String(cString: strerror(code)))")
    }

    fileprivate func mind(_ minding: Minding) {
        let (end, usage) = minding.run(state, bell, news)
        state.withLock { $0.finish(end, usage, failure: minding.failure) }
        news.raise()
    }
}

private final class Work {
    let thread: CommandThread
    let minding: Minding

    init(thread: CommandThread, minding: Minding) {
        self.thread = thread
        self.minding = minding
    }
}

private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    leaveSignalsToOthers()
    let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
    work.thread.mind(work.minding)
    return nil
}

/// Faults stay: blocked, they would end the process without a trace.
private func leaveSignalsToOthers() {
    var signals = sigset_t()
    sigfillset(&signals)
    for fault in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP] { sigdelset(&signals, fault) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
}

/// An eventfd(2).
final class Bell: Sendable {
    let descriptor: Int32

    init() throws(CommandError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard descriptor >= 0 else {
            throw CommandError(kind: .local, description: "no eventfd: \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        close(descriptor)
    }

    func ring() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }

    func silence() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, 8)
    }
}
