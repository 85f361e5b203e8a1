import HTTP
import Locks

/// How a response begins.
struct ResponseStart: Sendable {
    var head: ResponseHead
    /// Nil if it is not told beforehand.
    var length: Int?
    var isLast = false
}

/// The one place where work and the thread of the connections meet: work puts bytes in, the thread takes them out.
final class Exchange: Sendable {
    enum End: Sendable {
        case finished
        /// The client is to see that there should have been more.
        case aborted
        case failed(String)
    }

    /// What the thread of the connections takes out.
    struct Portion {
        var start: ResponseStart?
        var bytes: [UInt8]
        /// Whether `bytes` is the whole body, and nothing follows.
        var isWhole: Bool
        var end: End?
    }

    fileprivate struct State {
        var start: ResponseStart?
        var pending: [UInt8] = []
        var end: End?
        var isStarted = false
        var isWhole = false
        var isClosed = false
        var endsWithClient = false
        var isAnnounced = false
        var waiters: [CheckedContinuation<Void, Never>] = []
        var task: Task<Void, Never>?

        mutating func takeWaiters() -> [CheckedContinuation<Void, Never>] {
            defer { waiters = [] }
            return waiters
        }
    }

    let connection: ConnectionID
    let route: String
    private let isBodyWanted: Bool
    private let capacity: Int
    private let mailbox: Mailbox
    private let state = Locked(State())

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
    /// Takes what is there, nil if it is nothing yet; a writer that waits for room goes on.
    func take() -> Portion? {
        let (portion, waiters) = state.withLock { (state) -> (Portion?, [CheckedContinuation<Void, Never>]) in
            state.isAnnounced = false
            guard !state.pending.isEmpty || state.isWhole || state.end != nil else { return (nil, []) }
            let portion = Portion(start: state.start, bytes: state.pending, isWhole: state.isWhole, end: state.end)
            state.start = nil
            state.pending = []
            return (portion, state.takeWaiters())
        }
        for waiter in waiters { waiter.resume() }
        return portion
    }

    /// Whether the work is of no use to a client that sends no more.
    var endsWithClient: Bool { state.withLock { $0.endsWithClient } }

    /// The answer is of no use any more: the work is cancelled.
    func close() {
        let (task, waiters) = state.withLock { state in
            state.isClosed = true
            state.pending = []
            return (state.task.take(), state.takeWaiters())
        }
        task?.cancel()
        for waiter in waiters { waiter.resume() }
    }
}

/// For the writer.
extension Exchange {
    func start(_ start: ResponseStart) {
        state.withLock { $0.start(start) }
    }

    func respond(_ response: Response) {
        state.withLock { state in
            state.start(ResponseStart(head: response.head))
            state.isWhole = true
            if !state.isClosed { state.pending = response.body }
        }
        mailbox.post(.progress(self))
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
        let isCancelled = Task.isCancelled
        let (rest, isClosed, isNews) = state.withLock { state in
            guard !state.isClosed, !isCancelled else { return (bytes, true, false) }
            if !state.isStarted { state.start(ResponseStart(head: ResponseHead(.ok))) }
            precondition(!state.isWhole && state.end == nil, "nothing is written after the end of a response")
            let taken = isBodyWanted ? bytes.prefix(max(capacity - state.pending.count, 0)) : bytes
            if isBodyWanted { state.pending += taken }
            defer { state.isAnnounced = true }
            return (bytes[taken.endIndex...], false, !state.isAnnounced)
        }
        guard !isClosed else { throw CancellationError() }
        if isNews { mailbox.post(.progress(self)) }
        return rest
    }

    /// Suspends until something was taken, or nobody wants the answer any more.
    private func room() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    guard !state.isClosed, !Task.isCancelled, state.pending.count >= capacity else { return false }
                    state.waiters.append(continuation)
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        } onCancel: {
            for waiter in state.withLock({ $0.takeWaiters() }) { waiter.resume() }
        }
    }

    func abort() {
        state.withLock { state in
            precondition(!state.isWhole, "a whole response has no part to end at")
            if !state.isStarted { state.start(ResponseStart(head: ResponseHead(.ok))) }
            state.end = state.end ?? .aborted
        }
        mailbox.post(.progress(self))
    }

    func setEndsWithClient(_ endsWithClient: Bool) {
        state.withLock { $0.endsWithClient = endsWithClient }
        // The client may have gone already.
        if endsWithClient { mailbox.post(.progress(self)) }
    }

    private func end(_ end: End) {
        state.withLock { state in
            state.end = state.end ?? end
            state.task = nil
            if case .finished = end, !state.isStarted { state.start(ResponseStart(head: ResponseHead(.noContent))) }
        }
    }
}

extension Exchange.State {
    fileprivate mutating func start(_ start: ResponseStart) {
        precondition(!isStarted, "a response starts once, and before its body")
        self.start = start
        isStarted = true
    }
}
