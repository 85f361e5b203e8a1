/// Calls of one type that slurmctld has answered since it started.
public struct CallsByType: Sendable {
    public let type: Text
    public let id: Int
    public var count = 0
    /// Microseconds.
    public var totalTime = 0
    public var queued = 0
    public var dropped = 0
    public var lastCycle = 0
    public var maxCycle = 0

    public var averageTime: Int { count == 0 ? 0 : totalTime / count }
}

public struct CallsByUser: Sendable {
    public let user: Ref<User>
    public var count = 0
    /// Microseconds.
    public var totalTime = 0

    public var averageTime: Int { count == 0 ? 0 : totalTime / count }
}

/// One kind of figure over scheduling cycles.
public struct CycleFigure: Sendable {
    public var last = 0
    public var max = 0
    public var sum = 0

    mutating func record(_ value: Int) {
        last = value
        max = Swift.max(max, value)
        sum += value
    }

    public func mean(of cycles: Int) -> Int { cycles == 0 ? 0 : sum / cycles }
}

/// What sdiag shows. Times are microseconds.
///
/// Slurm zeroes the jobs and cycle figures at midnight UTC, but neither `backfilledJobs` nor the tables of calls.
public struct Statistics: Sendable {
    /// When the figures that midnight zeroes began.
    public var since: Timestamp
    public var serverThreads = 1
    public var agentQueue = 0
    public var agents = 0
    public var agentThreads = 0
    public var databaseQueue = 0
    public var clockLatency = 25

    public var daily = Daily()

    /// Since slurmctld started.
    public var backfilledJobs = 0
    public var backfilledHetComponents = 0
    public var backfillActive = false
    public var backfillQueue = 0
    public var backfillTable = 0
    public var backfillLastCycle = Timestamp.never
    public var scheduleQueue = 0

    /// Counted when job states were last tallied, which slurmctld does once in a while.
    public var tallied: Timestamp
    public var pendingJobs = 0
    public var runningJobs = 0

    public var callsByType: [CallsByType] = []
    public var callsByUser: [CallsByUser] = []
    /// Not answered yet: type and how many.
    public var waitingCalls: [CallsByType] = []

    /// Zeroed at midnight UTC.
    public struct Daily: Sendable {
        public var submitted = 0
        public var started = 0
        public var completed = 0
        public var canceled = 0
        public var failed = 0

        public var cycles = 0
        public var cycle = CycleFigure()
        public var depth = CycleFigure()
        public var exits = ScheduleExits()

        public var backfilled = 0
        public var backfillCycles = 0
        public var backfillCycle = CycleFigure()
        public var backfillDepth = CycleFigure()
        public var backfillDepthTried = CycleFigure()
        public var backfillQueue = CycleFigure()
        public var backfillTable = CycleFigure()
        public var backfillExits = BackfillExits()
    }

    /// Why scheduling cycles ended.
    public struct ScheduleExits: Sendable {
        public var endOfQueue = 0
        public var defaultDepth = 0
        public var maxJobStart = 0
        public var maxCalls = 0
        public var maxTime = 0
        public var licenses = 0
    }

    public struct BackfillExits: Sendable {
        public var endOfQueue = 0
        public var maxJobStart = 0
        public var maxJobTest = 0
        public var maxTime = 0
        public var nodeSpace = 0
        public var stateChanged = 0
    }
}

/// What slurmdbd tells of itself.
public struct DatabaseStatistics: Sendable {
    public var since: Timestamp
    public var callsByType: [CallsByType] = []
    public var callsByUser: [CallsByUser] = []
    public var hourly = Rollup()
    public var daily = Rollup()
    public var monthly = Rollup()

    public struct Rollup: Sendable {
        public var lastRun = Timestamp.never
        public var count = 0
        /// Microseconds.
        public var cycle = CycleFigure()
    }
}

public struct Controller: Sendable {
    public let host: Text
    public var isResponding: Bool
    /// 0 is the primary.
    public let rank: Int
    /// Microseconds.
    public var latency: Int
}
