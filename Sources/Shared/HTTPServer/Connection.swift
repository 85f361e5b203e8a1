import CLinux
import Glibc
import HTTP

/// Which connection, for those who outlive it: a descriptor's number is used again, its generation is not.
struct ConnectionID: Hashable, Sendable {
    let number: Int32
    let generation: UInt32
}

/// One client: moves bytes between its socket, the parser and the answers, as its state says.
///
/// At rest it holds no buffer. Belongs to the thread that serves all connections.
final class Connection {
    enum Turn: Equatable {
        /// Until the socket, the work or the time has news.
        case waiting
        /// It could go on at once, but others come first.
        case unfinished
        case closed
    }

    enum Step {
        case done
        case wait
        case yield
        case close
    }

    private static let stepsPerTurn = 64
    private static let bytesPerTurn = 512 * 1024

    let id: ConnectionID
    let context: ServerContext
    let peer: SocketAddress
    private let descriptor: Descriptor
    private let listener: ListenAddress
    private var parser: RequestParser
    /// Its share of the context's.
    private var bodyBytes = 0
    private var input = LeftoverInput()
    private var readiness = Readiness()
    private var unacknowledged: Int32 = 0
    var state: ConnectionState
    var output = Output()
    var answering: Answering?

    /// When the timer wheel will ask about it; kept for the loop.
    var wakeUp: ContinuousClock.Instant?
    /// Whether it is in the loop's queue; kept for the loop.
    var isQueued = false

    init(
        _ id: ConnectionID, _ descriptor: consuming Descriptor, peer: SocketAddress, listener: ListenAddress,
        context: ServerContext
    ) {
        self.id = id
        self.descriptor = descriptor
        self.peer = peer
        self.listener = listener
        self.context = context
        parser = RequestParser(limits: context.limits.request)
        state = ConnectionState(now: context.now)
    }

    var deadline: ContinuousClock.Instant { state.deadline(context.limits) }

    /// Whether there is something to read, the end of the stream included.
    var hasInput: Bool { readiness.isReadable }

    func note(_ event: Epoll.Event) {
        readiness.note(event)
    }

    /// Does what can be done without waiting, up to a fair share.
    func turn() -> Turn {
        if readiness.isBroken { return .closed }
        for _ in 0..<Self.stepsPerTurn {
            switch step() {
            case .done: continue
            case .wait: return .waiting
            case .yield: return .unfinished
            case .close: return .closed
            }
        }
        return .unfinished
    }

    private func step() -> Step {
        guard output.isEmpty else { return send() }
        switch state.phase {
        case .idle, .head, .body: return read()
        case .answering: return continueAnswer()
        case .lingering: return discard()
        case .aborting: return finishAbort()
        }
    }

    /// Something is due.
    func expire() -> Turn {
        switch state.expiry(now: context.now, context.limits) {
        case nil: return .waiting
        case .close: return .closed
        case .reject(let error):
            reject(error)
            return turn()
        case .expireWork:
            return expireWork() == .close ? .closed : turn()
        case .finishAbort:
            return finishAbort() == .close ? .closed : .waiting
        case .reset:
            guard !hasClientTakenMore() else { return .waiting }
            context.statistics.update { $0.stalled += 1 }
            reset()
            return .closed
        }
    }

    /// The client is to learn that its answer is not complete: closing alone would look like an end.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor.number, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }

    /// The last thing that happens to a connection.
    func close() {
        answering?.exchange?.close()
        answering = nil
        claim(bodyBytes: 0)
    }
}

extension Connection {
    private func send() -> Step {
        guard readiness.isWritable else { return .wait }
        let progress = output.flush(to: descriptor.number, limit: Self.bytesPerTurn)
        switch progress {
        case .failed: return .close
        case .drained(let sent), .blocked(let sent), .interrupted(let sent):
            context.statistics.update { $0.bytesSent += sent }
            if sent > 0 { state.sent(now: context.now, isMore: !output.isEmpty) }
        }
        switch progress {
        case .drained, .failed: return .done
        case .interrupted: return .yield
        case .blocked(let sent):
            readiness.isWritable = false
            // A second look without a byte taken between must not make what was taken meanwhile go unnoticed.
            if sent > 0 || state.blocked(now: context.now) {
                unacknowledged = socket_unacknowledged(descriptor.number)
            }
            return .wait
        }
    }

    /// The kernel may hold megabytes for a slow client, and take no more from us for minutes: that is no stall as long
    /// as they become less.
    private func hasClientTakenMore() -> Bool {
        let before = unacknowledged
        unacknowledged = socket_unacknowledged(descriptor.number)
        guard unacknowledged < before else { return false }
        state.sent(now: context.now, isMore: true)
        return true
    }

    private func read() -> Step {
        if !input.isEmpty { return parseLeftover() }
        guard readiness.isReadable else { return .wait }
        switch receive() {
        case .some(let count) where count > 0: return parse(count)
        case .some: return .close
        case nil: return readiness.isBroken ? .close : .wait
        }
    }

