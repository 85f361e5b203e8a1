import ServiceRuntime

extension Simulation {
    /// Submits as many jobs as it takes to hold the asked number of records, spread over a few steps.
    mutating func submitArrivals() -> [Waiting] {
        var waiting: [Waiting] = []
        let missing = cluster.parameters.jobs + oddJobs - cluster.jobs.count
        guard missing > 0 else { return waiting }
        var left = max(1, missing * 2 / 3)
        while left > 0 {
            let slots = submitOne()
            left -= slots.count
            waiting += slots.map { Waiting($0, priority: cluster.jobs[$0].priority) }
        }
        return waiting
    }

    /// One job, array or heterogeneous job.
    mutating func submitOne() -> [Slot<Job>] {
        var job = workload.draw(id: takeID(), in: &cluster, &random)
        switch random.below(100) {
        case 0..<6: return [submitArray(&job)]
        case 6..<8: return submitHeterogeneous(job)
        case 8..<20: delay(&job)
        case 20..<23: addLicenses(&job)
        default: break
        }
        return [submit(job)]
    }

    mutating func takeID() -> UInt32 {
        defer { nextJobID += 1 }
        return nextJobID
    }

    private mutating func submit(_ job: Job) -> Slot<Job> {
        let slot = insert(job)
        let count = cluster.count(of: job)
        cluster.events.submitted += count
        cluster.statistics.daily.submitted += 1
        return slot
    }

    private mutating func submitArray(_ job: inout Job) -> Slot<Job> {
        let last = UInt32(random.pick(weighted: [(50, 9), (30, 49), (15, 199), (5, 999)]))
        let step = UInt32(random.pick(weighted: [(8, 1), (1, 2), (1, 5)]))
        job.arrayJob = job.id
        job.arrayTasks = cluster.taskSets.insert(TaskSet(UInt32(random.below(2))...last, by: step))
        job.arrayMaxRunning = random.chance(1, in: 3) ? UInt16(random.within(1...20)) : 0
        return submit(job)
    }

    /// Components with ids in a row, all of which start at once or, here, whenever each finds room.
    private mutating func submitHeterogeneous(_ leader: Job) -> [Slot<Job>] {
        let components = random.within(2...3)
        return (0..<components).map { offset in
            var job = leader
            if offset > 0 {
                job.id = takeID()
                let other = workload.draw(id: job.id, in: &cluster, &random)
                job.request = other.request
                job.requestedPartitions = other.requestedPartitions
            }
            job.hetJob = leader.id
            job.hetOffset = UInt8(offset)
            job.hetComponents = UInt8(components)
            return submit(job)
        }
    }

    /// Something other than room that it waits for.
    private mutating func delay(_ job: inout Job) {
        switch random.below(10) {
        case 0..<2:
            job.eligible = cluster.now + random.within(60...7200)
            job.reason = .beginTime
        case 2..<4:
            job.priority = 0
            job.reason = random.chance(1, in: 3) ? .jobHeldAdmin : .jobHeldUser
        case 4..<7: depend(&job)
        default:
            job.traits.insert(.stuck)
            job.reason = random.pick(Self.stuckReasons)
        }
    }

    private mutating func depend(_ job: inout Job) {
        for _ in 0..<8 {
            let position = random.below(max(1, cluster.jobs.capacity))
            guard position < cluster.jobs.capacity, let other = cluster.jobs.element(at: position),
                !other.state.base.hasEnded, !other.traits.contains(.pinned), !other.arrayTasks.exists
            else { continue }
            job.dependency = Dependency(.afterany, job: other.id)
            job.dependedOn = Slot(raw: UInt32(position))
            job.reason = .dependency
            return
        }
    }

    private mutating func addLicenses(_ job: inout Job) {
        let license = Ref<License>(random.below(cluster.licenses.count))
        let list = [LicenseCount(license: license, count: random.within(1...4))]
        job.licenses = cluster.licenseLists.intern(list)
    }

    private static let stuckReasons: [Reason] = [
        .qosMaxWallDurationPerJobLimit, .assocMaxCpuPerJobLimit, .partitionTimeLimit, .partitionNodeLimit,
        .reqNodeNotAvail, .badConstraints, .assocGrpCpuLimit, .qosGrpCpuLimit, .qosMaxCpuPerUserLimit,
        .assocGrpGres, .qosMaxGresPerUser, .assocGrpMemLimit, .dependencyNeverSatisfied, .jobHoldMaxRequeue,
        .invalidQos, .qosNotAllowed, .accountNotAllowed, .maxMemPerLimit, .assocMaxJobsLimit, .qosGrpNodeLimit,
        .assocGrpCpuMinutesLimit, .qosMaxSubmitJobPerUserLimit, .assocGrpBilling, .jobLaunchFailure,
    ]
}
