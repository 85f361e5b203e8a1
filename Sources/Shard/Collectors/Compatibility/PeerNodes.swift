import Slurm

/// Nodes counted together, with what other exporters tell apart by state.
struct PeerNodes: KeyedSum {
    struct InState: Sendable {
        var nodes = 0
        var cpus = Sum()
        var allocatedCPUs = Sum()
        var allocatedMemoryBytes = Sum()
    }

    private(set) var all = NodeSum()
    private var byState = [InState](repeating: InState(), count: NodeStates.names.count)
    private var byBase: [NodeState.Base: Int] = [:]
    private(set) var weight = Sum()
    private(set) var unusedCPUs = Sum()
    /// With the flag drain, and jobs or none.
    private(set) var draining = 0
    private(set) var drained = 0

    mutating func add(_ node: borrowing NodeRecord) {
        all.add(node)
        byBase[node.state.base, default: 0] += 1
        weight.add(node.weight)
        unusedCPUs.add(node.unusedCPUs)
        if node.state.isDraining { draining += 1 } else if node.state.flags.contains(.drain) { drained += 1 }
        let place = NodeStates.place(of: node.state)
        byState[place].nodes += 1
        byState[place].cpus.add(node.cpus)
        byState[place].allocatedCPUs.add(node.allocatedCPUs)
        byState[place].allocatedMemoryBytes.add(node.allocatedMemoryBytes)
    }

    subscript(_ base: NodeState.Base) -> Int { byBase[base] ?? 0 }

    /// In states with these names.
    func count(_ names: String...) -> Int {
        all.states.reduce(0) { names.contains($1.name) ? $0 + $1.count : $0 }
    }

    /// What jobs can't have now, as sinfo counts it: neither allocated nor idle.
    var otherCPUs: Int? {
        guard let total = all.total(\.cpus), let allocated = all.total(\.allocatedCPUs),
            let idle = all.total(\.idleCPUs)
        else { return nil }
        return max(0, total - allocated - idle)
    }

    /// 0 where no type is known, nothing where Slurm doesn't track them.
    var allocatedGPUs: Int? { all.gpus.groups.isEmpty ? 0 : all.allocatedGPUs?.total }

    /// By state that some node is in.
    func shares(_ amount: (InState) -> Int?) -> [Share] {
        zip(NodeStates.names, byState).compactMap { name, content in
            content.nodes > 0 ? amount(content).map { Share(name, number: $0) } : nil
        }
    }
}

extension NodeState {
    /// Whether jobs still have a node that is to be drained.
    fileprivate var isDraining: Bool {
        flags.contains(.drain) && (flags.contains(.completing) || [.allocated, .mixed, .error].contains(base))
    }
}
