extension Cluster {
    /// The partitions of a node, in the order of the configuration; empty for a node in none.
    public func partitions(of node: Node) -> PartitionList {
        node.partitions.exists ? partitionLists[node.partitions] : []
    }

    /// Where a node counts when it must count once: the first of its partitions by name; `.none` where it has none.
    public func home(of node: Node) -> Ref<Partition> {
        partitions(of: node).min { partitions[$0].name < partitions[$1].name } ?? .none
    }

    /// GPUs of a node by group, and how many of them are in use.
    public func gpus(of node: Node) -> [(group: GPUGroup, inUse: UInt64)] {
        genericResources[node.generic].masks.map { ($0.group, node.gpusInUse & $0.mask) }
    }

    /// What a node has for jobs.
    public func resources(of node: Node) -> Resources {
        Resources(
            cpus: node.effectiveCPUs, memory: Int(node.memory) - Int(node.specializedMemory), nodes: 1,
            gpus: genericResources[node.generic].gpuCount)
    }

    /// What jobs have of a node.
    public func allocated(on node: Node) -> Resources {
        Resources(
            cpus: Int(node.allocatedCPUs), memory: Int(node.allocatedMemory), nodes: node.holders > 0 ? 1 : 0,
            gpus: node.gpusInUse.nonzeroBitCount)
    }

    /// All nodes of a partition together.
    public func resources(of partition: Partition) -> Resources {
        partition.nodes.reduce(into: Resources()) { sum, node in sum += resources(of: nodes[node]) }
    }

    public func gpusByType(of partition: Partition) -> [(type: Ref<GPUType>, count: Int)] {
        var counts: [(type: Ref<GPUType>, count: Int)] = gpuTypes.refs.map { ($0, 0) }
        for node in partition.nodes {
            for group in genericResources[nodes[node].generic].gpus where group.type.exists {
                counts[group.type.index].count += group.count
            }
        }
        return counts.filter { $0.count > 0 }
    }
}
