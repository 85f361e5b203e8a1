/// slurmdbd's own figures.
public struct DatabaseRecord: Sendable {
    /// When the figures were last reset.
    public var since: Timestamp?
    public var rollups: [Rollup] = []
    public var callsByType: [SchedulerRecord.Calls] = []
    public var callsByUser: [SchedulerRecord.Calls] = []

    public init() {}

    /// The summing up of an hour, day or month.
    public struct Rollup: Sendable {
        public var period: Period
        public var count: Int?
        public var lastRun: Timestamp?
        public var lastMicroseconds: Int?
        public var maximumMicroseconds: Int?
        public var totalMicroseconds: Int?

        public init(
            period: Period, count: Int? = nil, lastRun: Timestamp? = nil, lastMicroseconds: Int? = nil,
            maximumMicroseconds: Int? = nil, totalMicroseconds: Int? = nil
        ) {
            self.period = period
            self.count = count
            self.lastRun = lastRun
            self.lastMicroseconds = lastMicroseconds
            self.maximumMicroseconds = maximumMicroseconds
            self.totalMicroseconds = totalMicroseconds
        }
    }

    public enum Period: String, Sendable, CaseIterable {
        case hourly, daily, monthly
    }
}
