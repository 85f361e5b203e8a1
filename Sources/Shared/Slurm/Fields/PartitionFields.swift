/// Reads partitions of `/slurm/…/partitions`, v0.0.38 to v0.0.46.
struct PartitionFields: RecordFields {
    static let place = RecordPlace(path: ["partitions"])

    private(set) var record = PartitionRecord()
    private var tres = TRESText()
    private var maximumTime = SlurmNumber.unset
    private var defaultTime = SlurmNumber.unset
    private var maximumNodes = SlurmNumber.unset

    enum Field: UInt8 {
        case name, state, flags, nodes, cpus, tres, maximumTime, defaultTime, maximumNodes, minimumNodes
        case priorityTier, priorityJobFactor, allowedAccounts, allowedGroups, allowedQOS, qos
    }

    static let keys: [(key: StaticString, field: Field)] = [
        ("name", .name), ("state", .state), ("partition.state", .state), ("flags", .flags),
        ("total_nodes", .nodes), ("nodes.total", .nodes),
        ("total_cpus", .cpus), ("cpus.total", .cpus), ("tres", .tres), ("tres.configured", .tres),
        ("max_time_limit", .maximumTime), ("maximums.time", .maximumTime), ("default_time_limit", .defaultTime),
        ("defaults.time", .defaultTime), ("maximum_nodes_per_job", .maximumNodes), ("maximums.nodes", .maximumNodes),
        ("min nodes per job", .minimumNodes), ("min_nodes_per_job", .minimumNodes), ("minimums.nodes", .minimumNodes),
        ("priority_tier", .priorityTier), ("priority.tier", .priorityTier),
        ("priority_job_factor", .priorityJobFactor), ("priority.job_factor", .priorityJobFactor),
        ("allowed_accounts", .allowedAccounts), ("accounts.allowed", .allowedAccounts),
        ("allowed_groups", .allowedGroups), ("groups.allowed", .allowedGroups), ("allowed_qos", .allowedQOS),
        ("qos.allowed", .allowedQOS), ("qos", .qos), ("qos.assigned", .qos),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .name: try reading.symbol(&record.name, text, start)
        case .state: try readState(text, start, &reading)
        case .flags: try readFlags(text, start, &reading)
        case .nodes: try reading.count(&record.nodes, text, start)
        case .cpus: try reading.count(&record.cpus, text, start)
        case .tres: try reading.text(text, start) { tres.read($1, &$0) }
        case .maximumTime: try reading.number(&maximumTime, text, start)
        case .defaultTime: try reading.number(&defaultTime, text, start)
        case .maximumNodes: try reading.number(&maximumNodes, text, start)
        case .minimumNodes: try reading.count(&record.minimumNodes, text, start)
        case .priorityTier: try reading.count(&record.priorityTier, text, start, .bits16)
        case .priorityJobFactor: try reading.count(&record.priorityJobFactor, text, start, .bits16)
        case .allowedAccounts: try reading.string(&record.allowedAccounts, text, start)
        case .allowedGroups: try reading.string(&record.allowedGroups, text, start)
        case .allowedQOS: try reading.string(&record.allowedQOS, text, start)
        case .qos: try reading.string(&record.qos, text, start)
        }
    }

    private mutating func readState(_ text: JSONText, _ start: Int, _ reading: inout Reading) throws(JSONStop) -> Int {
        record.state = nil
        return try reading.words(text, start) { reading, word in
            record.state = PartitionState(word)
            if record.state == .unknown { reading.note(unknown: .partitionState, word) }
        }
    }

    private mutating func readFlags(_ text: JSONText, _ start: Int, _ reading: inout Reading) throws(JSONStop) -> Int {
        let isThere = try text.byte(start) == .openBracket
        record.isDefault = isThere ? false : nil
        record.isHidden = isThere ? false : nil
        return try reading.words(text, start) { _, word in
            if word.isWord("default") { record.isDefault = true }
            if word.isWord("hidden") { record.isHidden = true }
        }
    }

    mutating func complete(_ reading: inout Reading) {
        record.memoryBytes = tres.memoryBytes
        record.gpus = tres.gpus == nil && tres.gpuTypes.isEmpty ? nil : GPUs(total: tres.gpus, types: tres.gpuTypes)
        record.maximumTimeSeconds = maximumTime.limit { $0 < 0 ? nil : $0.scaled(by: 60) }
        record.defaultTimeSeconds = defaultTime.limit { $0 < 0 ? nil : $0.scaled(by: 60) }
        record.maximumNodes = maximumNodes.limit { $0 < 0 ? nil : $0 }
    }
}

extension PartitionState {
    /// A word that isn't known stands for `unknown`.
    init(_ word: RawSpan) {
        let states: [(StaticString, PartitionState)] = [
            ("up", .up), ("down", .down), ("drain", .drain), ("inactive", .inactive),
        ]
        self = states.first { word.isWord($0.0) }?.1 ?? .unknown
    }
}
