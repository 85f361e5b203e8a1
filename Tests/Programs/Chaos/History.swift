/// Which values series had, and when.
struct History {
    struct Span {
        let value: Double
        let first: ContinuousClock.Instant
        var last: ContinuousClock.Instant
    }

    private(set) var spans: [String: [Span]] = [:]
    private(set) var answers = 0
    private var sightings: [String: Int] = [:]

    mutating func note(_ samples: Samples, at now: ContinuousClock.Instant) {
        answers += 1
        for (series, value) in samples.values where Self.isOfSlurm(series) {
            sightings[series, default: 0] += 1
            let place = (spans[series]?.endIndex ?? 0) - 1
            if place >= 0, spans[series]![place].value == value {
                spans[series]![place].last = now
            } else {
                spans[series, default: []].append(Span(value: value, first: now, last: now))
            }
        }
    }

    /// Series that were in every answer.
    var lasting: Set<String> { Set(sightings.filter { $0.value == answers }.keys) }

    /// Whether this was somebody's value then, or not longer ago than it lasts.
    ///
    /// - Parameter slack: how much later than others this may have heard of something.
    func has(
        _ value: Double, of series: String, at time: ContinuousClock.Instant, lasting lifetime: Duration,
        slack: Duration
    ) -> Bool {
        spans[series, default: []].contains {
            ($0.value == value || $0.value.isNaN && value.isNaN) && $0.first - slack <= time
                && time <= $0.last + lifetime + slack
        }
    }

    private static func isOfSlurm(_ series: String) -> Bool {
        !series.hasPrefix("slurm_exporter_") && !series.hasPrefix("slurm_fleet_")
    }
}
