import ServiceRuntime

/// When a primary asks a secondary that leads to hand over: when it has been well for a while, and not too often.
struct Failback {
    private let patience = Duration.seconds(60)
    private let pause = Duration.seconds(600)
    private var wellSince: MonotonicClock.Instant?
    private var last: MonotonicClock.Instant?

    /// This coordinator was told to let others lead, which isn't undone at once.
    mutating func noteStepDown(at now: MonotonicClock.Instant) {
        wellSince = nil
        last = now
    }

    /// - Parameters:
    ///   - isWell: whether this coordinator could take over.
    ///   - isDue: whether a secondary leads.
    /// - Returns: whether to ask now.
    mutating func look(isWell: Bool, isDue: Bool, at now: MonotonicClock.Instant) -> Bool {
        guard isWell else {
            wellSince = nil
            return false
        }
        let since = wellSince ?? now
        wellSince = since
        guard isDue, since.duration(to: now) >= patience else { return false }
        if let last, last.duration(to: now) < pause { return false }
        last = now
        return true
    }
}
