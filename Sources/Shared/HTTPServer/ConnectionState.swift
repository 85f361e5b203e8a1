import HTTP

/// What a connection is waiting for, for how long, and whether it outlives its answer: every rule of its life that
/// needs no socket.
struct ConnectionState {
    typealias Instant = ContinuousClock.Instant

    enum Phase: Equatable {
        /// For the first byte of a request.
        case idle
        case head
        case body
        /// One request is being answered; no other is read.
        case answering
        /// The last answer is out: for the client to close.
        case lingering
        /// An answer was ended in its middle: for the client to take what there is of it.
        case aborting
    }

    /// What a passed deadline means.
    enum Expiry: Equatable {
        case close
        case reject(RequestError)
        /// The work has taken too long.
        case expireWork
        /// The client takes nothing.
        case reset
        /// The client may have taken what there is to take.
        case finishAbort
    }

    enum Next: Equatable {
        case anotherRequest
        case linger
    }

    private(set) var phase = Phase.idle
    private(set) var isLast = false
    private var since: Instant
    private var workDeadline: Instant?
    /// When the client last took something, while there is more to send.
    private var stalledSince: Instant?
    private var abortLook: Instant?

    private static let abortPause = Duration.milliseconds(10)

    init(now: Instant) {
        since = now
    }

    /// Whether ending this connection now takes something from its client.
    var isBusy: Bool {
        switch phase {
        case .idle, .lingering, .aborting: false
        case .head, .body, .answering: true
        }
    }

    mutating func read(upTo parserPhase: RequestParser.Phase, now: Instant) {
        let reached: Phase =
            switch parserPhase {
            case .betweenRequests: .idle
            case .head: .head
            case .body: .body
            }
        if reached != phase { enter(reached, now: now) }
    }

    mutating func beginAnswer(now: Instant) {
        enter(.answering, now: now)
    }

    mutating func beginWork(deadline: Instant) {
        workDeadline = deadline
    }

    mutating func endWork() {
        workDeadline = nil
    }

    /// The connection is not used again after the answer.
    mutating func makeLast() {
        isLast = true
    }

    mutating func sent(now: Instant, isMore: Bool) {
        stalledSince = isMore ? now : nil
    }

    /// There is something to send that the client does not take.
    ///
    /// - Returns: whether that is news.
    mutating func blocked(now: Instant) -> Bool {
        guard stalledSince == nil else { return false }
        stalledSince = now
        return true
    }

    mutating func endAnswer(now: Instant) -> Next {
        workDeadline = nil
        stalledSince = nil
        enter(isLast ? .lingering : .idle, now: now)
        return isLast ? .linger : .anotherRequest
    }

    /// - Parameter now: of the look at what the client has taken, of which there is no other news.
    mutating func awaitAbort(now: Instant) {
        workDeadline = nil
        if phase != .aborting { enter(.aborting, now: now) }
        abortLook = now + Self.abortPause
    }

    /// Whether a client has had its time to take what there is of an answer.
    func isAbortOverdue(now: Instant, _ limits: HTTPServer.Limits) -> Bool {
        now >= since + limits.stallTime
    }

    func deadline(_ limits: HTTPServer.Limits) -> Instant {
        let stall = stalledSince.map { $0 + limits.stallTime }
        switch phase {
        case .idle: return since + limits.idleTime
        case .head: return since + limits.headTime
        case .body: return min(since + limits.bodyTime, stall ?? since + limits.bodyTime)
        case .answering: return [stall, workDeadline].compactMap(\.self).min() ?? since + limits.stallTime
        case .lingering: return since + limits.lingerTime
        case .aborting: return abortLook ?? since
        }
    }

    func expiry(now: Instant, _ limits: HTTPServer.Limits) -> Expiry? {
        guard now >= deadline(limits) else { return nil }
        switch phase {
        case .idle, .lingering: return .close
        case .head: return .reject(.headTimeout)
        case .body: return .reject(.bodyTimeout)
        case .answering:
            if let workDeadline, now >= workDeadline { return .expireWork }
            return .reset
        case .aborting: return .finishAbort
        }
    }

    private mutating func enter(_ phase: Phase, now: Instant) {
        self.phase = phase
        since = now
    }
}
