public import Metrics
public import ServiceRuntime

/// Decides, before the kernel does, what goes when memory runs out: first detail, then all but what is critical.
///
/// A state machine without clock or files. After each step down it waits for what the step brings; it goes back only
/// after memory has been well below the mark for a while, one level at a time.
public struct MemoryGuard: Sendable {
    public enum Level: Int, Comparable, Sendable {
        case normal, shedsDetailed, shedsImportant

        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

        public func sheds(_ level: Metrics.Level) -> Bool {
            switch level {
            case .critical: false
            case .important: self == .shedsImportant
            case .detailed: self >= .shedsDetailed
            }
        }
    }

    /// Shares of the limit from which on a level begins, and below which it ends.
    private static let marks: [Level: (enter: Double, leave: Double)] = [
        .shedsDetailed: (0.85, 0.7), .shedsImportant: (0.95, 0.8),
    ]
    /// How long the effect of a step may take.
    private static let settling = Duration.seconds(10)
    private static let calm = Duration.seconds(60)

    public private(set) var level = Level.normal
    private var stepped: MonotonicClock.Instant?
    private var calmSince: MonotonicClock.Instant?

    public init() {}

    public mutating func observe(used: UInt64, limit: UInt64, at now: MonotonicClock.Instant) {
        let share = Double(used) / Double(max(limit, 1))
        if let worse = Level(rawValue: level.rawValue + 1), share >= Self.marks[worse]!.enter {
            calmSince = nil
            guard stepped.map({ $0.duration(to: now) >= Self.settling }) ?? true else { return }
            level = worse
            stepped = now
        } else {
            recover(share, now)
        }
    }

    private mutating func recover(_ share: Double, _ now: MonotonicClock.Instant) {
        guard let marks = Self.marks[level], share < marks.leave else {
            calmSince = nil
            return
        }
        let since = calmSince ?? now
        calmSince = since
        guard since.duration(to: now) >= Self.calm, let better = Level(rawValue: level.rawValue - 1) else { return }
        level = better
        calmSince = now
    }
}
