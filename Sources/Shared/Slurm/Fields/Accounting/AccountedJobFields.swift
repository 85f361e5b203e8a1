/// Reads jobs of `/slurmdb/…/jobs`, v0.0.38 to v0.0.46.
struct AccountedJobFields: RecordFields {
    static let place = RecordPlace(path: ["jobs"])

    private(set) var record = AccountedJobRecord()
    private var id: Int?
    private var user = Symbol.empty
    private var associated = Symbol.empty
    private var timeLimit = SlurmNumber.unset
    private var requested = TRESText()
    private var allocated = TRESText()
    private var time = CPUTime()
    private var steps: StepFigures?

    enum Field: UInt8 {
        case id, name, state, reason, cluster, user, associated, account, qos, partition
        case arrayID, arrayTaskID, restarts, submitted, eligible, start, end, elapsed, timeLimit, wait
        case requested, allocated, userSeconds, userMicroseconds, systemSeconds, systemMicroseconds, steps, exitStatus
    }

    static let keys: [(key: StaticString, field: Field)] = [
        ("job_id", .id), ("name", .name), ("state.current", .state), ("state.reason", .reason), ("cluster", .cluster),
        ("user", .user), ("association.user", .associated), ("account", .account), ("qos", .qos),
        ("partition", .partition), ("array.job_id", .arrayID),
        ("array.task_id", .arrayTaskID), ("restart_cnt", .restarts), ("time.submission", .submitted),
        ("time.eligible", .eligible), ("time.start", .start), ("time.end", .end), ("time.elapsed", .elapsed),
        ("time.limit", .timeLimit), ("time.planned", .wait),
        ("tres.requested", .requested), ("tres.allocated", .allocated), ("time.user.seconds", .userSeconds),
        ("time.user.microseconds", .userMicroseconds), ("time.system.seconds", .systemSeconds),
        ("time.system.microseconds", .systemMicroseconds), ("steps", .steps), ("exit_code", .exitStatus),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .id: try reading.count(&id, text, start)
        case .name: try reading.string(&record.name, text, start)
        case .state: try readState(text, start, &reading)
        case .reason: try reading.reason(&record.reason, text, start)
        case .cluster: try reading.symbol(&record.cluster, text, start)
        case .user: try reading.symbol(&user, text, start)
        case .associated: try reading.symbol(&associated, text, start)
        case .account: try reading.symbol(&record.account, text, start)
        case .qos: try reading.symbol(&record.qos, text, start)
        case .partition: try reading.symbol(&record.partition, text, start)
        case .arrayID: try reading.id(&record.arrayID, text, start)
        case .arrayTaskID: try reading.index(&record.arrayTaskID, text, start)
        case .restarts: try reading.count(&record.restarts, text, start)
        case .submitted: try reading.time(&record.submitted, text, start)
        case .eligible: try reading.time(&record.eligible, text, start)
        case .start: try reading.time(&record.start, text, start)
        case .end: try reading.time(&record.end, text, start)
        case .elapsed: try reading.count(&record.elapsedSeconds, text, start)
        case .timeLimit: try reading.number(&timeLimit, text, start)
        case .wait: try reading.count(&record.waitSeconds, text, start)
        case .requested: try reading.resources(&requested, text, start)
        case .allocated: try reading.resources(&allocated, text, start)
        case .userSeconds: try reading.count(&time.userSeconds, text, start, .bits64)
        case .userMicroseconds: try reading.count(&time.userMicroseconds, text, start, .bits64)
        case .systemSeconds: try reading.count(&time.systemSeconds, text, start, .bits64)
        case .systemMicroseconds: try reading.count(&time.systemMicroseconds, text, start, .bits64)
        case .steps: try reading.steps(&steps, text, start)
        case .exitStatus: try reading.exitStatus(&record.exitStatus, text, start)
        }
    }

    private mutating func readState(_ text: JSONText, _ start: Int, _ reading: inout Reading) throws(JSONStop) -> Int {
        record.state = JobState()
        return try reading.words(text, start) { reading, word in
            if !record.state.take(word) { reading.note(unknown: .jobState, word) }
        }
    }

    mutating func complete(_ reading: inout Reading) {
        record.id = id.flatMap { UInt32(exactly: $0) } ?? 0
        record.user = user.isEmpty ? associated : user
        record.timeLimitSeconds = timeLimit.limit { $0 < 0 ? nil : $0.scaled(by: 60) }
        record.requested = requested.resources
        record.allocated = allocated.resources
        // Without steps the database's answer says 0, which is not what was used.
        let hasSteps = steps.map { $0.count > 0 } ?? false
        record.userSeconds = hasSteps ? time.user : nil
        record.systemSeconds = hasSteps ? time.system : nil
        record.maximumMemoryBytes = steps?.maximumMemoryBytes
        record.usedMemoryBytes = steps?.usedMemoryBytes
        record.steps = hasSteps ? steps?.count : nil
    }
}

private struct CPUTime {
    var userSeconds: Int?
    var userMicroseconds: Int?
    var systemSeconds: Int?
    var systemMicroseconds: Int?

    var user: Double? { userSeconds.map { Double($0) + Double(userMicroseconds ?? 0) / 1e6 } }
    var system: Double? { systemSeconds.map { Double($0) + Double(systemMicroseconds ?? 0) / 1e6 } }
}

/// What is read of a job's steps.
private struct StepFigures {
    var count = 0
    var maximumMemoryBytes: Int?
    var usedMemoryBytes: Int?
}

extension Reading {
    fileprivate mutating func steps(
        _ figures: inout StepFigures?, _ text: JSONText, _ start: Int
    ) throws(JSONStop) -> Int {
        figures = nil
        guard try text.byte(start) == .openBracket else { return try skipNull(text, start) }
        var found = StepFigures()
        let end = try elements(text, start) { reading, text, at throws(JSONStop) in
            found.count += 1
            return try reading.step(&found, text, at)
        }
        figures = found
        return end
    }

    private mutating func step(_ figures: inout StepFigures, _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        try object(text, start) { reading, key, text, at throws(JSONStop) in
            guard key.hasSameBytes(as: "tres") else { return try text.skipValue(at) }
            return try reading.usage(&figures, text, at)
        }
    }

    /// Keeps the larger of two amounts in bytes.
    private mutating func memory(_ most: inout Int?, _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        var used = TRESText()
        let end = try resources(&used, text, start, memoryUnit: 1)
        if let bytes = used.memoryBytes { most = Swift.max(bytes, most ?? 0) }
        return end
    }

    /// What was used at most, in bytes: slurmdbd calls what tasks read `requested` and what they write `consumed`, and
    /// which of them memory belongs to isn't the same everywhere.
    private mutating func usage(_ figures: inout StepFigures, _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        try object(text, start) { reading, key, text, at throws(JSONStop) in
            guard key.hasSameBytes(as: "requested") || key.hasSameBytes(as: "consumed") else {
                return try text.skipValue(at)
            }
            return try reading.object(text, at) { reading, key, text, at throws(JSONStop) in
                if key.hasSameBytes(as: "max") { return try reading.memory(&figures.maximumMemoryBytes, text, at) }
                if key.hasSameBytes(as: "total") { return try reading.memory(&figures.usedMemoryBytes, text, at) }
                return try text.skipValue(at)
            }
        }
    }
}
