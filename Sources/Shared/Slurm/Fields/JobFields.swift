/// Reads jobs of `/slurm/…/jobs`, v0.0.38 to v0.0.46.
struct JobFields: RecordFields {
    static let place = RecordPlace(path: ["jobs"])

    private(set) var record = JobRecord()
    private var hasState = false
    private var id: Int?
    private var userName = Symbol.empty
    private var userID: Int?
    private var holds: Bool?
    private var tasks: TaskCount?
    private var priority = SlurmNumber.unset
    private var timeLimit = SlurmNumber.unset
    private var request = JobRequest()
    private var allocation = TRESText()
    private var allocationDetail = GPUs()

    enum Field: UInt8 {
        case id, name, state, reason, user, userID, account, qos, reservation, partitions
        case arrayID, arrayTaskID, tasks, heterogeneousID, heterogeneousOffset
        case submitted, eligible, start, end, suspended, secondsBeforeSuspension, timeLimit, priority, hold, restarts
        case cpus, nodeCount, taskCount, memoryPerNode, memoryPerCPU, socketsPerNode
        case tresRequested, tresAllocated, tresPerJob, tresPerNode, tresPerSocket, tresPerTask, gresDetail
        case nodeList, features, exitStatus, federationOrigin, federationSiblings
    }

    static let keys: [(key: StaticString, field: Field)] = [
        ("job_id", .id), ("name", .name), ("job_state", .state), ("state_reason", .reason), ("user_name", .user),
        ("user_id", .userID), ("account", .account), ("qos", .qos), ("resv_name", .reservation),
        ("partition", .partitions), ("array_job_id", .arrayID),
        ("array_task_id", .arrayTaskID), ("array_task_string", .tasks), ("het_job_id", .heterogeneousID),
        ("het_job_offset", .heterogeneousOffset), ("submit_time", .submitted), ("eligible_time", .eligible),
        ("start_time", .start), ("end_time", .end), ("suspend_time", .suspended),
        ("pre_sus_time", .secondsBeforeSuspension), ("time_limit", .timeLimit),
        ("priority", .priority), ("hold", .hold), ("restart_cnt", .restarts), ("cpus", .cpus),
        ("node_count", .nodeCount), ("tasks", .taskCount), ("memory_per_node", .memoryPerNode),
        ("memory_per_cpu", .memoryPerCPU), ("sockets_per_node", .socketsPerNode),
        ("tres_req_str", .tresRequested), ("tres_alloc_str", .tresAllocated), ("tres_per_job", .tresPerJob),
        ("tres_per_node", .tresPerNode), ("tres_per_socket", .tresPerSocket), ("tres_per_task", .tresPerTask),
        ("gres_detail", .gresDetail), ("nodes", .nodeList), ("features", .features), ("exit_code", .exitStatus),
        ("federation_origin", .federationOrigin), ("federation_siblings_active", .federationSiblings),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .id: try reading.count(&id, text, start)
        case .name: try reading.string(&record.name, text, start)
        case .state: try readState(text, start, &reading)
        case .reason: try reading.reason(&record.reason, text, start)
        case .user: try reading.symbol(&userName, text, start)
        case .userID: try reading.count(&userID, text, start)
        case .account: try reading.symbol(&record.account, text, start)
        case .qos: try reading.symbol(&record.qos, text, start)
        case .reservation: try reading.symbol(&record.reservation, text, start)
        case .partitions: try reading.names(&record.partitions, text, start)
        case .arrayID: try reading.id(&record.arrayID, text, start)
        case .arrayTaskID: try reading.index(&record.arrayTaskID, text, start)
        case .tasks: try readTasks(text, start, &reading)
        case .heterogeneousID: try reading.id(&record.heterogeneousID, text, start)
        case .heterogeneousOffset: try reading.index(&record.heterogeneousOffset, text, start)
        case .submitted: try reading.time(&record.submitted, text, start)
        case .eligible: try reading.time(&record.eligible, text, start)
        case .start: try reading.time(&record.start, text, start)
        case .end: try reading.time(&record.end, text, start)
        case .suspended: try reading.time(&record.suspended, text, start)
        case .secondsBeforeSuspension: try reading.count(&record.secondsBeforeSuspension, text, start)
        case .timeLimit: try reading.number(&timeLimit, text, start)
        case .priority: try reading.number(&priority, text, start)
        case .hold: try reading.flag(&holds, text, start)
        case .restarts: try reading.count(&record.restarts, text, start)
        case .cpus: try reading.count(&request.cpus, text, start)
        case .nodeCount: try reading.count(&request.nodes, text, start)
        case .taskCount: try reading.count(&request.tasks, text, start)
        case .memoryPerNode: try reading.mebibytes(&request.memoryPerNode, text, start)
        case .memoryPerCPU: try reading.mebibytes(&request.memoryPerCPU, text, start)
        case .socketsPerNode: try reading.count(&request.socketsPerNode, text, start, .bits16)
        case .tresRequested: try reading.text(text, start) { request.tres.read($1, &$0) }
        case .tresAllocated: try reading.text(text, start) { allocation.read($1, &$0) }
        case .tresPerJob: try reading.text(text, start) { request.gpusPerJob = GPUs($1, &$0) }
        case .tresPerNode: try reading.text(text, start) { request.gpusPerNode = GPUs($1, &$0) }
        case .tresPerSocket: try reading.text(text, start) { request.gpusPerSocket = GPUs($1, &$0) }
        case .tresPerTask: try reading.text(text, start) { request.gpusPerTask = GPUs($1, &$0) }
        case .gresDetail: try readDetail(text, start, &reading)
        case .nodeList: try reading.string(&record.nodeList, text, start)
        case .features: try reading.string(&record.features, text, start)
        case .exitStatus: try reading.exitStatus(&record.exitStatus, text, start)
        case .federationOrigin: try reading.symbol(&record.federationOrigin, text, start)
        case .federationSiblings: try reading.names(&record.federationSiblings, text, start)
        }
    }

    private mutating func readState(_ text: JSONText, _ start: Int, _ reading: inout Reading) throws(JSONStop) -> Int {
        record.state = JobState()
        hasState = false
        return try reading.words(text, start) { reading, word in
            hasState = true
            if !record.state.take(word) { reading.note(unknown: .jobState, word) }
        }
    }

    private mutating func readTasks(_ text: JSONText, _ start: Int, _ reading: inout Reading) throws(JSONStop) -> Int {
        try reading.text(text, start) { reading, list in
            tasks = list.byteCount == 0 ? nil : TaskCount(list)
            if tasks == nil, list.byteCount > 0 { reading.note(unknown: .arrayTasks, list) }
        }
    }

    private mutating func readDetail(_ text: JSONText, _ start: Int, _ reading: inout Reading) throws(JSONStop) -> Int {
        var groups: [GPUs.Group] = []
        let end = try reading.words(text, start) { reading, list in groups += GPUs(list, &reading).groups }
        allocationDetail = GPUs(merging: groups)
        return end
    }

    mutating func complete(_ reading: inout Reading) {
        if !hasState { reading.note(missing: .jobState) }
        record.id = id.flatMap { UInt32(exactly: $0) } ?? 0
        record.user = userName.isEmpty ? reading.symbols.intern(number: userID) : userName
        record.tasks = tasks ?? .one
        record.priority = priority.integer.flatMap { UInt64(exactly: $0) }
        record.timeLimitSeconds = timeLimit.limit { $0 < 0 ? nil : $0.scaled(by: 60) }
        record.isHeld = record.isHeld(unlessPrioritized: holds)
        record.requested = request.resources
        record.allocated = allocation.resources
        completeAllocatedGPUs()
    }

    /// Where AccountingStorageTRES has no gres/gpu, or none of the types, the detail may know them. What was asked for
    /// isn't what it has: one may ask for at least so many nodes, and have more.
    private mutating func completeAllocatedGPUs() {
        record.areAllocatedGPUsUnknown = false
        guard !allocation.isEmpty else { return }
        if allocation.gpus == nil && allocation.gpuTypes.isEmpty {
            record.allocated.gpus = allocationDetail
            record.areAllocatedGPUsUnknown = allocationDetail.isEmpty && !record.requested.gpus.isEmpty
        } else if allocation.gpuTypes.isEmpty {
            let types = allocationDetail.isEmpty ? request.gpus : allocationDetail
            record.allocated.gpus = GPUs(total: allocation.gpus, types: types.groups)
        }
    }
}

extension JobRecord {
    /// What waits with a priority of 0 is held. So is what a user or the system sent back to be held, of which
    /// v0.0.38, v0.0.39 and squeue don't say that it waits.
    ///
    /// - Parameter holds: what counts where there is no priority.
    func isHeld(unlessPrioritized holds: Bool?) -> Bool {
        guard state.isWaiting || !state.flags.isDisjoint(with: [.requeueHold, .specialExit]) else { return false }
        return priority.map { $0 == 0 } ?? holds ?? false
    }
}
