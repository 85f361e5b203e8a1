import ServiceRuntime

extension Simulation {
    /// Ends a job that runs or is suspended: gives back what it holds, and leaves its epilogs to `completeEpilogs`.
    mutating func end(_ slot: Slot<Job>, as state: JobState.Base) {
        release(slot)
        var job = cluster.jobs[slot]
        // Slurm ends a suspended job when it was suspended.
        job.ended = job.state.base == .suspended ? job.suspended : cluster.now
        job.state = JobState(state, .completing)
        job.reason = Self.reason(of: state)
        job.waitStatus = Self.waitStatus(of: state, &random)
        job.derivedWaitStatus = job.waitStatus
        cluster.jobs[slot] = job
        markCompleting(job)
        record(job)
    }

    /// Cancels a job that waits.
    mutating func cancel(_ slot: Slot<Job>) {
        withdraw(slot)
        if cluster.jobs[slot].arrayTasks.exists { dropTasks(of: slot) }
        cluster.jobs[slot].state = JobState(.cancelled)
        cluster.jobs[slot].started = cluster.now
        cluster.jobs[slot].ended = cluster.now
        record(cluster.jobs[slot])
    }

    /// A cancelled record of unstarted tasks keeps naming them; that is one ended job.
    private mutating func dropTasks(of slot: Slot<Job>) {
        cluster.taskSets.remove(cluster.jobs[slot].arrayTasks)
        cluster.jobs[slot].arrayTasks = .none
    }

    /// Puts a job whose run is over back into the queue, as Slurm does after a node failure: two minutes later.
    mutating func requeue(_ slot: Slot<Job>) {
        end(slot, as: .nodeFail)
        var job = cluster.jobs[slot]
        job.state = JobState(.pending, [.requeued, .completing])
        job.reason = .beginTime
        job.eligible = cluster.now + 120
        job.restarts += job.restarts < .max ? 1 : 0
        job.waitStatus = 0
        job.derivedWaitStatus = 0
        cluster.jobs[slot] = job
        cluster.events.requeued += 1
        insertAgain(slot)
    }

    /// Makes the part of a requeued job's record that was about its last run unset again.
    mutating func clearRun(of slot: Slot<Job>) {
        var job = cluster.jobs[slot]
        if job.allocation.exists { cluster.allocations.remove(job.allocation) }
        job.allocation = .none
        job.startedIn = .none
        job.started = .never
        job.ended = .never
        job.suspended = .never
        job.ranBeforeSuspension = 0
        job.state.flags.remove(.requeued)
        cluster.jobs[slot] = job
    }

    /// Half of the epilogs that are not done yet finish in each step, at least one.
    mutating func completeEpilogs(of slot: Slot<Job>) {
        let job = cluster.jobs[slot]
        let waiting = cluster.shares(of: job).indices.filter { !cluster.allocations[job.allocation].shares[$0].isDone }
        for index in waiting.prefix((waiting.count + 1) / 2) {
            cluster.allocations[job.allocation].shares[index].isDone = true
            let node = cluster.allocations[job.allocation].shares[index].node
            cluster.nodes[node].completers -= 1
            refreshState(of: node)
        }
        guard waiting.count <= 1 else { return }
        cluster.jobs[slot].state.flags.remove(.completing)
        if cluster.jobs[slot].state.base == .pending { clearRun(of: slot) }
    }

    mutating func markCompleting(_ job: Job) {
        for share in cluster.shares(of: job) where !share.isDone {
            cluster.nodes[share.node].completers += 1
            refreshState(of: share.node)
        }
    }

    private mutating func record(_ job: Job) {
        let partition = cluster.home(of: job)
        let run = cluster.runSeconds(of: job)
        cluster.events.ended[Int(job.state.base.rawValue)] += 1
        cluster.events.lastEnds.append(
            Events.End(job: job.id, run: run, partition: partition, qos: job.qos, state: job.state.base))
        let late = job.id % 16 == 0 ? UInt32(3 + job.id % 20) : 0
        cluster.ended.append(
            cluster.endedRecord(of: job, arrives: UInt32(cluster.step) + late),
            keeping: cluster.parameters.endedJobs)
        countEnd(job.state.base)
    }

    private mutating func countEnd(_ state: JobState.Base) {
        switch state {
        case .completed: cluster.statistics.daily.completed += 1
        case .cancelled: cluster.statistics.daily.canceled += 1
        default: cluster.statistics.daily.failed += 1
        }
    }

    private static func reason(of state: JobState.Base) -> Reason {
        switch state {
        case .failed: .nonZeroExitCode
        case .timeout: .timeLimit
        case .outOfMemory: .outOfMemory
        case .nodeFail: .nodeDown
        case .deadline: .deadLine
        case .bootFail: .jobLaunchFailure
        default: .none
        }
    }

    private static func waitStatus(of state: JobState.Base, _ random: inout SeededGenerator) -> UInt16 {
        switch state {
        case .failed:
            random.chance(1, in: 4) ? random.pick([11, 0x80 | 11, 6, 9]) : UInt16(random.within(1...127)) << 8
        case .timeout, .cancelled, .preempted: 15
        case .outOfMemory: 0x80 | 9
        case .bootFail, .nodeFail: 1 << 8
        default: 0
        }
    }
}

extension Cluster {
    /// What the accounting database keeps of a job.
    public func endedRecord(of job: Job, arrives: UInt32) -> EndedJob {
        let resources = allocated(to: job)
        let end = job.state.base.hasEnded ? job.ended : now
        let suspended = job.startedIn.exists ? max(0, end - job.started - runSeconds(of: job)) : 0
        return EndedJob(
            id: job.id, state: JobState(job.state.base), reason: job.reason, user: job.user, account: job.account,
            association: job.association, qos: job.qos, script: job.script, partition: home(of: job),
            reservation: job.reservation, licenses: job.licenses, submitted: job.submitted, eligible: job.eligible,
            started: job.startedIn.exists ? job.started : .never, ended: job.ended,
            suspendedSeconds: UInt32(suspended),
            limit: job.limit, priority: job.priority, request: job.request,
            allocatedCPUs: UInt32(resources.cpus), allocatedMemory: UInt64(resources.memory),
            allocatedNodes: UInt32(resources.nodes), allocatedGPUs: UInt32(resources.gpus),
            gpuType: allocatedGPUs(of: job).first?.type ?? .none, firstNode: shares(of: job).first?.node ?? .none,
            arrayJob: job.arrayJob, arrayTask: job.arrayTask, hetJob: job.hetJob, hetOffset: job.hetOffset,
            restarts: job.restarts, waitStatus: job.waitStatus, derivedWaitStatus: job.derivedWaitStatus,
            arrives: arrives)
    }
}
