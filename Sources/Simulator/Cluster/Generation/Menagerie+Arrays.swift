extension Simulation {
    /// Records that stand for many unstarted tasks, and tasks that have their own.
    mutating func addOddArrays(_ menagerie: Menagerie) {
        addArray(menagerie, TaskSet(0...99), maxRunning: 5)
        addArray(menagerie, TaskSet(1...9, by: 2))
        // Evenly stepped over more than ten: "1-19:2".
        addArray(menagerie, TaskSet(1...19, by: 2))
        addArray(menagerie, TaskSet([Self.run(3, 3), Self.run(5, 5), Self.run(7, 12)]))
        // Every third, then one more: no even step, so it's cut at 64 characters.
        addArray(menagerie, TaskSet([Self.run(1, 300, by: 3), Self.run(500, 500)]), maxRunning: 7)
        // Cut, and mostly one long range behind the cut.
        addArray(menagerie, TaskSet([Self.run(1001, 1041, by: 2), Self.run(2000, 9999)]))
        // The largest usual array.
        addArray(menagerie, TaskSet(0...1000))
        addArray(menagerie, TaskSet(ids: [4_000_000]))
    }

    private static func run(_ first: UInt32, _ last: UInt32, by step: UInt32 = 1) -> TaskSet.Run {
        TaskSet.Run(first: first, last: last, step: step)
    }

    private mutating func addArray(_ menagerie: Menagerie, _ tasks: TaskSet, maxRunning: Int = 0) {
        let slot = cluster.taskSets.insert(tasks)
        let record = wait(menagerie, "array") { job in
            job.arrayJob = job.id
            job.arrayTasks = slot
            job.arrayMaxRunning = UInt16(maxRunning)
            job.reason = maxRunning > 0 ? .jobArrayTaskLimit : .resources
        }
        let id = cluster.jobs[record].id
        // Tasks that have left the record: one runs, one has been touched and waits on its own.
        run(menagerie, "array", on: ["busy1"], cpus: 1) {
            $0.arrayJob = id; $0.arrayTask = 100_000
        }
        wait(menagerie, "array") {
            $0.arrayJob = id; $0.arrayTask = 100_001
        }
    }

    /// Three components of which one runs elsewhere; and a leader whose components still wait.
    mutating func addOddHetJobs(_ menagerie: Menagerie) {
        for isRunning in [true, false] {
            let leader = nextJobID
            for offset in 0..<UInt8(3) {
                let adjust: (inout Job) -> Void = { job in
                    job.hetJob = leader
                    job.hetOffset = offset
                    job.hetComponents = 3
                    job.request.cpusPerNode = UInt32(offset) + 1
                }
                if isRunning {
                    run(menagerie, "het", on: ["busy\(offset + 1)"], cpus: Int(offset) + 1, adjust)
                } else {
                    wait(menagerie, "het", adjust)
                }
            }
        }
    }

    /// Copies of jobs that other members of the federation have too.
    mutating func addOddFederation(_ menagerie: Menagerie) {
        guard cluster.parameters.isFederated else { return }
        let both = FederationState(origin: 1, activeSiblings: 0b110, viableSiblings: 0b1110)
        wait(menagerie, "sibling") { $0.federation = both }
        wait(menagerie, "locked") {
            $0.federation = both; $0.reason = .fedJobLock
        }
        // Started elsewhere: the copy here is revoked.
        wait(menagerie, "revoked") { job in
            job.federation = FederationState(origin: 2, activeSiblings: 0b100, viableSiblings: 0b1110)
            job.state.flags.insert(.revoked)
        }
        run(menagerie, "tracked", on: ["busy2"], cpus: 1) { $0.federation = both }
    }
}
