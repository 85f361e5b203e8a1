import HTTP
import Synchronization

/// The one place where work and the thread of the connections meet: work puts bytes in, the thread takes them out.
final class Exchange: Sendable {
    enum End: Sendable {
        case finished
        case failed(String)
    }

    /// What the thread of the connections takes out.
    struct Portion {
        var head: ResponseHead?
        var bytes: [UInt8] = []
        var end: End?
    }

    private struct State {
        var head: ResponseHead?
        var pending: [UInt8] = []
        var end: End?
        var isStarted = false
        var isClosed = false
        var isAnnounced = false
        var waiter: CheckedContinuation<Void, Never>?
        var task: Task<Void, Never>?
    }

    let connection: ConnectionID
    let route: String
    private let isBodyWanted: Bool
    private let capacity: Int
    private let mailbox: Mailbox
    private let state = Mutex(State())

    init(_ connection: ConnectionID, route: String, isBodyWanted: Bool, capacity: Int, mailbox: Mailbox) {
        self.connection = connection
        self.route = route
        self.isBodyWanted = isBodyWanted
        self.capacity = capacity
        self.mailbox = mailbox
    }

    func run(_ work: @escaping @Sendable (ResponseWriter) async throws -> Void) {
        let task = Task {
            do {
                try await work(ResponseWriter(self))
                end(.finished)
            } catch {
                end(.failed("\(error)"))
            }
            mailbox.post(.ended(self))
        }
        let isClosed = state.withLock {
            $0.task = $0.end == nil ? task : nil
            return $0.isClosed
        }
        if isClosed { task.cancel() }
    }
}

/// For the thread of the connections.
extension Exchange {
    /// Takes what is there; a writer that waits for room goes on.
    func take() -> Portion {
        let (portion, waiter) = state.withLock { state in
            let portion = Portion(head: state.head, bytes: state.pending, end: state.end)
            state.head = nil
            state.pending = []
            state.isAnnounced = false
            return (portion, state.waiter.take())
        }
        waiter?.resume()
        return portion
    }

    /// The answer is of no use any more: the work is cancelled.
    func close() {
        let (task, waiter) = state.withLock { state in
            state.isClosed = true
            state.pending = []
            return (state.task.take(), state.waiter.take())
        }
        task?.cancel()
        waiter?.resume()
    }
}

/// For the writer.
extension Exchange {
    func start(_ head: ResponseHead) {
        state.withLock { state in
            precondition(!state.isStarted, "the head of a response is written once, and before its body")
            state.head = head
            state.isStarted = true
        }
    }

    func write(_ bytes: [UInt8]) async throws(CancellationError) {
        var rest = bytes[...]
        repeat {
            rest = try put(rest)
            if !rest.isEmpty { await room() }
        } while !rest.isEmpty
    }

    /// - Returns: what has no room yet.
    private func put(_ bytes: ArraySlice<UInt8>) throws(CancellationError) -> ArraySlice<UInt8> {
        let (rest, isClosed, mustAnnounce) = state.withLock { state in
            guard !state.isClosed else { return (bytes, true, false) }
            if !state.isStarted {
                state.head = ResponseHead(.ok)
                state.isStarted = true
            }
            let taken = isBodyWanted ? bytes.prefix(max(capacity - state.pending.count, 0)) : bytes
            if isBodyWanted { state.pending += taken }
            defer { state.isAnnounced = true }
            return (bytes[taken.endIndex...], false, !state.isAnnounced)
        }
        guard !isClosed, !Task.isCancelled else { throw CancellationError() }
        if mustAnnounce { mailbox.post(.progress(self)) }
        return rest
    }

    /// Suspends until something was taken, or the exchange is closed.
    private func room() async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                guard !state.isClosed, state.pending.count >= capacity else { return true }
                state.waiter = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
    }

    private func end(_ end: End) {
        state.withLock { state in
            state.end = end
            state.task = nil
            if case .finished = end, !state.isStarted { state.head = ResponseHead(.noContent) }
        }
    }
}
