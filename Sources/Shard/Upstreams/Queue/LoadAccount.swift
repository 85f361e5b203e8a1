import ServiceRuntime

/// Sees to it that requests take no more than a share of the time, whatever they take each.
///
/// What a request took is a debt, paid off at the rate of the share; saved up is nothing. Who asks only when it is paid
/// stays within the share over any time, but for the last request.
struct LoadAccount: Equatable, Sendable {
    typealias Instant = MonotonicClock.Instant

    /// Above 0; 1 or more is no limit.
    var rate: Double
    private var debt = Duration.zero
    private var settled: Instant
    private var underWay = 0

    init(rate: Double, at now: Instant) {
        self.rate = rate
        settled = now
    }

    mutating func begin(at now: Instant) {
        settle(at: now)
        underWay += 1
    }

    /// - Parameter duration: how long Slurm was at work, or may still be.
    mutating func end(_ duration: Duration, at now: Instant) {
        settle(at: now)
        underWay -= 1
        debt += duration
        if underWay == 0 { debt = max(debt, .zero) }
    }

    /// When everything is paid.
    var balanced: Instant {
        rate < 1 && debt > .zero ? settled + debt / rate : settled
    }

    /// While a request is under way it pays for itself in advance: its time counts when it is over.
    private mutating func settle(at now: Instant) {
        debt -= settled.duration(to: now) * rate
        if underWay == 0 { debt = max(debt, .zero) }
        settled = now
    }
}
