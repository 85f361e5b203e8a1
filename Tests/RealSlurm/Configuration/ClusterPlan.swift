/// What a cluster is to be, beyond what all of them have.
public struct ClusterPlan: Sendable {
    /// Nodes that exist in Slurm's books only: they are idle, and take jobs that run nothing.
    public var paperNodes = 0

    /// How long Slurm's programs wait for each other's answers, and slurmrestd for slurmctld's.
    public var messageTimeout: Duration = .seconds(5)

    /// How often jobs are looked at that wait.
    public var schedulingInterval: Duration = .seconds(2)

    public static let standard = ClusterPlan()

    /// As large a one as slurmrestd still answers for in seconds.
    public static let large = ClusterPlan(
        paperNodes: 10_000, messageTimeout: .seconds(100), schedulingInterval: .seconds(600))
}
