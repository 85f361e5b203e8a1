extension Cluster {
    /// The partitions a job's record names: all it may start in while it waits, the one it is in afterwards.
    public func partitions(of job: Job) -> PartitionList {
        job.startedIn.exists ? [job.startedIn] : partitionLists[job.requestedPartitions]
    }

    /// Where a job counts when it must count once; a partition that was deleted stays its home.
    public func home(of job: Job) -> Ref<Partition> {
        job.startedIn.exists ? job.startedIn : partitionLists[job.requestedPartitions][0]
    }

    /// How many jobs a record stands for: the tasks of an array that have not started, otherwise one.
    public func count(of job: Job) -> Int {
        job.arrayTasks.exists ? taskSets[job.arrayTasks].count : 1
    }

    /// What a job has or had on each node; empty before it has started.
    public func shares(of job: Job) -> [NodeShare] {
        job.allocation.exists ? allocations[job.allocation].shares : []
    }

    /// The nodes that a job's record lists, ascending: of a completing job only those whose epilog is not done.
    public func listedNodes(of job: Job) -> [Ref<Node>] {
        let completing = job.state.flags.contains(.completing)
        return shares(of: job).compactMap { completing && $0.isDone ? nil : $0.node }
    }

    /// What a job has been given, also after its end; nothing before it has started.
    public func allocated(to job: Job) -> Resources {
        job.allocation.exists ? allocations[job.allocation].resources : Resources()
    }

    /// GPUs given to a job by type, in the order of the types; untyped ones under `.none`, which comes last.
    public func allocatedGPUs(of job: Job) -> [(type: Ref<GPUType>, count: Int)] {
        var counts: [(type: Ref<GPUType>, count: Int)] = []
        for share in shares(of: job) where share.gpus != 0 {
            for (group, mask) in genericResources[nodes[share.node].generic].masks {
                add((share.gpus & mask).nonzeroBitCount, of: group.type, to: &counts)
            }
        }
        return counts.sorted { $0.type < $1.type }
    }

    private func add(_ count: Int, of type: Ref<GPUType>, to counts: inout [(type: Ref<GPUType>, count: Int)]) {
        guard count > 0 else { return }
        if let known = counts.firstIndex(where: { $0.type == type }) {
            counts[known].count += count
        } else {
            counts.append((type, count))
        }
    }

    /// When the scheduler last looked at a job: at this step while it waits and isn't held.
    public func lastEvaluation(of job: Job) -> Timestamp {
        if job.startedIn.exists { return job.started }
        return job.isHeld ? job.submitted : now
    }

    /// The job with an id, by walking all of them: for single questions, not for loops.
    public func job(id: UInt32) -> Job? {
        jobs.first { $0.id == id }
    }

    /// Seconds that a job has run by now, suspension left out.
    public func runSeconds(of job: Job) -> Int {
        guard job.startedIn.exists else { return 0 }
        if job.state.base == .suspended { return Int(job.ranBeforeSuspension) }
        let end = job.state.base.hasEnded ? job.ended : now
        let since = job.suspended.isSet ? job.suspended : job.started
        return max(0, end - since) + Int(job.ranBeforeSuspension)
    }
}
