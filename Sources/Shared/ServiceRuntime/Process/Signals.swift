import CLinux
import Glibc
import Synchronization

/// Signals as events.
///
/// A handler writes the number into a pipe and a thread of its own reads it, so that a program whose other threads are
/// all stuck still obeys. Handlers, unlike blocked signals, are not passed on to programs that this one starts, and they
/// work for process 1 of a container, to which the kernel delivers nothing else.
public enum Signals {
    /// To be called once, before anything that takes time: what comes from now on waits to be read.
    ///
    /// A second SIGTERM or SIGINT is not delivered but ends the process at once, with `ExitCode.terminated` or
    /// `.interrupted`. SIGPIPE is ignored from here on.
    public static func listen(to signals: [Signal] = [.terminate, .interrupt, .hangUp]) -> AsyncStream<Signal> {
        ignoreBrokenPipes()
        let reader = openPipe()
        let (stream, continuation) = AsyncStream.makeStream(of: Signal.self)
        startThread { deliver(from: reader, to: continuation) }
        for signal in signals { handle(signal) }
        return stream
    }

    /// Writing to a pipe whose reader has gone becomes an error of that write instead of the end of the program.
    ///
    /// Unlike a handler this is passed on: whoever starts another program resets SIGPIPE for it.
    public static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }
}

/// The end of the pipe that the handler writes to. Read once before a handler is installed, so that the handler finds
/// it initialised.
private let wake = Atomic<Int32>(-1)

private func openPipe() -> Int32 {
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else { preconditionFailure("no pipe for signals: errno \(errno)") }
    // Only the handler's end: it must never wait.
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    let (exchanged, _) = wake.compareExchange(expected: -1, desired: ends[1], ordering: .sequentiallyConsistent)
    precondition(exchanged, "signals have one listener")
    return ends[0]
}

/// Does only what signal-safety(7) allows.
private func note(_ number: Int32) {
    let interrupted = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(wake.load(ordering: .relaxed), &byte, 1)
    errno = interrupted
}

private func handle(_ signal: Signal) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = note
    action.sa_flags = SA_RESTART
    sigaction(signal.rawValue, &action, nil)
    // Whoever started this program may have left it blocked.
    var mask = sigset_t()
    sigemptyset(&mask)
    sigaddset(&mask, signal.rawValue)
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
}

private func deliver(from reader: Int32, to continuation: AsyncStream<Signal>.Continuation) {
    var escalation = SignalEscalation()
    var number: UInt8 = 0
    while true {
        let count = read(reader, &number, 1)
        if count < 0, errno == EINTR { continue }
        guard count == 1 else { preconditionFailure("the pipe for signals is gone: errno \(errno)") }
        let signal = Signal(rawValue: Int32(number))
        switch escalation.receive(signal) {
        case .deliver: continuation.yield(signal)
        case .exit(let code): _exit(code.rawValue)
        }
    }
}

func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let status = pthread_create(
        &thread, nil,
        { box in
            Unmanaged<Box>.fromOpaque(box!).takeRetainedValue().body()
            return nil
        }, Unmanaged.passRetained(Box(body)).toOpaque())
    guard status == 0 else { preconditionFailure("no thread for signals: \(status)") }
    pthread_detach(thread)
}
