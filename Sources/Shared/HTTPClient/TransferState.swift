/// One transfer apart from any I/O: what came, what the consumer took, and when patience ends.
///
///     connecting ─▶ awaitingHead ─▶ streaming ◀─▶ paused
///                                       └─────▶ received
///
/// and from each of them but the last to failed. The backlog between network and consumer is bounded: when it is full
/// the state says so, holds nothing further, and is paused until the consumer has taken the backlog.
struct TransferState {
    typealias Instant = ContinuousClock.Instant

    struct Rules {
        var deadlines = HTTPClient.Deadlines.none
        /// Of the body, after decoding.
        var limit = Int.max
        var headLimit = 64 << 10
        /// Whether the consumer decodes gzip, so that `limit` can't be checked against what comes.
        var decodesGzip = false
        var isHeadRequest = false
        /// The backlog at which the transfer pauses.
        var capacity = 256 << 10
    }

    struct Failure: Error, Hashable {
        let kind: HTTPClientError.Kind
        let reason: String
    }

    enum Phase: Hashable {
        case connecting, awaitingHead, streaming, paused, received
        case failed(Failure)
    }

    /// What becomes of bytes that came.
    enum Intake: Hashable {
        case taken
        /// Not taken: to be offered again after `resume`.
        case held
        /// Not taken: the transfer has failed.
        case refused
    }

    /// What the consumer gets.
    enum Pull: Hashable {
        /// `resume` says that the network side has to be told to go on.
        case chunk([UInt8], resume: Bool)
        case end
        case nothingYet
        case failed(Failure)
    }

    let rules: Rules
    let started: Instant
    private(set) var phase = Phase.connecting
    private(set) var head: Head?
    /// Nil as long as there is no connection.
    private(set) var isReused: Bool?
    private(set) var timings = HTTPClient.Summary()
    private(set) var receivedBytes = 0
    private(set) var ended: Instant?
    private var parser = HeadParser()
    private var headBytes = 0
    private var backlog: [UInt8] = []
    /// Since when nothing came that we were ready to take.
    private var quietSince: Instant

    init(rules: Rules, started: Instant) {
        self.rules = rules
        self.started = started
        quietSince = started
    }

    /// Whether the consumer decodes the body.
    var isEncoded: Bool { rules.decodesGzip && head?.isGzip == true }

    /// Nil until the transfer has ended.
    var summary: HTTPClient.Summary? {
        guard let ended else { return nil }
        var summary = timings
        summary.total = started.duration(to: ended)
        summary.wireBytes = receivedBytes
        summary.reusedConnection = isReused ?? false
        return summary
    }

    var hasEnded: Bool {
        switch phase {
        case .received, .failed: true
        default: false
        }
    }
}

extension TransferState {
    /// A connection is there, and the request goes out on it; again, when libcurl had to replace a dead one.
    mutating func connected(reused: Bool, at now: Instant) {
        guard phase == .connecting || phase == .awaitingHead else { return }
        phase = .awaitingHead
        isReused = reused
        quietSince = now
    }

    mutating func headLine(_ line: some BidirectionalCollection<UInt8>, at now: Instant) -> Intake {
        guard !hasEnded else { return .refused }
        headBytes += line.count
        quietSince = now
        guard headBytes <= rules.headLimit else {
            return refuse(.tooLarge, "the head has more than \(rules.headLimit) bytes", at: now)
        }
        guard head == nil else { return .taken }
        do {
            head = try parser.take(line)
        } catch {
            return refuse(.malformed, error.reason, at: now)
        }
        return head == nil ? .taken : begin(at: now)
    }

    private mutating func begin(at now: Instant) -> Intake {
        phase = .streaming
        guard let announced, announced > wireLimit else { return .taken }
        return refuse(.tooLarge, "the body has \(announced) bytes, \(rules.limit) are allowed", at: now)
    }

    mutating func bodyBytes(_ bytes: UnsafeRawBufferPointer, at now: Instant) -> Intake {
        guard !hasEnded else { return .refused }
        guard backlog.count < rules.capacity else {
            phase = .paused
            return .held
        }
        guard bytes.count <= wireLimit - receivedBytes else {
            return refuse(.tooLarge, "the body has more than \(rules.limit) bytes", at: now)
        }
        if backlog.isEmpty { reserve(for: bytes.count) }
        backlog.append(contentsOf: bytes)
        receivedBytes += bytes.count
        quietSince = now
        return .taken
    }

    /// The consumer has taken the backlog of a paused transfer, and the network side goes on.
    mutating func resume(at now: Instant) {
        guard phase == .paused else { return }
        phase = .streaming
        quietSince = now
    }

