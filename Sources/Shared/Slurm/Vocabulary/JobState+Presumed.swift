extension JobState {
    /// The base state, or what it must be where API versions 0.0.38 and 0.0.39 show a flag in its place; unknown where
    /// that could be several.
    public var presumedBase: Base {
        guard base == .unknown else { return base }
        if !flags.isDisjoint(with: Self.ofRunningJobs) { return .running }
        return flags.isDisjoint(with: Self.ofWaitingJobs) ? .unknown : .pending
    }

    private static let ofRunningJobs: Flags = [.configuring, .resizing, .signaling, .stopped]
    private static let ofWaitingJobs: Flags = [
        .requeued, .requeueHold, .requeueFed, .specialExit, .reservationDeletedHold,
    ]
}