    /// - Returns: how many bytes are in the read buffer, 0 at the end of the stream, nil if nothing has come.
    private func receive() -> Int? {
        let capacity = context.readBuffer.count
        while true {
            let count = recv(descriptor.number, &context.readBuffer, capacity, 0)
            if count < 0, errno == EINTR { continue }
            // A short read has emptied the socket, unless the end of the stream is still to be read.
            if count < capacity, !readiness.isPeerClosed { readiness.isReadable = false }
            if count < 0 {
                readiness.isBroken = errno != EAGAIN
                readiness.isReadable = false
                return nil
            }
            context.statistics.update { $0.bytesReceived += count }
            return count
        }
    }

    private func parse(_ count: Int) -> Step {
        let used = context.readBuffer.withUnsafeBytes { parse(RawSpan(_unsafeBytes: $0[..<count])) }
        if used < count { input.keep(context.readBuffer[used..<count]) }
        return .done
    }

    private func parseLeftover() -> Step {
        input.take { parse($0) }
        return .done
    }

    /// Reads up to the next event.
    ///
    /// - Returns: how many bytes were used.
    private func parse(_ bytes: RawSpan) -> Int {
        var offset = 0
        do throws(RequestError) {
            switch try parser.next(in: bytes, from: &offset) {
            case .request(let head, let body):
                state.beginAnswer(now: context.now)
                answer(Request(head: head, body: body, peer: peer, listener: listener))
            case .continueExpected:
                state.read(upTo: parser.phase, now: context.now)
                if offset == bytes.byteCount { output.append("HTTP/1.1 100 Continue\r\n\r\n".utf8) }
            case nil:
                state.read(upTo: parser.phase, now: context.now)
            }
        } catch {
            reject(error)
        }
        claim(bodyBytes: parser.bodyBytes)
        if bodyBytes > 0, context.bodyBytes > context.limits.bodies { refuseBody() }
        return offset
    }

    private func claim(bodyBytes count: Int) {
        context.bodyBytes += count - bodyBytes
        bodyBytes = count
    }

    /// Nothing of what has been read is of use any more.
    func forgetRequest() {
        parser = RequestParser(limits: context.limits.request)
        claim(bodyBytes: 0)
    }

    private func refuseBody() {
        context.statistics.update { $0.refused[.bodies, default: 0] += 1 }
        context.report(.overloaded(.bodies))
        refuse(Response(.serviceUnavailable, ["Retry-After": "1"], text: "503 Service Unavailable: too many bodies"))
    }

    /// After the last answer: what still comes is thrown away, so that no reset overtakes the answer.
    private func discard() -> Step {
        guard readiness.isReadable else { return .wait }
        guard let count = receive() else { return readiness.isBroken ? .close : .wait }
        return count == 0 ? .close : .done
    }

    /// A reset overtakes what the client's side has not taken yet, so that must be all.
    func finishAbort() -> Step {
        guard socket_unacknowledged(descriptor.number) <= 0 || state.isAbortOverdue(now: context.now, context.limits)
        else {
            state.awaitAbort(now: context.now)
            return .wait
        }
        reset()
        return .close
    }

    /// Whether the client sends no more, and the work is of no use without it.
    var isAbandoned: Bool { readiness.isPeerClosed && answering?.exchange?.endsWithClient == true }

    /// Called by an answer that is complete.
    func endAnswer() {
        answering = nil
        guard state.endAnswer(now: context.now) == .linger else { return }
        input = LeftoverInput()
        shutdown(descriptor.number, Int32(SHUT_WR))
    }
}

/// What the kernel has said about a socket, and no call has refuted yet.
private struct Readiness {
    var isReadable = false
    var isWritable = true
    /// The client sends no more, but may well wait for its answers.
    var isPeerClosed = false
    /// Nobody is there any more.
    var isBroken = false

    mutating func note(_ event: Epoll.Event) {
        if event.has(EPOLLIN) { isReadable = true }
        if event.has(EPOLLOUT) { isWritable = true }
        if event.has(EPOLLRDHUP) {
            isPeerClosed = true
            isReadable = true
        }
        if event.has(EPOLLERR) || event.has(EPOLLHUP) { isBroken = true }
    }
}

/// What a client sent beyond the request that is being answered.
private struct LeftoverInput {
    private var bytes: [UInt8] = []
    private var offset = 0

    var isEmpty: Bool { bytes.isEmpty }

    mutating func keep(_ more: ArraySlice<UInt8>) {
        bytes = Array(more)
        offset = 0
    }

    /// - Parameter read: returns how many of the bytes it used.
    mutating func take(_ read: (RawSpan) -> Int) {
        let all = bytes
        offset += read(all.span.bytes.extracting(offset..<all.count))
        if offset == all.count { self = LeftoverInput() }
    }
}
