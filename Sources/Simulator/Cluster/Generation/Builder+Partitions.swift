extension Builder {
    private typealias Kind = (name: Text, nodes: [Ref<Node>], adjust: (inout Partition) -> Void)

    /// Partitions overlap, as a site's do: a general one, views of special hardware, queues over everything,
    /// departments that share a slice with the next, and two that come and go.
    mutating func buildPartitions() {
        let nodes = Array(cluster.nodes.refs)
        let plain = nodes.filter { !hasGPUs($0) && !isFat($0) }
        let count = max(1, cluster.parameters.partitions)
        let kinds = firstKinds(nodes, plain) + otherKinds(nodes, plain)
        for kind in kinds.prefix(count) where !kind.nodes.isEmpty { add(kind.name, kind.nodes, kind.adjust) }
        addDepartments(max(0, count - kinds.count), nodes)
        if cluster.partitions.isEmpty { add("batch", nodes) { $0.flags = .isDefault } }
        add("popup", Array(nodes.prefix(4))) { $0.exists = false }
        add("weekend", plain) { $0.exists = false }
    }

    private func firstKinds(_ nodes: [Ref<Node>], _ plain: [Ref<Node>]) -> [Kind] {
        let batch: Kind = ("batch", plain, { ($0.flags, $0.maxTime) = (.isDefault, TimeLimit(minutes: 2880)) })
        let gpu: Kind = ("gpu", nodes.filter(hasGPUs), { ($0.priorityTier, $0.maxCPUsPerNode) = (2, 64) })
        let ends = Array(nodes.prefix(2) + nodes.suffix(2))
        let debug: Kind = ("debug", ends, { ($0.maxTime, $0.maxNodes) = (TimeLimit(minutes: 30), 2) })
        return [batch, gpu, debug]
    }

    private func otherKinds(_ nodes: [Ref<Node>], _ plain: [Ref<Node>]) -> [Kind] {
        let half = Array(plain.prefix(plain.count / 2))
        let long: Kind = ("long", half, { ($0.maxTime, $0.priorityTier) = (.unlimited, 0) })
        let fat: Kind = ("bigmem", nodes.filter(isFat), { $0.defaultMemoryPerCPU = 32_768 })
        let preempt: Kind = ("preempt", nodes, { ($0.preempts, $0.graceTime) = (true, 60) })
        return [long, fat, preempt]
    }

    private mutating func addDepartments(_ count: Int, _ nodes: [Ref<Node>]) {
        for department in 0..<count {
            add(
                Text(bytes: Array("dept\(department + 1)".utf8)), slice(department, of: count, from: nodes)
            ) { $0.priorityTier = 3 }
        }
    }
    /// A slice half of which the next one has too.
    private func slice(_ index: Int, of count: Int, from nodes: [Ref<Node>]) -> [Ref<Node>] {
        let length = max(1, 2 * nodes.count / (count + 1))
        let first = min(index * length / 2, nodes.count - length)
        return Array(nodes[max(0, first)..<min(nodes.count, max(0, first) + length)])
    }

    mutating func add(_ name: Text, _ nodes: [Ref<Node>], _ adjust: (inout Partition) -> Void = { _ in }) {
        var partition = Partition(name: name)
        partition.nodes = nodes
        partition.maxTime = TimeLimit(minutes: 10_080)
        partition.defaultTime = TimeLimit(minutes: 60)
        adjust(&partition)
        cluster.partitions.append(partition)
    }

    private func hasGPUs(_ node: Ref<Node>) -> Bool {
        cluster.genericResources[cluster.nodes[node].generic].gpuCount > 0
    }

    private func isFat(_ node: Ref<Node>) -> Bool {
        cluster.nodes[node].memory > 4_000_000
    }
}
