import ServiceRuntime

/// Nodes that were bought together.
struct Hardware {
    let prefix: Text
    let sockets: UInt8
    let cores: UInt16
    let threads: UInt8
    /// MiB
    let memory: UInt32
    let gpus: [(type: String?, count: Int, sockets: Text)]
    let features: Text

    var cpus: Int { Int(sockets) * Int(cores) * Int(threads) }

    static let small = Hardware(
        prefix: "cn", sockets: 2, cores: 24, threads: 1, memory: 192_000, gpus: [], features: "cascadelake,ib")
    static let large = Hardware(
        prefix: "cx", sockets: 2, cores: 32, threads: 2, memory: 515_000, gpus: [], features: "milan,ib,avx2")
    static let fat = Hardware(
        prefix: "fat", sockets: 4, cores: 48, threads: 1, memory: 6_291_456, gpus: [], features: "bigmem")

    static let gpu = [
        Hardware(
            prefix: "gh", sockets: 2, cores: 56, threads: 2, memory: 1_612_647,
            gpus: [("h100", 4, "0"), ("h100", 4, "1")], features: "h100,nvlink"),
        Hardware(
            prefix: "ga", sockets: 2, cores: 32, threads: 1, memory: 512_000, gpus: [("a100", 4, "0-1")],
            features: "a100"),
        Hardware(
            prefix: "gm", sockets: 2, cores: 24, threads: 1, memory: 384_000,
            gpus: [("1g.10gb", 7, "0"), ("3g.40gb", 2, "1")], features: "mig"),
        Hardware(
            prefix: "gv", sockets: 2, cores: 20, threads: 1, memory: 192_000, gpus: [(nil, 8, .empty)],
            features: "v100"),
    ]
}

extension Hardware {
    var gpuCount: Int { gpus.reduce(0) { $0 + $1.count } }

    /// Nodes of all kinds for a number of GPUs, the last one of its own kind; fewer where there are too few nodes.
    static func holding(_ gpus: Int, nodes: Int) -> [(hardware: Hardware, count: Int)] {
        let ofEach = min(gpus / gpu.reduce(0) { $0 + $1.gpuCount }, nodes / gpu.count)
        var bought = gpu.map { (hardware: $0, count: ofEach) }
        let last = gpu[gpu.count - 1]
        let missing = gpus - bought.reduce(0) { $0 + $1.hardware.gpuCount * $1.count }
        let room = nodes - ofEach * gpu.count
        let more = min(missing / last.gpuCount, room)
        bought[gpu.count - 1].count += more
        let rest = missing - more * last.gpuCount
        if rest > 0, more < room { bought.append((last.with(gpus: rest), 1)) }
        return bought
    }

    private func with(gpus: Int) -> Hardware {
        Hardware(
            prefix: "gx", sockets: sockets, cores: cores, threads: threads, memory: memory,
            gpus: [(nil, gpus, .empty)], features: features)
    }
}

extension Builder {
    mutating func buildHardware() {
        cluster.gpuTypes = ["h100", "a100", "1g.10gb", "3g.40gb", "l40s", "mi300x"].map { GPUType(name: $0) }
        let nodes = cluster.parameters.nodes
        let fat = nodes >= 16 ? max(1, nodes / 50) : 0
        let gpu = gpuHardware(nodes: nodes, most: nodes - fat)
        let others = nodes - fat - gpu.reduce(0) { $0 + $1.count }
        add(.small, count: others - others / 2)
        add(.large, count: others / 2)
        add(.fat, count: fat)
        for (hardware, count) in gpu { add(hardware, count: count) }
    }

    private func gpuHardware(nodes: Int, most: Int) -> [(hardware: Hardware, count: Int)] {
        if let gpus = cluster.parameters.gpus { return Hardware.holding(gpus, nodes: most) }
        let quarter = nodes / 4
        return Hardware.gpu.enumerated().map { ($1, quarter / 4 + ($0 < quarter % 4 ? 1 : 0)) }
    }

    private mutating func add(_ hardware: Hardware, count: Int) {
        let prefix = intern(hardware.prefix)
        let width = UInt8(max(2, "\(count)".utf8.count))
        for number in 1...max(1, count) where number <= count {
            let name = NodeName(prefix: prefix, number: UInt32(number), width: width)
            var node = makeNode(name, hardware)
            node.bootTime = cluster.now - random.within(86_400...8_000_000)
            node.slurmdStart = node.bootTime + 95
            node.lastBusy = cluster.now - random.within(0...7200)
            cluster.nodes.append(node)
        }
    }

    /// A node as it comes: idle, reported, in no partition.
    mutating func makeNode(_ name: NodeName, _ hardware: Hardware) -> Node {
        let features = intern(hardware.features)
        let empty = intern(.empty)
        return Node(
            name: name, state: NodeState(.idle), partitions: .none, cpus: UInt32(hardware.cpus),
            sockets: hardware.sockets, coresPerSocket: hardware.cores, threadsPerCore: hardware.threads,
            memory: hardware.memory, freeMemory: hardware.memory / 100 * 96, cpuLoad: 3,
            temporaryDisk: 480_000, generic: generic(hardware.gpus), features: features, activeFeatures: features,
            version: intern("25.05.4"), operatingSystem: intern("Linux 6.1.0-37-amd64 #1 SMP Debian 6.1.140-1"),
            architecture: intern("x86_64"), reason: empty, comment: empty, extra: empty, instanceID: empty,
            instanceType: empty, watts: UInt16(180 + hardware.cpus))
    }

    mutating func generic(
        _ gpus: [(type: String?, count: Int, sockets: Text)], others: Text = .empty
    ) -> Ref<GenericResources> {
        let groups = gpus.map { GPUGroup(type: gpuType($0.type), count: $0.count, sockets: $0.sockets) }
        return cluster.genericResources.intern(GenericResources(gpus: groups, others: others))
    }

    private func gpuType(_ name: String?) -> Ref<GPUType> {
        guard let name else { return .none }
        return cluster.gpuTypes.refs.first { cluster.gpuTypes[$0].name.bytes.elementsEqual(name.utf8) } ?? .none
    }
}
