/// What the kernel says about this process at one moment. What it doesn't say is nil, never 0.
public struct ProcessFigures: Equatable, Sendable {
    public internal(set) var residentBytes: UInt64?
    public internal(set) var virtualBytes: UInt64?
    public internal(set) var peakResidentBytes: UInt64?
    public internal(set) var userSeconds: Double?
    public internal(set) var systemSeconds: Double?
    public internal(set) var threads: Int?
    public internal(set) var openDescriptors: Int?
    /// The soft limit; nil also when there is none.
    public internal(set) var descriptorLimit: Int?
    /// Seconds since 1970.
    public internal(set) var startTime: Double?
    public internal(set) var memoryGroup: MemoryGroupFigures?
    public internal(set) var cpuGroup: CPUGroupFigures?

    /// Of the running process.
    public static func read() -> ProcessFigures {
        reader.read()
    }

    private static let reader = ProcessReader()
}

/// The memory of the control groups that hold this process.
public struct MemoryGroupFigures: Equatable, Sendable {
    /// The lowest of this group's and of its ancestors' that can be seen; nil when none is set.
    public internal(set) var limitBytes: UInt64?
    /// Of the group that has this limit, of this process's own group when there is no limit. Page cache included.
    public internal(set) var usageBytes: UInt64?
}

/// The processor time of the control groups that hold this process.
public struct CPUGroupFigures: Equatable, Sendable {
    /// The lowest quota of this group and its ancestors, in processors; nil when none is set.
    public internal(set) var cores: Double?
    /// Of the group that has this quota, of this process's own group when there is no quota.
    public internal(set) var periods: UInt64?
    public internal(set) var throttledPeriods: UInt64?
    public internal(set) var throttledSeconds: Double?
}
