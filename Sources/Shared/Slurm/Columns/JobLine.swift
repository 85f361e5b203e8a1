/// The columns of one line of squeue, and the job that they tell of.
struct JobLine {
    private(set) var id: Int?
    private var job = JobRecord()
    private var userName = Symbol.empty
    private var userID: Int?
    private var isStranger = false
    private var secondsUsed: Int?
    private var secondsWaited: Int?
    private var request = JobRequest()
    private var resources = TRESText()

    mutating func take(_ column: JobColumn, _ text: RawSpan, _ reading: inout Reading) {
        reading.begin(column.rawValue)
        switch column {
        case .id: id = reading.count(text)
        case .arrayID: job.arrayID = reading.id(text)
        case .taskID: job.arrayTaskID = reading.index(text)
        case .heterogeneousID: job.heterogeneousID = reading.id(text)
        case .heterogeneousOffset: job.heterogeneousOffset = reading.index(text)
        case .state: takeState(text, &reading)
        case .reason: job.reason = reading.reason(text)
        case .user:
            isStranger = text.hasSameBytes(as: "nobody")
            userName = reading.symbol(text)
        case .userID: userID = reading.count(text)
        case .qos: job.qos = reading.symbol(text)
        case .partitions: job.partitions = reading.names(text)
        case .reservation: job.reservation = reading.symbol(text)
        case .submitted: job.submitted = reading.time(text)
        case .eligible: job.eligible = reading.time(text)
        case .start: job.start = reading.time(text)
        case .end: job.end = reading.time(text)
        case .timeLimit: job.timeLimitSeconds = reading.duration(text).limit { $0 }
        case .timeUsed: secondsUsed = reading.duration(text).integer
        case .waited: secondsWaited = reading.count(text)
        case .priority: job.priority = reading.count(text).flatMap { UInt64(exactly: $0) }
        case .restarts: job.restarts = reading.count(text)
        case .cpus: request.cpus = reading.count(text)
        case .nodes: request.nodes = reading.count(text)
        case .tasks: request.tasks = reading.count(text)
        case .resources: if !text.isNull { resources.read(text, &reading) }
        case .perJob: request.gpusPerJob = text.isNull ? GPUs() : GPUs(text, &reading)
        case .perNode: request.gpusPerNode = text.isNull ? GPUs() : GPUs(text, &reading)
        case .perSocket: request.gpusPerSocket = text.isNull ? GPUs() : GPUs(text, &reading)
        case .perTask: request.gpusPerTask = text.isNull ? GPUs() : GPUs(text, &reading)
        case .exitStatus: job.exitStatus = reading.exitStatus(text)
        case .nodeList: job.nodeList = reading.string(text)
        case .account: job.account = reading.symbol(text)
        case .features: job.features = reading.string(text)
        case .name: job.name = reading.string(text)
        }
    }

    private mutating func takeState(_ word: RawSpan, _ reading: inout Reading) {
        if !job.state.take(word) { reading.note(unknown: .jobState, word) }
    }

    func record(_ clock: inout CommandClock, _ reading: inout Reading) -> JobRecord {
        var job = job
        job.id = id.flatMap { UInt32(exactly: $0) } ?? 0
        // squeue's host calls nobody whom it doesn't know.
        let hasNoName = userName.isEmpty || isStranger && userID.map { $0 < 65_534 } ?? false
        job.user = hasNoName ? reading.symbols.intern(number: userID) : userName
        // The word hides that it runs, which its nodes show.
        if job.state.flags == .expediting { job.state.base = job.nodeList.isEmpty ? .pending : .running }
        if job.arrayTaskID == nil { job.arrayID = nil }
        if job.state.isWaiting, job.arrayID == job.id { job.arrayTaskID = nil }
        job.isHeld = job.isHeld(unlessPrioritized: nil)
        completeResources(of: &job)
        completeSuspension(of: &job, &clock)
        return job
    }

    /// There is one list of resources: of what a job has once it has nodes, of what it asks for before.
    private func completeResources(of job: inout JobRecord) {
        var request = request
        guard job.nodeList.isEmpty else {
            job.allocated = resources.resources
            if resources.gpuTypes.isEmpty {
                job.allocated.gpus = GPUs(total: resources.gpus, types: request.gpus.groups)
            }
            return
        }
        request.tres = resources
        job.requested = request.resources
    }

    /// squeue says how long a job ran, suspension left out, and not when it was suspended.
    private func completeSuspension(of job: inout JobRecord, _ clock: inout CommandClock) {
        if let submitted = job.submitted, let secondsWaited {
            clock.see(Timestamp(submitted.seconds &+ Int64(secondsWaited)))
        }
        guard let start = job.start, let used = secondsUsed, !job.nodeList.isEmpty else { return }
        if job.state.base == .suspended {
            (job.suspended, job.secondsBeforeSuspension) = (start, used)
        } else if job.state.hasEnded || job.state.flags.contains(.completing) {
            guard let end = job.end, end.since(start) != Int64(used) else { return }
            (job.suspended, job.secondsBeforeSuspension) = (end, used)
        } else {
            let time = Timestamp(start.seconds &+ Int64(used))
            clock.see(time)
            guard clock.isOver(time) else { return }
            (job.suspended, job.secondsBeforeSuspension) = (clock.now, used)
        }
    }
}
