import ServiceRuntime

/// When which step is due: wall time times speed. Missed steps are caught up, up to a limit; what is beyond it is forgotten.
struct StepSchedule: Sendable {
    static let catchUp = 60

    private let interval: Duration
    private var next: MonotonicClock.Instant

    /// - Parameter stepSeconds: how much of the cluster's time a step takes.
    init(stepSeconds: Int, speed: Double, from start: MonotonicClock.Instant) {
        interval = .seconds(Double(stepSeconds) / speed)
        next = start.advanced(by: interval)
    }

    /// When to ask again.
    var nextStep: MonotonicClock.Instant { next }

    /// - Returns: how many steps to make now.
    mutating func due(at now: MonotonicClock.Instant) -> Int {
        guard now >= next else { return 0 }
        let missed = 1 + Int(next.duration(to: now) / interval)
        next = next.advanced(by: interval * missed)
        return min(missed, Self.catchUp)
    }
}
