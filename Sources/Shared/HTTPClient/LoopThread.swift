import Glibc
import Locks

/// The thread of a client.
final class LoopThread: Sendable {
    private let handle: Locked<pthread_t?>

    init(running loop: Loop) throws(HTTPClientError) {
        var thread = pthread_t()
        // Owned by the thread, which takes it in its first line.
        let context = Unmanaged.passRetained(loop)
        let result = pthread_create(&thread, nil, runLoop, context.toOpaque())
        guard result == 0 else {
            context.release()
            let reason = "no thread: \(String(cString: strerror(result)))"
            throw HTTPClientError(.local, target: "HTTP client", reason: reason)
        }
        handle = Locked(thread)
    }

    /// Waits for its end; whoever comes second waits as well.
    func join() {
        handle.withLock { handle in
            guard let thread = handle.take() else { return }
            pthread_join(thread, nil)
        }
    }
}

private func runLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let loop = Unmanaged<Loop>.fromOpaque(context).takeRetainedValue()
    leaveSignalsToOthers()
    loop.run()
    return nil
}

/// Also for the threads that libcurl starts to resolve names. SIGPIPE is among them: with CURLOPT_NOSIGNAL libcurl
/// leaves it to us. Faults stay: blocked, they would end the process without a trace.
private func leaveSignalsToOthers() {
    var signals = sigset_t()
    sigfillset(&signals)
    for fault in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP] { sigdelset(&signals, fault) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
}