    /// The network side is done, with a failure or without.
    mutating func complete(_ timings: HTTPClient.Summary, _ failure: Failure?, at now: Instant) {
        self.timings = timings
        guard !hasEnded else { return }
        if let failure { return fail(failure, at: now) }
        guard head != nil else { return fail(Failure(kind: .malformed, reason: "there is no response"), at: now) }
        phase = .received
        ended = now
    }

    /// Ends the transfer unless it has ended; what the consumer has not taken yet is dropped.
    mutating func fail(_ failure: Failure, at now: Instant) {
        guard !hasEnded else { return }
        phase = .failed(failure)
        ended = now
        backlog = []
    }

    /// As `fail`, but by the consumer, who can find fault with a body that has come to its end as well.
    mutating func reject(_ failure: Failure, at now: Instant) {
        if phase == .received { phase = .streaming }
        fail(failure, at: now)
    }

    private mutating func refuse(_ kind: HTTPClientError.Kind, _ reason: String, at now: Instant) -> Intake {
        fail(Failure(kind: kind, reason: reason), at: now)
        return .refused
    }

    private mutating func reserve(for count: Int) {
        let remaining = announced.map { max($0 - receivedBytes, count) } ?? count
        backlog.reserveCapacity(min(remaining, rules.capacity + count))
    }

    private var announced: Int? {
        guard let head, head.allowsBody, !rules.isHeadRequest else { return nil }
        return head.contentLength
    }

    /// What may come on the wire. Compressed bytes are fewer than the decoded ones but for some per mille where
    /// nothing could be compressed; a stream of empty blocks ends here too.
    private var wireLimit: Int {
        guard isEncoded else { return rules.limit }
        let (sum, overflow) = rules.limit.addingReportingOverflow(rules.limit / 100 + 1024)
        return overflow ? .max : sum
    }
}

extension TransferState {
    mutating func pull() -> Pull {
        switch phase {
        case .failed(let failure): return .failed(failure)
        case .received where backlog.isEmpty: return .end
        case _ where backlog.isEmpty: return .nothingYet
        default:
            let chunk = backlog
            backlog = []
            return .chunk(chunk, resume: phase == .paused)
        }
    }
}

extension TransferState {
    /// The next moment at which patience ends, if nothing happens before.
    var deadline: Instant? { nextDeadline?.instant }

    /// - Returns: whether the transfer has just failed for it.
    mutating func expire(at now: Instant) -> Bool {
        guard let next = nextDeadline, next.instant <= now else { return false }
        fail(next.failure, at: now)
        return true
    }

    private var nextDeadline: Deadline? {
        guard !hasEnded else { return nil }
        let total = rules.deadlines.total.map { Deadline(instant: started + $0, failure: .total($0, self)) }
        guard let phaseDeadline else { return total }
        guard let total else { return phaseDeadline }
        return phaseDeadline.instant < total.instant ? phaseDeadline : total
    }

    private var phaseDeadline: Deadline? {
        let deadlines = rules.deadlines
        switch phase {
        case .connecting:
            return deadlines.connect.map { Deadline(instant: started + $0, failure: .connect($0)) }
        case .awaitingHead where headBytes == 0 && deadlines.firstByte != nil:
            return deadlines.firstByte.map { Deadline(instant: quietSince + $0, failure: .firstByte($0)) }
        case .awaitingHead, .streaming:
            return deadlines.stall.map { Deadline(instant: quietSince + $0, failure: .stall($0)) }
        case .paused, .received, .failed:
            return nil
        }
    }

    private struct Deadline {
        let instant: Instant
        let failure: Failure
    }
}

extension TransferState.Failure {
    fileprivate static func total(_ limit: Duration, _ state: TransferState) -> Self {
        Self(kind: .timeout(.total), reason: "not done within \(limit.inWords)\(state.whereabouts)")
    }

    static func connect(_ limit: Duration) -> Self {
        Self(kind: .timeout(.connect), reason: "no connection within \(limit.inWords)")
    }

    fileprivate static func firstByte(_ limit: Duration) -> Self {
        Self(kind: .timeout(.firstByte), reason: "no answer within \(limit.inWords)")
    }

    fileprivate static func stall(_ limit: Duration) -> Self {
        Self(kind: .stall, reason: "not a byte for \(limit.inWords)")
    }
}

extension TransferState {
    fileprivate var whereabouts: String {
        switch phase {
        case .connecting: ", still connecting"
        case .awaitingHead: ", still waiting for the head"
        case .paused: ", paused for a slow consumer"
        default: ""
        }
    }
}
