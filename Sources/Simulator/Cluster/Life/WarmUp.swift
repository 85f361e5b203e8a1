import ServiceRuntime

extension Simulation {
    /// A queue that has grown for two days, and running jobs anywhere in their runs.
    mutating func fillWithRunningJobs() {
        seedCalls()
        updateReservations()
        // Tasks of arrays become records as they start, and make up the rest.
        while cluster.jobs.count < cluster.parameters.jobs * 11 / 20 {
            _ = submitOne()
        }
        age()
        var waiting: [Waiting] = []
        for slot in cluster.jobs.slots where cluster.jobs[slot].state.base == .pending {
            waiting.append(Waiting(slot, priority: cluster.jobs[slot].priority))
        }
        _ = schedule(&waiting)
        spreadRuns()
    }

    private mutating func age() {
        for slot in Array(cluster.jobs.slots) {
            let age = random.skewed(below: 172_800)
            cluster.jobs[slot].submitted = cluster.now - age
            if cluster.jobs[slot].eligible <= cluster.now { cluster.jobs[slot].eligible = cluster.now - age }
        }
    }

    private mutating func spreadRuns() {
        for slot in Array(cluster.jobs.slots) where cluster.jobs[slot].state.base == .running {
            let job = cluster.jobs[slot]
            let passed = random.below(max(1, job.ends - job.started))
            cluster.jobs[slot].started = job.started - passed
            cluster.jobs[slot].ends = job.ends - passed
            cluster.jobs[slot].eligible = min(job.eligible, job.started - passed)
            cluster.jobs[slot].submitted = min(job.submitted, job.started - passed)
            if job.ended.isSet { cluster.jobs[slot].ended = job.ended - passed }
            cluster.jobs[slot].state.flags.remove(.configuring)
        }
    }
}
