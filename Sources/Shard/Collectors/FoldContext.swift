public import Slurm

/// What a fold may know besides its records.
public struct FoldContext: Sendable {
    /// Slurm's clock, about: the exact time of an answer is known at its end.
    public var expectedTime: Timestamp
    /// Names of the partitions that the cluster had when it was last asked for them: those without jobs or nodes show 0.
    public var partitions: [String]
    /// What of the cluster is counted here.
    public var scope: Scope
    public var clusterName: String
    /// Of Slurm, such as `25.11.2`; empty as long as no answer has said it.
    public var release: String
    /// What the records of ended jobs were asked for with, at the expected time; nil where nothing was said.
    public var endedJobs: EndedJobsQuestion?

    public init(
        expectedTime: Timestamp, partitions: [String] = [], scope: Scope = .whole, clusterName: String = "",
        release: String = "", endedJobs: EndedJobsQuestion? = nil
    ) {
        self.expectedTime = expectedTime
        self.partitions = partitions
        self.scope = scope
        self.clusterName = clusterName
        self.release = release
        self.endedJobs = endedJobs
    }
}
