import ServiceRuntime

/// What one scheduling cycle did, for sdiag.
struct Cycle {
    var looked = 0
    var tried = 0
    var started = 0
    var backfilled = 0
    var blocked = 0
}

/// First in, first out by priority; what doesn't fit is passed over, and what fits behind it starts.
extension Simulation {
    mutating func schedule(_ waiting: inout [Waiting]) -> Cycle {
        waiting.sort()
        var cycle = Cycle()
        var search = NodeSearch(cluster: cluster, from: searchedUpTo)
        for entry in waiting {
            cycle.looked += 1
            consider(entry.slot, &search, &cycle)
        }
        searchedUpTo = search.positions
        return cycle
    }

    private mutating func consider(_ slot: Slot<Job>, _ search: inout NodeSearch, _ cycle: inout Cycle) {
        let job = cluster.jobs[slot]
        guard !job.traits.contains(.stuck) else { return }
        if let reason = obstacle(to: job) {
            wait(slot, for: reason)
            return
        }
        cycle.tried += 1
        let before = cycle.started
        while let place = search.place(for: cluster.jobs[slot], in: cluster) {
            start(slot, place, &search, &cycle)
            guard cluster.jobs[slot].arrayTasks.exists, cycle.started - before < tasksAtOnce,
                obstacle(to: cluster.jobs[slot]) == nil
            else { return }
        }
        if cycle.started == before { block(slot, &search, &cycle) }
    }

    /// How many tasks of an array start in one cycle: each becomes a record, and the job list is to keep its size.
    private var tasksAtOnce: Int { max(1, min(20, cluster.parameters.jobs / 200)) }

    /// Why a job may not start even if there is room.
    private mutating func obstacle(to job: Job) -> Reason? {
        if job.isHeld { return job.reason == .jobHeldAdmin ? .jobHeldAdmin : .jobHeldUser }
        if job.eligible > cluster.now { return .beginTime }
        if waits(for: job.dependency, at: job.dependedOn) { return .dependency }
        if job.arrayMaxRunning > 0, runningTasks[job.arrayJob, default: 0] >= Int(job.arrayMaxRunning) {
            return .jobArrayTaskLimit
        }
        return partitionObstacle(to: job) ?? limitReached(by: job) ?? licenseObstacle(to: job)
    }

    private func waits(for dependency: Dependency, at slot: Slot<Job>) -> Bool {
        guard slot.exists else { return false }
        let other = cluster.jobs[slot]
        return other.id == dependency.job && !other.state.base.hasEnded
    }

    private func partitionObstacle(to job: Job) -> Reason? {
        var isInactive = false
        for partition in cluster.partitionLists[job.requestedPartitions] {
            switch cluster.partitions[partition].state {
            case .up: return nil
            case .inactive: isInactive = true
            case .down, .drain: break
            }
        }
        return isInactive ? .partitionInactive : .partitionDown
    }

    private func licenseObstacle(to job: Job) -> Reason? {
        guard job.licenses.exists else { return nil }
        let lacks = cluster.licenseLists[job.licenses].contains { cluster.licenses[$0.license].free < $0.count }
        return lacks ? .licenses : nil
    }

    private mutating func block(_ slot: Slot<Job>, _ search: inout NodeSearch, _ cycle: inout Cycle) {
        cycle.blocked += 1
        let home = cluster.home(of: cluster.jobs[slot])
        wait(slot, for: search.isFirstBlocked(slot, in: home) ? .resources : .priority)
        expectStart(of: slot, position: cycle.blocked)
    }

    /// Backfill plans the first hundred it can't start, every third step.
    private mutating func expectStart(of slot: Slot<Job>, position: Int) {
        guard position <= 100, cluster.step % 3 == 0 else { return }
        cluster.jobs[slot].started = cluster.now + 30 * position
    }

    private mutating func wait(_ slot: Slot<Job>, for reason: Reason) {
        guard cluster.jobs[slot].reason != reason else { return }
        cluster.jobs[slot].reason = reason
    }

    private mutating func start(
        _ slot: Slot<Job>, _ place: Place, _ search: inout NodeSearch, _ cycle: inout Cycle
    ) {
        let task = splitTask(from: slot)
        var job = cluster.jobs[task]
        job.started = cluster.now
        job.reason = .none
        job.outcome = workload.drawOutcome(&random)
        job.limit = job.outcome == .timeout ? Self.shortest(job.limit) : job.limit
        let drawn = workload.drawSeconds(&random)
        job.ends = cluster.now + min(drawn, job.limit.minutes.map { $0 * 60 } ?? drawn)
        if job.outcome == .timeout { job.ends = cluster.now + (job.limit.minutes ?? 1) * 60 }
        job.ended = job.limit.minutes.map { cluster.now + $0 * 60 } ?? .never
        if cycle.blocked > 0 { job.traits.insert(.backfilled) }
        if random.chance(1, in: 20) { job.state.flags.insert(.configuring) }
        cluster.jobs[task] = job
        take(place.shares, for: task, in: place.partition)
        search.occupy(place)
        note(cluster.jobs[task], &cycle)
    }

    /// A job that is to run into its limit gets one that it reaches.
    private static func shortest(_ limit: TimeLimit) -> TimeLimit {
        TimeLimit(minutes: min(limit.minutes ?? 30, 30))
    }

    private mutating func note(_ job: Job, _ cycle: inout Cycle) {
        cycle.started += 1
        cluster.events.started += 1
        cluster.statistics.daily.started += 1
        if job.traits.contains(.backfilled) {
            cycle.backfilled += 1
            if job.hetJob != 0 { cluster.statistics.backfilledHetComponents += 1 }
        }
        cluster.events.lastStarts.append(
            Events.Start(
                job: job.id, wait: max(0, job.started - job.eligible), partition: job.startedIn, qos: job.qos))
    }

    /// The job itself, or a record of its own for the next task of an array. The last task keeps the array's record.
    private mutating func splitTask(from slot: Slot<Job>) -> Slot<Job> {
        var task = cluster.jobs[slot]
        guard task.arrayTasks.exists else { return slot }
        let tasks = task.arrayTasks
        task.arrayTask = cluster.taskSets[tasks].removeFirst()
        task.arrayTasks = .none
        guard cluster.taskSets[tasks].isVacant else {
            task.id = takeID()
            return cluster.jobs.insert(task)
        }
        cluster.taskSets.remove(tasks)
        cluster.jobs[slot] = task
        return slot
    }
}
