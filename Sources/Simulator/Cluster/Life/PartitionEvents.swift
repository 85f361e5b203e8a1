extension Simulation {
    /// Every few minutes an administrator creates, deletes, closes, opens or resizes a partition.
    mutating func changePartitions() {
        guard cluster.step > 0, cluster.step % 12 == 0 else { return }
        cluster.partitionsChanged = cluster.now
        switch cluster.step / 12 % 5 {
        case 0: toggle("popup")
        case 1: toggle("weekend")
        case 2: close()
        case 3: open()
        default: exchangeNodes()
        }
    }

    private func partition(named name: Text) -> Ref<Partition>? {
        cluster.partitions.refs.first { cluster.partitions[$0].name == name }
    }

    private mutating func toggle(_ name: Text) {
        guard let ref = partition(named: name) else { return }
        cluster.partitions[ref].exists.toggle()
        cluster.assignPartitionsToNodes()
    }

    private mutating func close() {
        guard let ref = changeable.last else { return }
        cluster.partitions[ref].state = cluster.step / 60 % 2 == 0 ? .down : .drain
    }

    private mutating func open() {
        for ref in changeable { cluster.partitions[ref].state = .up }
    }

    /// One node leaves the partition, or comes back to it.
    private mutating func exchangeNodes() {
        guard let ref = changeable.last, let node = cluster.partitions.first?.nodes.first else { return }
        if let index = cluster.partitions[ref].nodes.firstIndex(of: node) {
            guard cluster.partitions[ref].nodes.count > 1 else { return }
            cluster.partitions[ref].nodes.remove(at: index)
        } else {
            cluster.partitions[ref].nodes.append(node)
            cluster.partitions[ref].nodes.sort()
        }
        searchedUpTo[ref.index] = 0
        cluster.assignPartitionsToNodes()
    }

    /// Of the population, without those that come and go.
    private var changeable: [Ref<Partition>] {
        let count = workload.partitions
        return cluster.partitions.refs.prefix(count).filter { cluster.partitions[$0].exists }
    }
}
