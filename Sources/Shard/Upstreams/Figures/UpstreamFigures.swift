import Metrics
import ServiceRuntime
import Slurm

/// What an upstream has done and seen since the start.
struct UpstreamFigures: Sendable {
    struct Request: Hashable, Sendable {
        let endpoint: String
        /// The response's, or the label of what came in its place.
        let status: String
    }

    struct Unknown: Hashable, Sendable {
        let kind: String
        let value: String
    }

    /// How many unknown values are counted by themselves; the others count as one.
    static let mostUnknown = 200

    private(set) var requests: [Request: Int] = [:]
    private(set) var durations: [String: Distribution] = [:]
    private let durationBounds: [Double]
    private(set) var bytes: [String: Int] = [:]
    private(set) var timeouts: [String: Int] = [:]
    private(set) var unknown: [Unknown: Int] = [:]
    private(set) var repairedTexts = 0
    private(set) var feeds: [Feed: FeedFigures] = [:]
    private(set) var dutyCycle = DutyCycle()
    /// Whether the last question had an answer; nil before the first.
    private(set) var isUp: Bool?

    init(durationBounds: [Double]) {
        self.durationBounds = durationBounds
    }

    mutating func note(
        _ endpoint: String, status: Int?, _ error: UpstreamError?, bytes count: Int,
        from start: MonotonicClock.Instant, to end: MonotonicClock.Instant
    ) {
        requests[Request(endpoint: endpoint, status: error?.label ?? "\(status ?? 0)"), default: 0] += 1
        durations[endpoint, default: Distribution(durationBounds)].observe(start.duration(to: end))
        bytes[endpoint, default: 0] += count
        if error?.kind == .timeout { timeouts[endpoint, default: 0] += 1 }
        dutyCycle.note(start, end)
    }

    mutating func note(_ answer: Answered, caveat: String?, at now: UnixTime) {
        isUp = true
        var figures = feeds[answer.feed] ?? FeedFigures()
        figures.generation = answer.generation
        (figures.taken, figures.takenAt) = (answer.taken, now)
        figures.answered = answer.time
        figures.duration = answer.duration
        figures.bytes = answer.bytes
        figures.records = answer.records
        (figures.error, figures.errorAt) = (nil, nil)
        figures.caveat = caveat
        feeds[answer.feed] = figures
    }

    mutating func note(_ error: UpstreamError, of feed: Feed, at now: UnixTime) {
        isUp = false
        feeds[feed, default: FeedFigures()].note(error, at: now)
        if case .decode(let fault) = error.kind { count(decodeError: fault.rawValue, of: feed) }
        if error.kind == .truncated || error.kind == .tooLarge { count(decodeError: error.label, of: feed) }
    }

    mutating func note(_ oddities: Oddities, of feed: Feed) {
        for (word, count) in oddities.unknownWords { note(unknown: word.kind.rawValue, word.word, times: count) }
        for (_, count) in oddities.wrongTypes { self.count(decodeError: "value_type", of: feed, times: count) }
        repairedTexts += oddities.repairedTexts
    }

    private mutating func note(unknown kind: String, _ value: String, times: Int) {
        let key = Unknown(kind: kind, value: value)
        let isRoom = unknown[key] != nil || unknown.count < Self.mostUnknown
        unknown[isRoom ? key : Unknown(kind: kind, value: "other"), default: 0] += times
    }

    private mutating func count(decodeError kind: String, of feed: Feed, times: Int = 1) {
        feeds[feed, default: FeedFigures()].decodeErrors[kind, default: 0] += times
    }
}
