/// A moment by Slurm's clock, in whole seconds since 1970.
public struct Timestamp: Hashable, Comparable, Sendable, BitwiseCopyable {
    public let seconds: Int64

    public init(_ seconds: Int64) {
        self.seconds = seconds
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

    /// Whether a clock could show it: from 2000 to 2200.
    public var isPlausible: Bool { (946_684_800..<7_258_118_400).contains(seconds) }

    /// Seconds from `earlier` to here; negative if that is later.
    public func since(_ earlier: Timestamp) -> Int64 { seconds &- earlier.seconds }
}
