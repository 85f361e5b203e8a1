import Glibc
import Locks

/// An HTTP/1.1 server.
///
/// One thread owns every connection, and everything that belongs to one: nobody else touches them, and nothing on that
/// thread waits, save for news of all of them at once. A ``Responder`` is called on it and must return at once; work that takes time
/// runs as a task, and meets that thread only in the `Exchange` between the two. Statistics may be read from anywhere.
public final class HTTPServer: Sendable {
    /// The addresses in use; where port 0 was asked for, with the port that was found.
    public let addresses: [SocketAddress]

    private let mailbox: Mailbox
    private let shared: SharedStatistics
    private let end = End()

    /// Listens, and serves from now on.
    ///
    /// - Parameters:
    ///   - unixMode: permissions of unix sockets' files.
    ///   - report: called on the thread that serves; it must not block.
    public init(
        on addresses: [ListenAddress], limits: Limits = Limits(), unixMode: UInt32 = 0o660, responder: any Responder,
        report: @escaping @Sendable (Event) -> Void = { _ in }
    ) throws(SystemError) {
        var listeners: [(ListenAddress, Listener)] = []
        for address in addresses { listeners += try Self.listeners(at: address, unixMode: unixMode) }
        self.addresses = listeners.map(\.1.address)
        mailbox = try Mailbox()
        shared = SharedStatistics()
        let context = ServerContext(
            limits: limits, responder: responder, statistics: shared, mailbox: mailbox, report: report)
        let loop = try EventLoop(context, listeners)
        for address in self.addresses { report(.listening(address)) }
        try Self.detachThread { [end] in
            let cut = loop.run()
            report(.stopped(cut: cut))
            end.reach(cut: cut)
        }
    }

    deinit {
        mailbox.post(.stop(deadline: .now))
    }

    public var statistics: Statistics { shared.current }

    /// Accepts nobody more, finishes what is begun, and cuts what is not finished in time.
    ///
    /// - Returns: how many requests were cut.
    @discardableResult
    public func stop(within limit: Duration) async -> Int {
        mailbox.post(.stop(deadline: .now + limit))
        return await end.reached()
    }
}

extension HTTPServer {
    private static func listeners(
        at address: ListenAddress, unixMode: UInt32
    ) throws(SystemError) -> [(ListenAddress, Listener)] {
        var found: [(ListenAddress, Listener)] = []
        for candidate in address.candidates {
            // Both families of one address share the port that was found for the first.
            let wanted = found.first?.1.address.port.map(candidate.with) ?? candidate
            do throws(SystemError) {
                found.append((address, try Listener(wanted, unixMode: unixMode)))
            } catch {
                guard !found.isEmpty, [EAFNOSUPPORT, EADDRNOTAVAIL].contains(error.code) else { throw error }
            }
        }
        return found
    }

    /// - Parameter body: `sending` it hands everything that it captures to the new thread.
    private static func detachThread(_ body: sending @escaping () -> Void) throws(SystemError) {
        let box = Unmanaged.passRetained(ThreadBody(body))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            {
                Unmanaged<ThreadBody>.fromOpaque($0!).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        guard result == 0 else {
            box.release()
            throw SystemError("pthread_create", code: result)
        }
        pthread_detach(thread)
    }
}

private final class ThreadBody {
    let run: () -> Void

    init(_ run: @escaping () -> Void) {
        self.run = run
    }
}

/// The end of a server, for those who wait for it.
private final class End: Sendable {
    private struct State {
        var cut: Int?
        var waiters: [CheckedContinuation<Int, Never>] = []
    }

    private let state = Lock(State())

    func reach(cut: Int) {
        let waiters = state.withLock { state in
            state.cut = cut
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(returning: cut) }
    }

    func reached() async -> Int {
        await withCheckedContinuation { waiter in
            let cut = state.withLock { state in
                if state.cut == nil { state.waiters.append(waiter) }
                return state.cut
            }
            if let cut { waiter.resume(returning: cut) }
        }
    }
}
