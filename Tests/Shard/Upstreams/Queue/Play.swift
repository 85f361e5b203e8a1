import Metrics
import ServiceRuntime

@testable import Upstreams

/// Plays the part of clock, network and Slurm for a queue.
struct Play {
    typealias Instant = MonotonicClock.Instant
    typealias Queue = UpstreamQueue<SeededGenerator>

    struct Request {
        let ask: Ask
        let start: Instant
        let end: Instant
        let outcome: AskOutcome
    }

    static let origin = Instant(sinceOrigin: .seconds(1_000))

    var queue: Queue
    var now = Self.origin
    private(set) var done: [Request] = []
    private var underWay: [Request] = []
    /// How long an answer takes, and how it ends.
    private let behaviour: (Ask, Instant) -> (Duration, AskOutcome)

    init(
        _ schedule: [FeedSchedule], _ settings: QueueSettings = QueueSettings(), breaker: BreakerSettings? = nil,
        seed: UInt64 = 1, behaviour: @escaping (Ask, Instant) -> (Duration, AskOutcome) = { _, _ in (.milliseconds(10), .success) }
    ) {
        queue = Queue(
            settings, breaker: breaker ?? .off, schedule: schedule, random: SeededGenerator(seed: seed), at: Self.origin)
        self.behaviour = behaviour
    }

    /// Asks all there is to ask now.
    ///
    /// - Returns: until when there is nothing further.
    private mutating func askAll() -> Instant? {
        while true {
            switch queue.next(at: now) {
            case .wait(let until): return until
            case .ask(let ask):
                let (duration, outcome) = behaviour(ask, now)
                underWay.append(Request(ask: ask, start: now, end: now + duration, outcome: outcome))
            }
        }
    }

    mutating func run(for duration: Duration) {
        let end = now + duration
        while true {
            let wake = askAll()
            guard let next = ([wake].compactMap(\.self) + underWay.map(\.end)).min(), next < end else { break }
            precondition(next > now || underWay.contains { $0.end == now }, "the queue waits for a time that is over")
            now = next
            finish()
        }
        now = end
    }

    private mutating func finish() {
        for request in underWay where request.end <= now {
            queue.end(request.ask, request.outcome, at: now)
            done.append(request)
        }
        underWay.removeAll { $0.end <= now }
    }

    /// Seconds after the start at which a feed was asked.
    func starts(_ feed: Feed) -> [Double] {
        done.filter { $0.ask.feed == feed }.map { Self.origin.duration(to: $0.start) / .seconds(1) }
    }
}

extension BreakerSettings {
    static var off: BreakerSettings {
        var settings = BreakerSettings()
        settings.isEnabled = false
        return settings
    }
}
