/// What a list of trackable resources says: `cpu=128,mem=187.50G,node=1,billing=128,gres/gpu=8,gres/gpu:h100=8`.
struct TRESText {
    var cpus: Int?
    var memoryBytes: Int?
    var nodes: Int?
    var billing: Double?
    /// All GPUs, whatever their type; nil where GPUs aren't tracked or there are none.
    var gpus: Int?
    var gpuTypes: [GPUs.Group] = []
    /// Whether a reading changed anything about them; for the reader's user to reset.
    var areGPUsChanged = false
    /// There was no text at all.
    var isEmpty = true

    mutating func read(_ bytes: RawSpan, _ reading: inout Reading) {
        let (oldCount, oldTypes) = (gpus, gpuTypes)
        forget()
        isEmpty = bytes.byteCount == 0
        bytes.split(.comma) { entry in
            if !read(entry: entry, &reading) { reading.note(unknown: .resources, entry) }
        }
        areGPUsChanged = areGPUsChanged || gpus != oldCount || gpuTypes != oldTypes
    }

    private mutating func forget() {
        cpus = nil
        memoryBytes = nil
        nodes = nil
        billing = nil
        gpus = nil
        gpuTypes = []
    }

    private mutating func read(entry: RawSpan, _ reading: inout Reading) -> Bool {
        guard let equals = entry.firstIndex(of: UInt8(ascii: "=")), equals > 0 else { return false }
        let amount = entry.extracting(equals + 1..<entry.byteCount)
        let name = entry.extracting(0..<equals)
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
            gpuTypes.append(GPUs.Group(type: type, count: count))
        }
        return true
    }

    var resources: Resources {
        var resources = Resources()
        resources.cpus = cpus
        resources.memoryBytes = memoryBytes
        resources.nodes = nodes
        resources.billing = billing
        resources.gpus = GPUs(total: gpus, types: gpuTypes)
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
        self.init(merging: (rest < 0 ? [] : types) + [Group(type: .empty, count: rest < 0 ? known + rest : rest)])
    }

    /// Slurm names a type once for each of its devices' places.
    init(merging groups: [Group]) {
        guard groups.count > 1 else {
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
