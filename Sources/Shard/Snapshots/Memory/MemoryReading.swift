public import ServiceRuntime

/// How much memory this process uses, and how much it may.
public struct MemoryReading: Hashable, Sendable {
    public var used: UInt64
    /// Nil where there is no limit.
    public var limit: UInt64?

    public init(used: UInt64, limit: UInt64?) {
        self.used = used
        self.limit = limit
    }

    /// What is resident counts: the control group's own figure has the page cache in it, which is no one's need.
    ///
    /// - Parameter limit: as it is configured; that of the control group holds where it is lower.
    public static func current(_ figures: ProcessFigures = .read(), limit: UInt64?) -> MemoryReading? {
        guard let used = figures.residentBytes else { return nil }
        return MemoryReading(used: used, limit: [limit, figures.memoryGroup?.limitBytes].compactMap(\.self).min())
    }
}
