import ServiceRuntime

/// Says how much further apart Slurm is asked while the processor quota is used up.
struct Throttle {
    /// The share of the quota's periods in which this process had to wait, from which on intervals stretch.
    private var threshold: Double
    private var last: (periods: UInt64, throttled: UInt64)?
    private(set) var slowdown = 1.0

    static let most = 8.0

    init(threshold: Double) {
        self.threshold = threshold
    }

    /// The same with what has been seen so far.
    func with(threshold: Double) -> Throttle {
        var throttle = self
        throttle.threshold = threshold
        return throttle
    }

    /// - Returns: by how much intervals are to be stretched from now on.
    mutating func observe(_ group: CPUGroupFigures) -> Double {
        guard let periods = group.periods, let throttled = group.throttledPeriods else { return slowdown }
        defer { last = (periods, throttled) }
        guard let last, periods > last.periods, throttled >= last.throttled else { return slowdown }
        let share = Double(throttled - last.throttled) / Double(periods - last.periods)
        slowdown = share >= threshold ? min(slowdown * 2, Self.most) : max(slowdown / 2, 1)
        return slowdown
    }
}
