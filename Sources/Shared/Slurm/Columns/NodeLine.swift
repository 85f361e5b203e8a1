/// Reads nodes of `scontrol --all --details --oneliner show nodes`.
struct NodeLine: RecordColumns {
    private var node = NodeRecord()
    private var specializedMemory: Int?
    private var watts: Double?
    private var gpus = NodeGPUs()
    private var configured: [GenericResource] = []
    private var used: [GenericResource] = []

    enum Key: UInt8, CaseIterable {
        case name, architecture, allocatedCPUs, effectiveCPUs, cpus, load, features, gres, gresUsed
        case address, version, operatingSystem, memory, allocatedMemory, freeMemory, specializedMemory, state, weight
        case partitions, booted, daemonStarted, lastBusy, tres, tresUsed, watts, reservation, reason, comment, extra
    }

    private static let keys: [(name: StaticString, key: Key)] = [
        ("NodeName", .name), ("Arch", .architecture), ("CPUAlloc", .allocatedCPUs), ("CPUEfctv", .effectiveCPUs),
        ("CPUTot", .cpus), ("CPULoad", .load), ("AvailableFeatures", .features),
        ("Gres", .gres), ("GresUsed", .gresUsed), ("NodeAddr", .address), ("Version", .version),
        ("OS", .operatingSystem), ("RealMemory", .memory), ("AllocMem", .allocatedMemory), ("FreeMem", .freeMemory),
        ("MemSpecLimit", .specializedMemory), ("State", .state), ("Weight", .weight), ("Partitions", .partitions),
        ("BootTime", .booted), ("SlurmdStartTime", .daemonStarted), ("LastBusyTime", .lastBusy), ("CfgTRES", .tres),
        ("AllocTRES", .tresUsed), ("CurrentWatts", .watts), ("ReservationName", .reservation), ("Reason", .reason),
        ("Comment", .comment), ("Extra", .extra),
    ]

    private static let line = KeyedLine(keys, texts: [.reason, .comment, .extra])

    static func name(ofField field: Int) -> String { "\(keys[field].name)" }

    mutating func read(_ text: RawSpan, _ reading: inout Reading) -> ReadColumns<NodeRecord> {
        guard text.has("NodeName=", at: 0) else { return text.byteCount == 0 ? .nothing : .malformed }
        self = NodeLine()
        Self.line.read(text) { key, value in
            reading.begin(key.rawValue)
            take(key, value, &reading)
        }
        complete()
        return node.name.isEmpty ? .malformed : .record(node)
    }

    private mutating func take(_ key: Key, _ text: RawSpan, _ reading: inout Reading) {
        switch key {
        case .name: node.name = reading.string(text)
        case .architecture: node.architecture = reading.string(text)
        case .allocatedCPUs: node.allocatedCPUs = reading.count(text, .bits16)
        case .effectiveCPUs: node.effectiveCPUs = reading.count(text, .bits16)
        case .cpus: node.cpus = reading.count(text, .bits16)
        case .load: node.load = reading.load(text)
        case .features: node.features = reading.names(text)
        case .gres: takeGRES(text, &reading)
        case .gresUsed: takeUsedGRES(text, &reading)
        case .address: node.address = reading.string(text)
        case .version: node.version = reading.string(text)
        case .operatingSystem: node.operatingSystem = reading.string(text)
        case .memory: node.memoryBytes = reading.mebibytes(text)
        case .allocatedMemory: node.allocatedMemoryBytes = reading.mebibytes(text)
        case .freeMemory: node.freeMemoryBytes = reading.mebibytes(text)
        case .specializedMemory: specializedMemory = reading.mebibytes(text)
        case .state: takeState(text, &reading)
        case .weight: node.weight = reading.count(text)
        case .partitions: node.partitions = reading.names(text)
        case .booted: node.booted = reading.time(text)
        case .daemonStarted: node.daemonStarted = reading.time(text)
        case .lastBusy: node.lastBusy = reading.time(text)
        case .tres: if !text.isNull { gpus.tres.read(text, &reading) }
        case .tresUsed: if !text.isNull { gpus.tresUsed.read(text, &reading) }
        case .watts: watts = reading.number(text).double
        case .reservation: node.reservation = reading.symbol(text)
        case .reason: takeReason(text, &reading)
        case .comment, .extra: break
        }
    }

