import ServiceRuntime

/// What sdiag and slurmdbd's statistics show.
extension Simulation {
    /// Midnight UTC zeroes what Slurm zeroes then.
    mutating func turnDay() {
        let before = cluster.now - cluster.parameters.stepSeconds
        guard before.seconds / 86_400 != cluster.now.seconds / 86_400 else { return }
        cluster.statistics.daily = Statistics.Daily()
        cluster.statistics.since = Timestamp(cluster.now.seconds / 86_400 * 86_400)
    }

    mutating func count(_ cycle: Cycle) {
        countCycle(cycle)
        if cluster.step % 3 == 0 { countBackfill(cycle) }
        countCalls(cycle)
        if cluster.step % 3 == 0 { tallyStates() }
        rollUp()
    }

    private mutating func countCycle(_ cycle: Cycle) {
        cluster.statistics.daily.cycles += 1
        cluster.statistics.daily.cycle.record(250 + cycle.looked * 3 + cycle.tried * 9 + random.below(400))
        cluster.statistics.daily.depth.record(cycle.tried)
        cluster.statistics.scheduleQueue = cycle.looked
        if cycle.tried > 400 {
            cluster.statistics.daily.exits.defaultDepth += 1
        } else {
            cluster.statistics.daily.exits.endOfQueue += 1
        }
    }

    private mutating func countBackfill(_ cycle: Cycle) {
        let duration = 20_000 + cycle.looked * 40 + random.below(9000)
        cluster.statistics.backfilledJobs += cycle.backfilled
        cluster.statistics.daily.backfilled = cycle.backfilled
        cluster.statistics.daily.backfillCycles += 1
        cluster.statistics.daily.backfillCycle.record(duration)
        cluster.statistics.daily.backfillDepth.record(cycle.looked)
        cluster.statistics.daily.backfillDepthTried.record(cycle.tried)
        cluster.statistics.daily.backfillQueue.record(cycle.looked)
        cluster.statistics.daily.backfillTable.record(min(cycle.tried, 100) + 1)
        cluster.statistics.daily.backfillExits.endOfQueue += 1
        cluster.statistics.backfillQueue = cycle.looked
        cluster.statistics.backfillTable = min(cycle.tried, 100) + 1
        cluster.statistics.backfillLastCycle = cluster.now
    }

    private mutating func tallyStates() {
        cluster.statistics.tallied = cluster.now
        cluster.statistics.pendingJobs = 0
        cluster.statistics.runningJobs = 0
        for job in cluster.jobs {
            if job.state.base == .pending { cluster.statistics.pendingJobs += cluster.count(of: job) }
            if job.state.base == .running { cluster.statistics.runningJobs += 1 }
        }
    }

    /// Types of calls with their numbers in Slurm's protocol, how many come in a usual step, and microseconds each.
    private static let calls: [(type: Text, id: Int, perStep: Int, microseconds: Int)] = [
        ("REQUEST_PARTITION_INFO", 2009, 6, 210), ("REQUEST_JOB_INFO", 2003, 4, 9200),
        ("REQUEST_NODE_INFO", 2007, 3, 2400), ("REQUEST_JOB_USER_INFO", 2039, 5, 900),
        ("MESSAGE_NODE_REGISTRATION_STATUS", 1002, 2, 600), ("REQUEST_PING", 1008, 2, 40),
        ("REQUEST_STATS_INFO", 2035, 1, 170), ("REQUEST_FED_INFO", 2049, 6, 60),
        ("REQUEST_RESERVATION_INFO", 2024, 1, 130), ("REQUEST_LICENSE_INFO", 1021, 1, 90),
        ("REQUEST_SHARE_INFO", 2022, 1, 700), ("REQUEST_SUBMIT_BATCH_JOB", 4003, 8, 1500),
        ("REQUEST_COMPLETE_BATCH_SCRIPT", 5018, 8, 800), ("MESSAGE_EPILOG_COMPLETE", 6012, 10, 300),
        ("REQUEST_COMPLETE_PROLOG", 6018, 8, 200), ("REQUEST_STEP_COMPLETE", 5016, 9, 350),
        ("REQUEST_JOB_STEP_CREATE", 5001, 9, 500), ("REQUEST_KILL_JOB", 5032, 1, 400),
        ("REQUEST_UPDATE_NODE", 3002, 1, 250), ("REQUEST_BUILD_INFO", 2001, 2, 120),
    ]

