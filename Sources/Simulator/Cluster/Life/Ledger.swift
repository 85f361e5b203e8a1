/// Everything that is counted twice, on jobs and on what they use, changes here and nowhere else: that keeps nodes,
/// licences, associations and QOS equal to the sums over the jobs.
extension Simulation {
    mutating func insert(_ job: Job) -> Slot<Job> {
        if !job.state.base.hasEnded {
            use(by: job) { $0.submitted += $1 }
        }
        return cluster.jobs.insert(job)
    }

    /// Gives a job its nodes and marks it running there. The caller has checked that all of it is free.
    mutating func take(_ shares: [NodeShare], for slot: Slot<Job>, in partition: Ref<Partition>) {
        let allocation = Allocation(shares: shares)
        cluster.jobs[slot].allocation = cluster.allocations.insert(allocation)
        cluster.jobs[slot].startedIn = partition
        cluster.jobs[slot].state.base = .running
        for share in shares { occupy(share) }
        let job = cluster.jobs[slot]
        let resources = allocation.resources
        use(by: job) { usage, _ in
            usage.held += resources
            usage.running += 1
        }
        useLicenses(of: job, 1)
        if job.arrayMaxRunning > 0 { runningTasks[job.arrayJob, default: 0] += 1 }
        if limitsUsers(job.qos) { runningOfUser[UserInQOS(user: job.user, qos: job.qos), default: 0] += 1 }
    }

    /// Takes back what a job holds; it keeps the list of its nodes.
    mutating func release(_ slot: Slot<Job>) {
        let job = cluster.jobs[slot]
        precondition(job.state.holdsResources, "only a running or suspended job holds anything")
        let allocation = cluster.allocations[job.allocation]
        for share in allocation.shares { vacate(share) }
        let resources = allocation.resources
        let seconds = UInt64(cluster.runSeconds(of: job) * resources.cpus)
        use(by: job) { usage, count in
            usage.held -= resources
            usage.running -= 1
            usage.submitted -= count
            usage.rawUsage += seconds
        }
        useLicenses(of: job, -1)
        if job.arrayMaxRunning > 0 { runningTasks[job.arrayJob, default: 0] -= 1 }
        if limitsUsers(job.qos) { runningOfUser[UserInQOS(user: job.user, qos: job.qos), default: 0] -= 1 }
    }

    /// Counts a requeued job as submitted once more.
    mutating func insertAgain(_ slot: Slot<Job>) {
        use(by: cluster.jobs[slot]) { $0.submitted += $1 }
    }

    /// Takes a waiting job out of what counts as submitted.
    mutating func withdraw(_ slot: Slot<Job>) {
        use(by: cluster.jobs[slot]) { $0.submitted -= $1 }
    }

    mutating func forget(_ slot: Slot<Job>) {
        let job = cluster.jobs[slot]
        if job.allocation.exists { cluster.allocations.remove(job.allocation) }
        if job.arrayTasks.exists { cluster.taskSets.remove(job.arrayTasks) }
        cluster.jobs.remove(slot)
    }

    /// Changes the use of a job's QOS, its association, and every association above; the job's count comes with it.
    private mutating func use(by job: Job, _ change: (inout Usage, Int) -> Void) {
        let count = cluster.count(of: job)
        if job.qos.exists { change(&cluster.qos[job.qos].usage, count) }
        var association = job.association
        while association.exists {
            change(&cluster.associations[association].usage, count)
            association = cluster.associations[association].parent
        }
    }

    private mutating func useLicenses(of job: Job, _ sign: Int) {
        guard job.licenses.exists else { return }
        for entry in cluster.licenseLists[job.licenses] {
            cluster.licenses[entry.license].used += sign * entry.count
        }
    }

    func limitsUsers(_ qos: Ref<QOS>) -> Bool {
        qos.exists && cluster.qos[qos].limits.jobs.value != nil
    }

    private mutating func occupy(_ share: NodeShare) {
        cluster.nodes[share.node].allocatedCPUs += share.cpus
        cluster.nodes[share.node].allocatedMemory += share.memory
        cluster.nodes[share.node].gpusInUse |= share.gpus
        cluster.nodes[share.node].holders += 1
        refreshState(of: share.node)
    }

    private mutating func vacate(_ share: NodeShare) {
        cluster.nodes[share.node].allocatedCPUs -= share.cpus
        cluster.nodes[share.node].allocatedMemory -= share.memory
        cluster.nodes[share.node].gpusInUse &= ~share.gpus
        cluster.nodes[share.node].holders -= 1
        cluster.nodes[share.node].lastBusy = cluster.now
        refreshState(of: share.node)
    }

    /// Idle, mixed or allocated, as what is given out demands; other base states stay.
    mutating func refreshState(of ref: Ref<Node>) {
        let node = cluster.nodes[ref]
        var state = node.state
        if state.base == .idle || state.base == .mixed || state.base == .allocated {
            state.base =
                node.holders == 0 ? .idle : Int(node.allocatedCPUs) < node.effectiveCPUs ? .mixed : .allocated
        }
        if node.completers > 0 {
            state.flags.insert(.completing)
        } else {
            state.flags.remove(.completing)
        }
        if node.holders > 0 { state.flags.remove(.planned) }
        if state != node.state { cluster.nodes[ref].state = state }
    }
}
