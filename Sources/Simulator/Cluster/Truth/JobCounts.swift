/// Jobs by what they are and what they ask for. A record can count as many jobs: an array's N unstarted tasks as N.
public struct JobCounts: Codable, Equatable, Sendable {
    public var jobs = 0
    /// By effective state (`JobEffectiveState`): exclusive, so they sum to `jobs`.
    public var byState = Counts()
    /// By base state, as slurmrestd names it: exclusive.
    public var byBaseState = Counts()
    /// By flag as slurmrestd names it.
    public var byFlag = Counts()
    /// Of jobs whose effective state is pending.
    public var pendingByReason = Counts()
    /// What jobs whose base state is pending ask for.
    public var requested = Amount()
    /// Waiting jobs with a priority of 0.
    public var held = 0
    /// The most nodes that a waiting job asks for, of those that are held and those that aren't.
    public var mostNodes = Counts()
    /// Jobs of a federation by the member that they were submitted to.
    public var federated = Counts()

    mutating func add(_ job: Job, times count: Int, in cluster: Cluster) {
        jobs += count
        byState.add(count, to: job.state.effective.rawValue)
        byBaseState.add(count, to: "\(job.state.base.name)")
        for (flag, name) in JobState.Flags.names where job.state.flags.contains(flag) {
            byFlag.add(count, to: "\(name)")
        }
        if job.state.effective == .pending { pendingByReason.add(count, to: job.reason.rawValue) }
        if job.state.base == .pending { request(job, count, in: cluster) }
        if let origin = cluster.federation.first(where: { $0.id == job.federation.origin }) {
            federated.add(count, to: origin.name.repaired)
        }
    }

    private mutating func request(_ job: Job, _ count: Int, in cluster: Cluster) {
        if job.isHeld { held += count }
        mostNodes.raise("\(job.isHeld)", to: job.request.resources.nodes)
        requested.add(job.request.resources, times: count)
        requested.gpusByType.add(job.request.resources.gpus * count, to: cluster.name(of: job.request.gpuType))
    }
}
