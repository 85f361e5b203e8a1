import ServiceRuntime

/// A coordinator's place in the register, which another process of the name may take. One that an older copy of the store
/// has displaced enters itself again, and stays; one whose place is taken again and again shares its name.
struct NameClaim {
    /// For how long after a second loss another one is let have the place.
    private static let pause = Duration.seconds(10)
    /// After so long without a loss the name is its own again.
    private static let memory = Duration.seconds(30)
    private var entered: MonotonicClock.Instant?
    private var isEntered = false
    private var lost: MonotonicClock.Instant?
    private(set) var isContested = false

    /// - Parameter isOurs: whether the place is this process's.
    /// - Returns: whether to enter it now.
    mutating func look(isOurs: Bool, at now: MonotonicClock.Instant) -> Bool {
        if let lost, lost.duration(to: now) >= Self.memory { (self.lost, isContested) = (nil, false) }
        guard !isOurs else { return false }
        if isEntered { noteLoss(at: now) }
        guard isContested, let entered else { return true }
        return entered.duration(to: now) >= Self.pause
    }

    mutating func noteEntry(at now: MonotonicClock.Instant) {
        (entered, isEntered) = (now, true)
    }

    private mutating func noteLoss(at now: MonotonicClock.Instant) {
        isEntered = false
        isContested = lost != nil
        lost = now
    }
}
