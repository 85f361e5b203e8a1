/// Reads nodes of `/slurm/…/nodes`, v0.0.38 to v0.0.46.
struct NodeFields: RecordFields {
    static let place = RecordPlace(path: ["nodes"])

    private(set) var record = NodeRecord()
    private var state = NodeState()
    private var hasState = false
    private var flags = NodeState()
    private var hostname: [UInt8] = []
    private var load = SlurmNumber.unset
    private var watts = SlurmNumber.unset
    private var joules = SlurmNumber.unset
    private var specializedMemory: Int?
    private var gpus = NodeGPUs()
    private var configured: [GenericResource] = []
    private var used: [GenericResource] = []
    private var areResourcesChanged = true

    enum Field: UInt8 {
        case name, hostname, address, state, flags, partitions
        case cpus, effectiveCPUs, allocatedCPUs, memory, specializedMemory, allocatedMemory, freeMemory, load
        case gres, gresUsed, tres, tresUsed, watts, joules, weight
        case reason, reasonUser, reasonSince, booted, daemonStarted, lastBusy
        case version, architecture, operatingSystem, features, reservation
    }

    static let keys: [(key: StaticString, field: Field)] = [
        ("name", .name), ("hostname", .hostname), ("address", .address), ("state", .state), ("state_flags", .flags),
        ("partitions", .partitions), ("cpus", .cpus), ("effective_cpus", .effectiveCPUs),
        ("alloc_cpus", .allocatedCPUs), ("real_memory", .memory), ("specialized_memory", .specializedMemory),
        ("alloc_memory", .allocatedMemory), ("free_memory", .freeMemory), ("free_mem", .freeMemory),
        ("cpu_load", .load), ("gres", .gres), ("gres_used", .gresUsed), ("tres", .tres), ("tres_used", .tresUsed),
        ("energy.current_watts", .watts), ("energy.consumed_energy", .joules), ("weight", .weight), ("reason", .reason),
        ("reason_set_by_user", .reasonUser),
        ("reason_changed_at", .reasonSince), ("boot_time", .booted), ("slurmd_start_time", .daemonStarted),
        ("last_busy", .lastBusy), ("version", .version), ("slurmd_version", .version),
        ("architecture", .architecture), ("operating_system", .operatingSystem), ("features", .features),
        ("reservation", .reservation),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .name: try reading.string(&record.name, text, start)
        case .hostname: try readHostname(text, start, &reading)
        case .address: try reading.string(&record.address, text, start)
        case .state: try readState(text, start, &reading)
        case .flags: try read(&flags, text, start, &reading)
        case .partitions: try reading.names(&record.partitions, text, start)
        case .cpus: try reading.count(&record.cpus, text, start, .bits16)
        case .effectiveCPUs: try reading.count(&record.effectiveCPUs, text, start, .bits16)
        case .allocatedCPUs: try reading.count(&record.allocatedCPUs, text, start, .bits16)
        case .memory: try reading.mebibytes(&record.memoryBytes, text, start)
        case .specializedMemory: try reading.mebibytes(&specializedMemory, text, start)
        case .allocatedMemory: try reading.mebibytes(&record.allocatedMemoryBytes, text, start)
        case .freeMemory: try reading.mebibytes(&record.freeMemoryBytes, text, start)
        case .load: try reading.number(&load, text, start)
        case .gres: try readGRES(text, start, &reading)
        case .gresUsed: try readUsedGRES(text, start, &reading)
        case .tres: try reading.text(text, start) { gpus.tres.read($1, &$0) }
        case .tresUsed: try reading.text(text, start) { gpus.tresUsed.read($1, &$0) }
        case .watts: try reading.number(&watts, text, start)
        case .joules: try reading.number(&joules, text, start, .bits64)
        case .weight: try reading.count(&record.weight, text, start)
        case .reason: try reading.string(&record.reason, text, start)
        case .reasonUser: try reading.string(&record.reasonUser, text, start)
        case .reasonSince: try reading.time(&record.reasonSince, text, start)
        case .booted: try reading.time(&record.booted, text, start)
        case .daemonStarted: try reading.time(&record.daemonStarted, text, start)
        case .lastBusy: try reading.time(&record.lastBusy, text, start)
        case .version: try reading.string(&record.version, text, start)
        case .architecture: try reading.string(&record.architecture, text, start)
        case .operatingSystem: try reading.string(&record.operatingSystem, text, start)
        case .features: try reading.names(&record.features, text, start)
        case .reservation: try reading.symbol(&record.reservation, text, start)
        }
    }

    /// Rarely needed, so it's no string yet.
    private mutating func readHostname(
        _ text: JSONText, _ start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        try reading.text(text, start) { _, name in
            hostname.removeAll(keepingCapacity: true)
            name.withUnsafeBytes { hostname.append(contentsOf: $0) }
        }
    }

    private mutating func readState(_ text: JSONText, _ start: Int, _ reading: inout Reading) throws(JSONStop) -> Int {
        hasState = false
        return try reading.words(text, start) { reading, word in
            if !hasState { state = NodeState() }
            hasState = true
            if !state.take(word) { reading.note(unknown: .nodeState, word) }
        }
    }

    private func read(
        _ state: inout NodeState, _ text: JSONText, _ start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        state = NodeState()
        return try reading.words(text, start) { reading, word in
            if !state.take(word) { reading.note(unknown: .nodeState, word) }
        }
    }

    private mutating func readGRES(_ text: JSONText, _ start: Int, _ reading: inout Reading) throws(JSONStop) -> Int {
        areResourcesChanged = true
        return try reading.text(text, start) { reading, list in
            configured = reading.genericResources(list)
            gpus.gres = GPUs(list, &reading)
        }
    }

    private mutating func readUsedGRES(_ text: JSONText, _ start: Int, _ reading: inout Reading) throws(JSONStop) -> Int
    {
        areResourcesChanged = true
        return try reading.text(text, start) { reading, list in
            used = reading.genericResources(list)
            gpus.gresUsed = list.byteCount == 0 ? nil : GPUs(list, &reading)
        }
    }

    mutating func complete(_ reading: inout Reading) {
        if !hasState {
            state = NodeState()
            reading.note(missing: .nodeState)
        }
        if record.name.isEmpty { record.name = String(decoding: hostname, as: UTF8.self) }
        record.state = NodeState(state.base, state.flags.union(flags.flags))
        record.load = load.double.map { $0 / 100 }
        record.watts = watts.double
        // What isn't measured shows as power that isn't set and 0 energy.
        record.consumedJoules = joules.double.flatMap { $0 == 0 && record.watts == nil ? nil : $0 }
        record.effectiveMemoryBytes = specializedMemory.flatMap { reserved in
            record.memoryBytes.map { Swift.max($0 - reserved, 0) }
        }
        if areResourcesChanged || gpus.tres.areGPUsChanged || gpus.tresUsed.areGPUsChanged { completeResources() }
    }

    private mutating func completeResources() {
        if areResourcesChanged || gpus.tres.areGPUsChanged { record.gpus = gpus.configured }
        record.allocatedGPUs = gpus.allocated(of: record.gpus)
        gpus.tres.areGPUsChanged = false
        gpus.tresUsed.areGPUsChanged = false
        if areResourcesChanged { completeGenericResources() }
    }

    private mutating func completeGenericResources() {
        areResourcesChanged = false
        record.genericResources = configured.map { resource in
            GenericResource(name: resource.name, total: resource.total, used: used(resource))
        }
    }

    private func used(_ resource: GenericResource) -> Int? {
        used.isEmpty ? nil : used.first { $0.name == resource.name }?.total ?? 0
    }
}
