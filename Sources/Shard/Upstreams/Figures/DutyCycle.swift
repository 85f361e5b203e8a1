import ServiceRuntime

/// For which share of the last minutes Slurm was busy for us.
struct DutyCycle: Equatable, Sendable {
    typealias Instant = MonotonicClock.Instant

    static let window = Duration.seconds(300)

    private var spans: [Range<Instant>] = []

    mutating func note(_ start: Instant, _ end: Instant) {
        spans.removeAll { $0.upperBound.duration(to: end) >= Self.window }
        spans.append(start..<max(start, end))
    }

    /// - Parameter underWay: starts of what hasn't ended.
    func ratio(at now: Instant, underWay: some Sequence<Instant>) -> Double {
        let begin = now.advanced(by: .zero - Self.window)
        let ended = spans.reduce(Duration.zero) { sum, span in
            let (from, to) = (max(span.lowerBound, begin), min(span.upperBound, now))
            return from < to ? sum + from.duration(to: to) : sum
        }
        let busy = underWay.reduce(ended) { $0 + max($1, begin).duration(to: now) }
        return busy / Self.window
    }
}
