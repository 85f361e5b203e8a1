import ServiceRuntime

/// Leaves an upstream alone that has failed several times in a row.
///
///     closed ──failures in a row──▶ open ──reset timeout──▶ half-open ──successes in a row──▶ closed
///                                     ◀──────a failure─────────┘
struct CircuitBreaker: Equatable, Sendable {
    typealias Instant = MonotonicClock.Instant

    enum State: String, CaseIterable, Sendable {
        case closed
        case halfOpen = "half_open"
        case open
    }

    private enum Condition: Equatable {
        case closed(failures: Int)
        case open(until: Instant)
        case halfOpen(successes: Int)
    }

    /// Other thresholds hold from the next success or failure on.
    var settings: BreakerSettings
    private var condition = Condition.closed(failures: 0)
    /// How often each state was entered.
    private(set) var transitions: [State: Int] = [:]

    init(_ settings: BreakerSettings) {
        self.settings = settings
    }

    var state: State {
        switch condition {
        case .closed: .closed
        case .open: .open
        case .halfOpen: .halfOpen
        }
    }

    /// When it lets something through again; nil if it does now.
    var opensUntil: Instant? {
        guard case .open(let until) = condition else { return nil }
        return until
    }

    /// Time has passed.
    mutating func advance(to now: Instant) {
        guard let until = opensUntil, until <= now else { return }
        enter(.halfOpen(successes: 0))
    }

    mutating func succeed() {
        switch condition {
        case .closed: condition = .closed(failures: 0)
        case .halfOpen(let successes) where successes + 1 >= settings.successThreshold: enter(.closed(failures: 0))
        case .halfOpen(let successes): condition = .halfOpen(successes: successes + 1)
        // Asked before it opened.
        case .open: break
        }
    }

    mutating func fail(at now: Instant) {
        guard settings.isEnabled else { return }
        switch condition {
        case .closed(let failures) where failures + 1 < settings.failureThreshold:
            condition = .closed(failures: failures + 1)
        case .closed, .halfOpen: enter(.open(until: now + .seconds(settings.resetTimeoutSeconds)))
        case .open: break
        }
    }

    private mutating func enter(_ next: Condition) {
        condition = next
        transitions[state, default: 0] += 1
    }
}
