import SimulatedCluster

/// Which nodes sinfo shows, and which of them on one line.
struct NodeGrouping {
    /// `-N`: a line for every node in every partition.
    var isByNode = false
    /// What `Field.write` of these gives decides, next to the partition, whether nodes share a line.
    var distinguishing: [Field<NodeGroup>] = []
    var allPartitions = false
    var partitions: [Text]?
    var nodes: [Text]?
    var states: [Text]?
    var onlyDead = false
    var onlyResponding = false
    /// `-R`: the partition doesn't matter, and only nodes that are out are of interest.
    var listsReasons = false
    /// FUTURE nodes are left out unless they are asked for.
    var showsFuture = false

    func groups(_ report: Report) -> [NodeGroup] {
        listsReasons ? reasonGroups(report) : partitionGroups(report)
    }

    private func partitionGroups(_ report: Report) -> [NodeGroup] {
        var groups: [NodeGroup] = []
        for partition in report.cluster.partitions.refs where admits(partition, report) {
            var own: [NodeGroup] = []
            var known: [[UInt8]: Int] = [:]
            for node in report.cluster.partitions[partition].nodes where admits(node, report) {
                add(node, of: partition, to: &own, &known, report)
            }
            if own.isEmpty, !isByNode { own = [NodeGroup(partition: partition)] }
            groups += own.sorted { stateOf($0, report) > stateOf($1, report) }
        }
        return isByNode ? groups.sorted { $0.nodes[0] < $1.nodes[0] } : groups
    }

    private func reasonGroups(_ report: Report) -> [NodeGroup] {
        var groups: [NodeGroup] = []
        var known: [[UInt8]: Int] = [:]
        for node in report.cluster.nodes.refs where admits(node, report) {
            guard let partition = report.cluster.partitions(of: report.cluster.nodes[node]).first else { continue }
            add(node, of: partition, to: &groups, &known, report)
        }
        return groups.sorted { stateOf($0, report) > stateOf($1, report) }
    }

    private func add(
        _ node: Ref<Node>, of partition: Ref<Partition>, to groups: inout [NodeGroup], _ known: inout [[UInt8]: Int],
        _ report: Report
    ) {
        let record = report.cluster.nodes[node]
        var single = NodeGroup(partition: partition)
        single.add(node, record)
        let key = isByNode ? [] : distinction(single, report)
        if !isByNode, let index = known[key] {
            groups[index].add(node, record)
        } else {
            known[key] = groups.count
            groups.append(single)
        }
    }

    private func distinction(_ group: NodeGroup, _ report: Report) -> [UInt8] {
        var key: [UInt8] = []
        for field in distinguishing {
            field.write(group, report, &key)
            key.append(0)
        }
        return key
    }

    private func stateOf(_ group: NodeGroup, _ report: Report) -> UInt64 {
        report.first(of: group)?.state.number ?? 0
    }

    private func admits(_ ref: Ref<Partition>, _ report: Report) -> Bool {
        let partition = report.cluster.partitions[ref]
        guard report.isShown(partition, all: allPartitions || partitions != nil) else { return false }
        return partitions?.contains(partition.name) ?? true
    }

    private func admits(_ ref: Ref<Node>, _ report: Report) -> Bool {
        let node = report.cluster.nodes[ref]
        if node.state.base == .future, !showsFuture { return false }
        let isDead = node.state.flags.contains(.notResponding)
        if (onlyDead && !isDead) || (onlyResponding && isDead) { return false }
        if let nodes {
            var name: [UInt8] = []
            report.append(nameOf: node, to: &name)
            guard nodes.contains(Text(bytes: name)) else { return false }
        }
        return states?.contains { node.state.isCalled($0) } ?? true
    }
}

extension NodeState {
    /// Whether `sinfo -t` with a word means this state: the effective one, the base, or one of the flags.
    func isCalled(_ name: Text) -> Bool {
        if name.equalsIgnoringCase("all") { return true }
        let wanted = name.repaired.lowercased()
        if "\(base.name)".lowercased() == wanted || "\(effective.abbreviation)" == wanted { return true }
        if effective.rawValue == wanted { return true }
        if wanted == "alloc" { return base == .allocated || base == .mixed }
        return Flags.names.contains { flags.contains($0.flag) && "\($0.name)".lowercased().hasPrefix(wanted) }
    }
}
