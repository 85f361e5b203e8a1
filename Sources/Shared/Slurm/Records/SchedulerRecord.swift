/// slurmctld's own figures, as sdiag and `/diag` show them.
public struct SchedulerRecord: Sendable {
    /// By slurmrestd's keys, those of inner objects with a dot: `schedule_cycle_last`, `bf_exit.end_job_queue`.
    ///
    /// Durations are in microseconds, moments in seconds since 1970. What a version doesn't give is not there.
    public var figures: [String: Double] = [:]
    public var callsByType: [Calls] = []
    public var callsByUser: [Calls] = []
    /// Calls that wait for a thread, by type.
    public var pendingCalls: [(type: String, count: Int)] = []

    public init() {}

    /// Remote procedure calls of one type or user, since slurmctld started or `sdiag --reset`.
    public struct Calls: Sendable {
        public var name: String
        public var count: Int
        public var microseconds: Int
        public var queued: Int?
        public var dropped: Int?
        /// How many were served in the last go, where slurmctld serves several in one.
        public var lastCycle: Int?
        /// The most in one go.
        public var longestCycle: Int?

        public init(
            name: String, count: Int, microseconds: Int, queued: Int? = nil, dropped: Int? = nil,
            lastCycle: Int? = nil, longestCycle: Int? = nil
        ) {
            self.name = name
            self.count = count
            self.microseconds = microseconds
            self.queued = queued
            self.dropped = dropped
            self.lastCycle = lastCycle
            self.longestCycle = longestCycle
        }
    }
}
