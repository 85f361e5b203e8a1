import ServiceRuntime

/// A waiting job in the order in which the scheduler looks at it: by priority, then by place in the table.
struct Waiting: Comparable {
    private let order: UInt64

    init(_ slot: Slot<Job>, priority: UInt32) {
        order = UInt64(~priority) << 32 | UInt64(slot.raw)
    }

    var slot: Slot<Job> { Slot(raw: UInt32(truncatingIfNeeded: order)) }

    static func < (left: Waiting, right: Waiting) -> Bool { left.order < right.order }
}

extension Simulation {
    /// Lets time pass for every job, and returns those that wait.
    ///
    /// - Parameter lost: nodes that went down in this step; jobs on them end or go back into the queue.
    mutating func moveJobs(lost: Set<Ref<Node>>) -> [Waiting] {
        var waiting: [Waiting] = []
        waiting.reserveCapacity(cluster.statistics.scheduleQueue + 1024)
        for position in 0..<cluster.jobs.capacity {
            guard let job = cluster.jobs.element(at: position), !job.traits.contains(.pinned) else { continue }
            let slot = Slot<Job>(raw: UInt32(position))
            if job.state.flags.contains(.completing) {
                completeEpilogs(of: slot)
            } else if job.state.base == .pending {
                if !leavesQueue(job, slot) { waiting.append(Waiting(slot, priority: job.priority)) }
            } else if job.state.base.hasEnded {
                if cluster.now - job.ended >= cluster.parameters.minJobAge { forget(slot) }
            } else {
                moveStarted(job, slot, lost: lost)
            }
        }
        return waiting
    }

    private mutating func moveStarted(_ job: Job, _ slot: Slot<Job>, lost: Set<Ref<Node>>) {
        if !lost.isEmpty, cluster.shares(of: job).contains(where: { lost.contains($0.node) }) {
            loseNode(job, slot)
        } else if job.state.base == .suspended {
            if random.chance(1, in: 12) { resume(slot) }
        } else if job.state.flags.contains(.configuring) {
            cluster.jobs[slot].state.flags.subtract([.configuring, .powerUpNode])
        } else if job.ends <= cluster.now {
            end(slot, as: job.outcome)
        } else if random.chance(1, in: 20_000) {
            suspend(slot)
        }
    }

    private mutating func loseNode(_ job: Job, _ slot: Slot<Job>) {
        if job.traits.contains(.requeues), job.hetJob == 0 {
            requeue(slot)
        } else {
            end(slot, as: .nodeFail)
        }
    }

    private mutating func suspend(_ slot: Slot<Job>) {
        let job = cluster.jobs[slot]
        cluster.jobs[slot].ranBeforeSuspension = UInt32(cluster.runSeconds(of: job))
        cluster.jobs[slot].state.base = .suspended
        cluster.jobs[slot].suspended = cluster.now
        cluster.jobs[slot].priority = 0
    }

    private mutating func resume(_ slot: Slot<Job>) {
        let paused = cluster.now - cluster.jobs[slot].suspended
        cluster.jobs[slot].state.base = .running
        cluster.jobs[slot].suspended = cluster.now
        cluster.jobs[slot].priority = 1_000_000
        cluster.jobs[slot].ends = cluster.jobs[slot].ends + paused
        if cluster.jobs[slot].ended.isSet { cluster.jobs[slot].ended = cluster.jobs[slot].ended + paused }
    }

    /// Users cancel, release and give up on what waits.
    private mutating func leavesQueue(_ job: Job, _ slot: Slot<Job>) -> Bool {
        if job.traits.contains(.stuck) {
            guard random.chance(1, in: 400) else { return false }
            cancel(slot)
            return true
        }
        if job.isHeld {
            if random.chance(1, in: 500) { cluster.jobs[slot].priority = 1_000_000 }
            return false
        }
        // Whatever can never start leaves in the end, or it would be all that is left.
        guard random.chance(1, in: 3000) else { return false }
        cancel(slot)
        return true
    }
}
