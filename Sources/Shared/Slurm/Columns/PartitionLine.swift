/// Reads partitions of `scontrol --all --oneliner show partitions`.
struct PartitionLine: RecordColumns {
    private var partition = PartitionRecord()
    private var tres = TRESText()

    enum Key: UInt8 {
        case name, state, isDefault, isHidden, nodes, cpus, tres, maximumTime, defaultTime, maximumNodes
        case minimumNodes, priorityTier, priorityJobFactor, allowedAccounts, allowedGroups, allowedQOS, qos
    }

    private static let keys: [(name: StaticString, key: Key)] = [
        ("PartitionName", .name), ("State", .state), ("Default", .isDefault), ("Hidden", .isHidden),
        ("TotalNodes", .nodes), ("TotalCPUs", .cpus), ("TRES", .tres),
        ("MaxTime", .maximumTime), ("DefaultTime", .defaultTime), ("MaxNodes", .maximumNodes),
        ("MinNodes", .minimumNodes), ("PriorityTier", .priorityTier), ("PriorityJobFactor", .priorityJobFactor),
        ("AllowAccounts", .allowedAccounts), ("AllowGroups", .allowedGroups), ("AllowQos", .allowedQOS), ("QoS", .qos),
    ]

    private static let line = KeyedLine(keys)

    static func name(ofField field: Int) -> String { "\(keys[field].name)" }

    mutating func read(_ text: RawSpan, _ reading: inout Reading) -> ReadColumns<PartitionRecord> {
        if text.byteCount == 0 || text.has("No partitions", at: 0) { return .nothing }
        guard text.has("PartitionName=", at: 0) else { return .malformed }
        self = PartitionLine()
        Self.line.read(text) { key, value in
            reading.begin(key.rawValue)
            take(key, value, &reading)
        }
        partition.memoryBytes = tres.memoryBytes
        partition.gpus = tres.gpus == nil && tres.gpuTypes.isEmpty ? nil : GPUs(total: tres.gpus, types: tres.gpuTypes)
        return partition.name.isEmpty ? .malformed : .record(partition)
    }

    private mutating func take(_ key: Key, _ text: RawSpan, _ reading: inout Reading) {
        switch key {
        case .name: partition.name = reading.symbol(text)
        case .state: takeState(text, &reading)
        case .isDefault: partition.isDefault = reading.flag(text)
        case .isHidden: partition.isHidden = reading.flag(text)
        case .nodes: partition.nodes = reading.count(text)
        case .cpus: partition.cpus = reading.count(text)
        case .tres: if !text.isNull { tres.read(text, &reading) }
        case .maximumTime: partition.maximumTimeSeconds = reading.duration(text).limit { $0 }
        case .defaultTime: partition.defaultTimeSeconds = reading.duration(text).limit { $0 }
        case .maximumNodes: partition.maximumNodes = reading.number(text).limit { $0 < 0 ? nil : $0 }
        case .minimumNodes: partition.minimumNodes = reading.count(text)
        case .priorityTier: partition.priorityTier = reading.count(text, .bits16)
        case .priorityJobFactor: partition.priorityJobFactor = reading.count(text, .bits16)
        case .allowedAccounts: partition.allowedAccounts = reading.restriction(text)
        case .allowedGroups: partition.allowedGroups = reading.restriction(text)
        case .allowedQOS: partition.allowedQOS = reading.restriction(text)
        case .qos: partition.qos = reading.string(text)
        }
    }

    private mutating func takeState(_ word: RawSpan, _ reading: inout Reading) {
        partition.state = PartitionState(word)
        if partition.state == .unknown { reading.note(unknown: .partitionState, word) }
    }
}

extension Reading {
    /// Who may use something: empty for all, as slurmrestd has it.
    fileprivate mutating func restriction(_ text: RawSpan) -> String {
        text.hasSameBytes(as: "ALL") ? "" : string(text)
    }
}
