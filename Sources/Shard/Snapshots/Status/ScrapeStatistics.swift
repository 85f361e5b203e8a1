/// How `/metrics` was answered.
struct ScrapeStatistics: Sendable {
    static let bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// Answered from bytes that were ready.
    private(set) var hits = 0
    /// Something had to be made first.
    private(set) var misses = 0
    private(set) var lastSeconds: Double?
    /// Each bucket by itself.
    private(set) var buckets = [Int](repeating: 0, count: bounds.count + 1)
    private(set) var totalSeconds = 0.0

    mutating func count(isHit: Bool, took duration: Duration) {
        if isHit { hits += 1 } else { misses += 1 }
        let seconds = duration / .seconds(1)
        lastSeconds = seconds
        totalSeconds += seconds
        buckets[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
    }
}
