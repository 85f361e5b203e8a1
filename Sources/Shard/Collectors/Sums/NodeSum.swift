import Slurm

/// Nodes counted together.
struct NodeSum: Subtotal {
    private(set) var nodes = 0
    private(set) var withJobs = 0
    /// Of which no slurmd ever reported.
    private(set) var unreported = 0
    private var byState = [Int](repeating: 0, count: NodeStates.names.count)
    private var byFlag = [Int](repeating: 0, count: NodeStates.flags.count)
    private var cpusByState = [Sum](repeating: Sum(), count: NodeStates.names.count)
    private var effectiveCPUsByState = [Sum](repeating: Sum(), count: NodeStates.names.count)
    private var memoryByState = [Sum](repeating: Sum(), count: NodeStates.names.count)
    private(set) var cpus = Sum()
    private(set) var effectiveCPUs = Sum()
    private(set) var allocatedCPUs = Sum()
    private(set) var idleCPUs = Sum()
    private(set) var memoryBytes = Sum()
    private(set) var effectiveMemoryBytes = Sum()
    private(set) var allocatedMemoryBytes = Sum()
    private(set) var freeMemoryBytes = Sum()
    /// Slurm has two decimals.
    private var hundredthsOfLoad = Sum()
    /// Of nodes with jobs that have reported, and the CPUs that jobs have there.
    private var hundredthsOfBusyLoad = Sum()
    private var busyCPUs = Sum()
    private var tenthsOfWatts = Sum()
    private(set) var gpus = GPUSum()
    private var gpusByState: [(state: Int, gpus: GPUSum)] = []
    private var gpusInUse: GPUSum?

    /// Of what every version says of every node: 0 where there are no nodes.
    func total(_ amount: KeyPath<NodeSum, Sum>) -> Int? {
        nodes == 0 ? 0 : self[keyPath: amount].known
    }

    mutating func add(_ node: borrowing NodeRecord) {
        let state = NodeStates.place(of: node.state)
        nodes += 1
        byState[state] += 1
        if node.hasJobs { withJobs += 1 }
        if !node.state.flags.isEmpty { add(node.state.flags) }
        cpusByState[state].add(node.cpus)
        effectiveCPUsByState[state].add(node.effectiveCPUs)
        cpus.add(node.cpus)
        effectiveCPUs.add(node.effectiveCPUs)
        allocatedCPUs.add(node.allocatedCPUs)
        idleCPUs.add(node.idleCPUs)
        addMemory(node, state)
        addLoad(node)
        tenthsOfWatts.add(node.watts.flatMap { Int(exactly: ($0 * 10).rounded()) })
        if !node.gpus.isEmpty { addGPUs(node, state) }
    }

    private mutating func add(_ flags: NodeState.Flags) {
        for (place, flag) in NodeStates.flags.enumerated() where flags.contains(flag.flag) { byFlag[place] += 1 }
    }

    private mutating func addMemory(_ node: borrowing NodeRecord, _ state: Int) {
        memoryByState[state].add(node.memoryBytes)
        memoryBytes.add(node.memoryBytes)
        effectiveMemoryBytes.add(node.effectiveMemoryBytes)
        allocatedMemoryBytes.add(node.allocatedMemoryBytes)
        freeMemoryBytes.add(node.freeMemoryBytes)
        if node.freeMemoryBytes == nil { unreported += 1 }
    }

    private mutating func addLoad(_ node: borrowing NodeRecord) {
        guard let load = node.load.flatMap({ Int(exactly: ($0 * 100).rounded()) }) else { return }
        hundredthsOfLoad.add(load)
        guard node.hasJobs else { return }
        hundredthsOfBusyLoad.add(load)
        busyCPUs.add(node.allocatedCPUs)
    }

    private mutating func addGPUs(_ node: borrowing NodeRecord, _ state: Int) {
        gpus.add(node.gpus)
        if let place = gpusByState.firstIndex(where: { $0.state == state }) {
            gpusByState[place].gpus.add(node.gpus)
        } else {
            gpusByState.append((state, GPUSum()))
            gpusByState[gpusByState.count - 1].gpus.add(node.gpus)
        }
        guard let allocated = node.allocatedGPUs else { return }
        var inUse = gpusInUse ?? GPUSum()
        // Types of which none is in use are 0, not absent.
        for group in node.gpus.groups { inUse.add(0, of: group.type) }
        inUse.add(allocated)
        gpusInUse = inUse
    }

    subscript(_ state: Int) -> Int { byState[state] }

    subscript(_ flag: NodeState.Flags) -> Int {
        NodeStates.flags.firstIndex { $0.flag == flag }.map { byFlag[$0] } ?? 0
    }

    var load: Double? { hundredthsOfLoad.known.map { Double($0) / 100 } }
    /// Load of the CPUs that jobs have, in percent.
    var busyness: Double? {
        guard let load = hundredthsOfBusyLoad.known, let cpus = busyCPUs.known, cpus > 0 else { return nil }
        return Double(load) / Double(cpus)
    }
    var watts: Double? { tenthsOfWatts.known.map { Double($0) / 10 } }
    var allocatedGPUs: GPUSum? { gpusInUse }

    /// The usual states, and whatever else nodes are in.
    var states: [(name: String, count: Int)] {
        counts(byState.map { .some($0) })
    }

    var cpusInStates: [(name: String, count: Int)] { counts(cpusByState.map(\.known)) }
    var memoryInStates: [(name: String, count: Int)] { counts(memoryByState.map(\.known)) }
    var effectiveCPUsInStates: [(name: String, count: Int)] { counts(effectiveCPUsByState.map(\.known)) }

    /// A state that no node is in is 0, unless nothing is known of any.
    private func counts(_ numbers: [Int?]) -> [(name: String, count: Int)] {
        guard numbers.contains(where: { $0 != nil }) else { return [] }
        return numbers.indices.compactMap { state in
            guard NodeStates.isUsual(state) || byState[state] > 0 else { return nil }
            return (NodeStates.names[state], numbers[state] ?? 0)
        }
    }

    var flagsInUse: [(name: String, count: Int)] {
        zip(NodeStates.flags, byFlag).filter { $1 > 0 }.map { ($0.name, $1) }
    }

    func gpuStates(_ symbols: borrowing Symbols) -> [Share] {
        var shares: [Share] = []
        for entry in gpusByState {
            for group in entry.gpus.groups {
                shares.append(Share(NodeStates.names[entry.state], symbols[group.type], number: group.count))
            }
        }
        return shares
    }
}