    mutating func seedCalls() {
        cluster.statistics.callsByType = Self.calls.map { CallsByType(type: $0.type, id: $0.id) }
        cluster.statistics.callsByUser = (0..<min(12, cluster.users.count)).map { CallsByUser(user: Ref($0)) }
        cluster.statistics.waitingCalls = [CallsByType(type: "REQUEST_TERMINATE_JOB", id: 6011, count: 3)]
        cluster.database.callsByType = [
            CallsByType(type: "DBD_CLUSTER_TRES", id: 1407), CallsByType(type: "DBD_GET_ASSOCS", id: 1410),
            CallsByType(type: "DBD_JOB_COMPLETE", id: 1424), CallsByType(type: "DBD_JOB_START", id: 1425),
            CallsByType(type: "DBD_STEP_COMPLETE", id: 1441), CallsByType(type: "SLURM_PERSIST_INIT", id: 6500),
        ]
        cluster.database.callsByUser = [CallsByUser(user: Ref(0)), CallsByUser(user: Ref(1 % cluster.users.count))]
    }

    private mutating func countCalls(_ cycle: Cycle) {
        for (index, call) in Self.calls.enumerated() {
            let count = random.below(call.perStep * 2 + 1)
            let time = count * call.microseconds * random.within(80...130) / 100
            cluster.statistics.callsByType[index].count += count
            cluster.statistics.callsByType[index].totalTime += time
            cluster.statistics.callsByType[index].lastCycle = count
            cluster.statistics.callsByType[index].maxCycle = max(
                count, cluster.statistics.callsByType[index].maxCycle)
            if call.id == 2003, random.chance(1, in: 20) { cluster.statistics.callsByType[index].dropped += 1 }
            let user = random.skewed(below: cluster.statistics.callsByUser.count)
            cluster.statistics.callsByUser[user].count += count
            cluster.statistics.callsByUser[user].totalTime += time
        }
        cluster.statistics.serverThreads = random.within(1...8)
        cluster.statistics.agentQueue = random.below(4)
        cluster.statistics.agents = random.below(3)
        cluster.statistics.agentThreads = cluster.statistics.agents * 2
        cluster.statistics.databaseQueue = random.chance(1, in: 10) ? random.below(50) : 0
        cluster.statistics.clockLatency = random.within(18...40)
        cluster.statistics.waitingCalls[0].count = random.below(5)
        countDatabaseCalls(cycle)
    }

    private mutating func countDatabaseCalls(_ cycle: Cycle) {
        let counts = [1, 1, cluster.events.lastEnds.count, cycle.started, 2 * cluster.events.lastEnds.count, 1]
        for (index, count) in counts.enumerated() {
            cluster.database.callsByType[index].count += count
            cluster.database.callsByType[index].totalTime += count * random.within(400...900)
        }
        for index in cluster.database.callsByUser.indices {
            cluster.database.callsByUser[index].count += 2
            cluster.database.callsByUser[index].totalTime += random.within(800...1800)
        }
    }

    private mutating func rollUp() {
        let before = cluster.now - cluster.parameters.stepSeconds
        func turned(_ seconds: UInt32) -> Bool { before.seconds / seconds != cluster.now.seconds / seconds }
        if turned(3600) { Self.run(&cluster.database.hourly, at: cluster.now, 90_000 + random.below(40_000)) }
        if turned(86_400) { Self.run(&cluster.database.daily, at: cluster.now, 400_000 + random.below(90_000)) }
        if turned(30 * 86_400) { Self.run(&cluster.database.monthly, at: cluster.now, 900_000) }
    }

    private static func run(_ rollup: inout DatabaseStatistics.Rollup, at now: Timestamp, _ microseconds: Int) {
        rollup.lastRun = now
        rollup.count += 1
        rollup.cycle.record(microseconds)
    }
}
