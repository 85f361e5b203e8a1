/// What a list of trackable resources says: `cpu=128,mem=187.50G,node=1,billing=128,gres/gpu=8,gres/gpu:h100=8`.
struct TRESText {
    var cpus: Int?
    var memoryBytes: Int?
    var nodes: Int?
    var billing: Double?
    /// All GPUs, whatever their type; nil where GPUs aren't tracked or there are none.
    var gpus: Int?
    private(set) var gpuTypes: [GPUs.Group] = []
    /// What they were before, for its memory.
    private var olderTypes: [GPUs.Group] = []
    /// Whether a reading changed anything about them; for the reader's user to reset.
    var areGPUsChanged = false
    /// There was no text at all.
    var isEmpty = true

    mutating func read(_ bytes: RawSpan, _ reading: inout Reading) {
        let oldCount = gpus
        swap(&gpuTypes, &olderTypes)
        forget()
        isEmpty = bytes.byteCount == 0
        var at = 0
        while at < bytes.byteCount { at = readEntry(of: bytes, at: at, &reading) + 1 }
        areGPUsChanged = areGPUsChanged || gpus != oldCount || gpuTypes != olderTypes
    }

    private mutating func forget() {
        cpus = nil
        memoryBytes = nil
        nodes = nil
        billing = nil
        gpus = nil
        gpuTypes.removeAll(keepingCapacity: true)
    }

    /// - Returns: the offset of the comma behind the entry.
    private mutating func readEntry(of bytes: RawSpan, at start: Int, _ reading: inout Reading) -> Int {
        let end = bytes.place(of: .comma, from: start)
        let equals = bytes.extracting(0..<end).place(of: UInt8(ascii: "="), from: start)
        let isKnown =
            end > equals && equals > start
            && read(bytes.extracting(start..<equals), bytes.extracting(equals + 1..<end), &reading)
        if !isKnown, end > start { reading.note(unknown: .resources, bytes.extracting(start..<end)) }
        return end
    }

    private mutating func read(_ name: RawSpan, _ amount: RawSpan, _ reading: inout Reading) -> Bool {
        switch name[0] {
        case UInt8(ascii: "c") where name.hasSameBytes(as: "cpu"): return Self.set(&cpus, amount)
        case UInt8(ascii: "m") where name.hasSameBytes(as: "mem"): return Self.set(&memoryBytes, amount, unit: 1 << 20)
        case UInt8(ascii: "n") where name.hasSameBytes(as: "node"): return Self.set(&nodes, amount)
        case UInt8(ascii: "b") where name.hasSameBytes(as: "billing"):
            billing = Amount.value(of: amount, unit: 1)
            return billing != nil
        case UInt8(ascii: "g") where name.has("gres/gpu", at: 0): return read(gpus: name, amount, &reading)
        default: return true
        }
    }

    private static func set(_ value: inout Int?, _ amount: RawSpan, unit: Int = 1) -> Bool {
        value = Amount.integer(of: amount, unit: unit)
        return value != nil
    }

    private mutating func read(gpus name: RawSpan, _ amount: RawSpan, _ reading: inout Reading) -> Bool {
        let prefix = 8
        guard name.byteCount == prefix || name[prefix] == .colon else { return true }
        guard let count = Amount.integer(of: amount), count <= GPUs.most else { return false }
        if name.byteCount == prefix {
            gpus = count
        } else {
            let type = reading.intern(name.extracting(prefix + 1..<name.byteCount))
            add(gpus: count, of: type)
        }
        return true
    }

    mutating func add(gpus count: Int, of type: Symbol) {
        gpuTypes.append(GPUs.Group(type: type, count: count))
    }

    var resources: Resources {
        var resources = Resources()
        resources.cpus = cpus
        resources.memoryBytes = memoryBytes
        resources.nodes = nodes
        resources.billing = billing
        if gpus != nil || !gpuTypes.isEmpty { resources.gpus = GPUs(total: gpus, types: gpuTypes) }
        return resources
    }
}

extension GPUs {
    /// More than there can be; what is greater isn't believed.
    static var most: Int { 1 << 32 }

    /// - Parameters:
    ///   - total: all of them; nil where only types are known.
    ///   - types: what is known of their types; doesn't count where it is more than there are.
    init(total: Int?, types: [Group]) {
        guard !types.isEmpty || total ?? 0 != 0 else {
            self.init()
            return
        }
        let known = types.reduce(0) { $0 &+ $1.count }
        let rest = (total ?? known) - known
        if rest == 0 {
            self.init(merging: types)
        } else {
            let untyped = Group(type: .empty, count: rest < 0 ? known + rest : rest)
            self.init(merging: rest < 0 ? [untyped] : types + [untyped])
        }
    }

    private static func hasRepeatedType(_ groups: [Group]) -> Bool {
        groups.indices.contains { index in groups[..<index].contains { $0.type == groups[index].type } }
    }

    /// Slurm names a type once for each of its devices' places.
    init(merging groups: [Group]) {
        guard Self.hasRepeatedType(groups) else {
            self.init(groups)
            return
        }
        var merged: [Group] = []
        for group in groups {
            if let index = merged.firstIndex(where: { $0.type == group.type }) {
                merged[index].count &+= group.count
            } else {
                merged.append(group)
            }
        }
        self.init(merged)
    }
}
