public import Slurm

/// What a fold may know besides its records.
public struct FoldContext: Sendable {
    /// Slurm's clock, about: the exact time of an answer is known at its end.
    public var expectedTime: Timestamp
    /// Names of the partitions that the cluster had when it was last asked for them: those without jobs or nodes show 0.
    public var partitions: [String]

    public init(expectedTime: Timestamp, partitions: [String] = []) {
        self.expectedTime = expectedTime
        self.partitions = partitions
    }
}
