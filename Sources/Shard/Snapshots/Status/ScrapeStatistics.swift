import Metrics

/// How `/metrics` was answered.
struct ScrapeStatistics: Sendable {
    /// Answered from bytes that were ready.
    private(set) var hits = 0
    /// Something had to be made first.
    private(set) var misses = 0
    private(set) var lastSeconds: Double?
    private(set) var durations: Distribution

    init(bounds: [Double]) {
        durations = Distribution(bounds)
    }

    mutating func count(isHit: Bool, took duration: Duration) {
        if isHit { hits += 1 } else { misses += 1 }
        lastSeconds = duration / .seconds(1)
        durations.observe(duration)
    }
}
