/// Jobs of the cluster, a partition, a user, an account or a QOS.
///
/// An array's record of N unstarted tasks counts as N jobs everywhere but in `records`.
public struct JobTotals: Codable, Equatable, Sendable {
    /// Entries of the job list.
    public var records = 0
    public var jobs = 0
    /// As `jobs`, but of a task string that is cut at 64 characters only the tasks that it still names in full.
    public var knownJobs = 0
    /// How many records have a task string that is cut.
    public var cutRecords = 0
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
    /// What jobs whose base state is running or suspended have.
    public var allocated = Amount()
    /// What jobs whose base state is suspended have; also in `allocated`.
    public var suspended = Amount()
    /// Waiting jobs with a priority of 0.
    public var held = 0

    mutating func add(_ job: Job, in cluster: Cluster) {
        let count = cluster.count(of: job)
        records += 1
        jobs += count
        addKnown(job, count, in: cluster)
        byState.add(count, to: job.state.effective.rawValue)
        byBaseState.add(count, to: "\(job.state.base.name)")
        for (flag, name) in JobState.Flags.names where job.state.flags.contains(flag) {
            byFlag.add(count, to: "\(name)")
        }
        if job.state.effective == .pending { pendingByReason.add(count, to: job.reason.rawValue) }
        switch job.state.base {
        case .pending: request(job, count, in: cluster)
        case .running: Self.add(job, to: &allocated, in: cluster)
        case .suspended:
            Self.add(job, to: &allocated, in: cluster)
            Self.add(job, to: &suspended, in: cluster)
        default: break
        }
    }

    private mutating func addKnown(_ job: Job, _ count: Int, in cluster: Cluster) {
        let known = job.arrayTasks.exists ? cluster.taskSets[job.arrayTasks].knownCount() : count
        knownJobs += known
        if known < count { cutRecords += 1 }
    }

    private mutating func request(_ job: Job, _ count: Int, in cluster: Cluster) {
        if job.isHeld { held += count }
        requested.add(job.request.resources, times: count)
        requested.gpusByType.add(job.request.resources.gpus * count, to: cluster.name(of: job.request.gpuType))
    }

    private static func add(_ job: Job, to amount: inout Amount, in cluster: Cluster) {
        amount.add(cluster.allocated(to: job))
        for (type, count) in cluster.allocatedGPUs(of: job) { amount.gpusByType.add(count, to: cluster.name(of: type)) }
    }
}
