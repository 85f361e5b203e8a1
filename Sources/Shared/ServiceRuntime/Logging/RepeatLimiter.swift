/// A token bucket for each text that was said lately.
///
/// Texts are told apart by a hash of 64 bits. When there are too many, the half that was not heard for longest is
/// forgotten, with what was held back of it.
struct RepeatLimiter {
    enum Decision: Equatable {
        case hold
        case pass(suppressed: Int)
    }

    fileprivate struct Bucket {
        var tokens: Double
        var suppressed = 0
        var last: MonotonicClock.Instant
    }

    private let capacity: Int
    private var buckets: [Int: Bucket] = [:]

    init(capacity: Int = 1_024) {
        self.capacity = capacity
    }

    var count: Int { buckets.count }

    mutating func decide(_ text: Int, limit: RepeatLimit, now: MonotonicClock.Instant) -> Decision {
        var bucket = buckets[text] ?? Bucket(tokens: Double(limit.burst), last: now)
        bucket.refill(limit, now: now)
        let decision = bucket.take()
        if buckets[text] == nil, buckets.count >= capacity { forgetOlderHalf() }
        buckets[text] = bucket
        return decision
    }

    private mutating func forgetOlderHalf() {
        let byAge = buckets.sorted { $0.value.last < $1.value.last }
        for (text, _) in byAge.prefix(max(1, byAge.count / 2)) { buckets[text] = nil }
    }
}

extension RepeatLimiter.Bucket {
    fileprivate mutating func refill(_ limit: RepeatLimit, now: MonotonicClock.Instant) {
        tokens = min(Double(limit.burst), tokens + last.duration(to: now) / limit.interval)
        last = now
    }

    fileprivate mutating func take() -> RepeatLimiter.Decision {
        // Thirty refills of a thirtieth fall short of one by a few parts in 10^16.
        guard tokens >= 1 - 1e-9 else {
            suppressed += 1
            return .hold
        }
        defer { suppressed = 0 }
        tokens -= 1
        return .pass(suppressed: suppressed)
    }
}
