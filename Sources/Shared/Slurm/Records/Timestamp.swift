/// A moment by Slurm's clock, in whole seconds since 1970.
public struct Timestamp: Hashable, Comparable, Sendable, BitwiseCopyable {
    public let seconds: Int64

    public init(_ seconds: Int64) {
        self.seconds = seconds
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

    /// Seconds from `earlier` to here; negative if that is later.
    public func since(_ earlier: Timestamp) -> Int64 { seconds &- earlier.seconds }
}
