/// Nodes of the cluster or of a partition.
///
/// Nodes in state FUTURE are left out, as GET nodes, sinfo and scontrol leave them out unless asked.
public struct NodeTotals: Codable, Equatable, Sendable {
    public var nodes = 0
    /// By effective state (`NodeEffectiveState`): exclusive, so they sum to `nodes`.
    public var byState = Counts()
    /// By flag as slurmrestd names it: a node counts under each of its flags.
    public var byFlag = Counts()
    /// What nodes have for jobs, specialised cores and memory left out.
    public var total = Amount()
    /// What running and suspended jobs have.
    public var allocated = Amount()
    /// CPUs that the nodes have by effective state.
    public var cpusByState = Counts()
    /// All CPUs configured, specialised cores among them: what `cpus` of the nodes sums to.
    public var configuredCPUs = 0
    /// All memory configured: what `real_memory` of the nodes sums to.
    public var configuredMemoryBytes = 0
    public var gpusByState = Counts()
    /// Nodes of which no slurmd ever reported: load and free memory are not known.
    public var neverReported = 0
    /// Of the nodes that have reported.
    public var freeMemoryBytes = 0
    /// Times 100, of the nodes that have reported.
    public var cpuLoadTimes100 = 0
    public var watts = 0

    mutating func add(_ node: Node, in cluster: Cluster) {
        let state = node.state.effective.rawValue
        let room = cluster.resources(of: node)
        nodes += 1
        byState.add(1, to: state)
        for (flag, name) in NodeState.Flags.names where node.state.flags.contains(flag) {
            byFlag.add(1, to: "\(name)")
        }
        total.add(room)
        allocated.add(cluster.allocated(on: node))
        for (group, inUse) in cluster.gpus(of: node) {
            total.gpusByType.add(group.count, to: cluster.name(of: group.type))
            allocated.gpusByType.add(inUse.nonzeroBitCount, to: cluster.name(of: group.type))
        }
        cpusByState.add(room.cpus, to: state)
        gpusByState.add(room.gpus, to: state)
        configuredCPUs += Int(node.cpus)
        configuredMemoryBytes += Int(node.memory) << 20
        measure(node)
    }

    private mutating func measure(_ node: Node) {
        watts += Int(node.watts)
        if node.freeMemory == Node.unset {
            neverReported += 1
        } else {
            freeMemoryBytes += Int(node.freeMemory) << 20
            cpuLoadTimes100 += Int(node.cpuLoad)
        }
    }
}

extension Cluster {
    /// A type's name for people and labels; "" for GPUs without a type.
    func name(of type: Ref<GPUType>) -> String {
        type.exists ? gpuTypes[type].name.repaired : ""
    }
}
