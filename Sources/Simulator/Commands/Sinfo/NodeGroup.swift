import SimulatedCluster

/// A line of sinfo: nodes of one partition that don't differ in what is shown of them. There may be none.
struct NodeGroup: Sendable {
    let partition: Ref<Partition>
    private(set) var nodes: [Ref<Node>] = []
    private(set) var cpus = CPUs()
    private(set) var states = States()

    struct CPUs: Sendable {
        var allocated = 0
        var idle = 0
        var other = 0
        var total = 0
    }

    struct States: Sendable {
        var allocated = 0
        var idle = 0
        var other = 0
        var total: Int { allocated + idle + other }
    }

    init(partition: Ref<Partition>) {
        self.partition = partition
    }

    /// Counts one more node, as sinfo does: CPUs in use are allocated even where the node drains.
    mutating func add(_ ref: Ref<Node>, _ node: Node) {
        nodes.append(ref)
        let isOut = node.state.flags.contains(.drain) || node.state.base == .down
        if node.state.base == .allocated || node.state.base == .mixed || node.state.flags.contains(.completing) {
            states.allocated += 1
        } else if isOut {
            states.other += 1
        } else {
            states.idle += 1
        }
        let unused = Int(node.cpus) - Int(node.allocatedCPUs)
        cpus.allocated += Int(node.allocatedCPUs)
        cpus.total += Int(node.cpus)
        if isOut { cpus.other += unused } else { cpus.idle += unused }
    }
}

extension Report {
    func first(of group: NodeGroup) -> Node? { group.nodes.first.map { cluster.nodes[$0] } }

    /// Appends one number for all nodes of a group, or the least with a "+" where they differ.
    func append(
        _ group: NodeGroup, to buffer: inout [UInt8], _ value: (Node) -> UInt32,
        _ write: (Node, inout [UInt8]) -> Void
    ) {
        guard var least = first(of: group) else { return buffer.append(UInt8(ascii: "0")) }
        var differs = false
        for ref in group.nodes.dropFirst() {
            let node = cluster.nodes[ref]
            differs = differs || value(node) != value(least)
            if value(node) < value(least) { least = node }
        }
        write(least, &buffer)
        if differs { buffer.append(UInt8(ascii: "+")) }
    }

    func append(_ group: NodeGroup, to buffer: inout [UInt8], number value: (Node) -> UInt32) {
        append(group, to: &buffer, value) { $1.append(decimal: value($0)) }
    }
}