    private mutating func takeState(_ text: RawSpan, _ reading: inout Reading) {
        text.split(UInt8(ascii: "+")) { word in
            // A `*` stands for NOT_RESPONDING in some releases.
            let isSilent = word.byteCount > 1 && word[word.byteCount - 1] == UInt8(ascii: "*")
            let plain = word.extracting(0..<word.byteCount - (isSilent ? 1 : 0))
            if isSilent { node.state.flags.insert(.notResponding) }
            if !node.state.take(plain) { reading.note(unknown: .nodeState, plain) }
        }
    }

    private mutating func takeGRES(_ text: RawSpan, _ reading: inout Reading) {
        guard !text.isNull else { return }
        configured = reading.genericResources(text)
        gpus.gres = GPUs(text, &reading)
    }

    private mutating func takeUsedGRES(_ text: RawSpan, _ reading: inout Reading) {
        guard !text.isNull else { return }
        used = reading.genericResources(text)
        gpus.gresUsed = GPUs(text, &reading)
    }

    /// `kernel update [root@1795245202]`: who and when stand behind the first line of the text, and remarks behind all.
    private mutating func takeReason(_ text: RawSpan, _ reading: inout Reading) {
        let reservation = Array(" ReservationName=".utf8)
        if let key = text.firstRange(of: reservation) {
            node.reservation = reading.symbol(text.extracting(key.upperBound..<text.byteCount))
        }
        let reason = text.extracting(0..<text.endOfReason)
        guard let stamp = reason.stamp else { return node.reason = reading.string(reason) }
        node.reason = reading.string(reason.extracting(reason.extracting(0..<stamp.lowerBound).trimmed))
        let words = reason.extracting(stamp.lowerBound + 1..<stamp.upperBound)
        guard let at = words.lastIndex(of: UInt8(ascii: "@")) else { return }
        node.reasonUser = reading.string(words.extracting(0..<at))
        node.reasonSince = reading.time(words.extracting(at + 1..<words.byteCount))
        let rest = reason.extracting(Swift.min(stamp.upperBound + 1, reason.byteCount)..<reason.byteCount)
        let further = rest.extracting(rest.trimmed)
        if further.byteCount > 0 { node.reason += "\n" + reading.string(further) }
    }

    private mutating func complete() {
        // What isn't measured is 0 in old releases.
        node.watts = watts.flatMap { $0 > 0 ? $0 : nil }
        // Only what is set aside is said.
        node.effectiveMemoryBytes = node.memoryBytes.map { Swift.max($0 - (specializedMemory ?? 0), 0) }
        node.gpus = gpus.configured
        node.allocatedGPUs = gpus.allocated(of: node.gpus)
        node.genericResources = configured.map { resource in
            let used = used.isEmpty ? nil : used.first { $0.name == resource.name }?.total ?? 0
            return GenericResource(name: resource.name, total: resource.total, used: used)
        }
    }
}

extension Reading {
    /// Where no slurmd has reported newer releases have the number that stands for "not set", divided by 100.
    fileprivate mutating func load(_ text: RawSpan) -> Double? {
        guard let load = number(text).double, load < Double(UInt32.max - 2) / 100 else { return nil }
        return load
    }
}

extension RawSpan {
    /// Where the remarks begin that can follow a reason on its line.
    fileprivate var endOfReason: Int {
        [" Comment=", " Extra=", " InstanceId=", " InstanceType=", " ReservationName="]
            .compactMap { firstRange(of: Array($0.utf8))?.lowerBound }.min() ?? byteCount
    }

    /// Where `[root@1795245202]` is, from the one bracket to the other, the last of several; nothing where it isn't.
    fileprivate var stamp: Range<Int>? {
        byteOffsets.last { self[$0] == UInt8(ascii: "[") && stampEnd(from: $0) != nil }
            .flatMap { open in stampEnd(from: open).map { open..<$0 } }
    }

    private func stampEnd(from open: Int) -> Int? {
        let rest = extracting(open..<byteCount)
        guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
        let words = rest.extracting(0..<end)
        return words.contains(UInt8(ascii: "@")) && !words.contains(UInt8(ascii: " ")) ? open + end : nil
    }
}
