/// Where the one record is kept that all candidates share.
public protocol LeaseStore: Sendable {
    /// Reads the record, or writes it if the store holds what is expected, atomically and durably.
    ///
    /// Blocks its thread, for not much longer than the patience of the lease's timing.
    func perform(_ action: LeaseAttempt.Action) -> LeaseOutcome
}
