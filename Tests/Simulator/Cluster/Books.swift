import Testing

@testable import SimulatedCluster

/// The sums over all jobs, made the slow way, to hold against what the cluster has counted as it went.
struct Books {
    struct Held: Equatable {
        var cpus = 0
        var memory = 0
        var gpus: UInt64 = 0
        var holders = 0
        var completers = 0
    }

    var nodes: [Held]
    var licenses: [Int]
    var associations: [Resources]
    var running: [Int]
    var submitted: [Int]
    var qos: [Resources]
    /// GPUs that two jobs were given at once.
    var doubleGPUs = 0

    init(_ cluster: Cluster) {
        nodes = [Held](repeating: Held(), count: cluster.nodes.count)
        licenses = [Int](repeating: 0, count: cluster.licenses.count)
        associations = [Resources](repeating: Resources(), count: cluster.associations.count)
        running = [Int](repeating: 0, count: cluster.associations.count)
        submitted = [Int](repeating: 0, count: cluster.associations.count)
        qos = [Resources](repeating: Resources(), count: cluster.qos.count)
        for job in cluster.jobs { enter(job, cluster) }
    }

    private mutating func enter(_ job: Job, _ cluster: Cluster) {
        let isOver = job.state.base.hasEnded
        for share in cluster.shares(of: job) {
            if job.state.holdsResources { hold(share) }
            if job.state.flags.contains(.completing), !share.isDone { nodes[share.node.index].completers += 1 }
        }
        var association = job.association
        while association.exists {
            if !isOver { submitted[association.index] += cluster.count(of: job) }
            if job.state.holdsResources {
                associations[association.index] += cluster.allocated(to: job)
                running[association.index] += 1
            }
            association = cluster.associations[association].parent
        }
        guard job.state.holdsResources else { return }
        if job.qos.exists { qos[job.qos.index] += cluster.allocated(to: job) }
        guard job.licenses.exists else { return }
        for entry in cluster.licenseLists[job.licenses] { licenses[entry.license.index] += entry.count }
    }

    private mutating func hold(_ share: NodeShare) {
        let node = share.node.index
        nodes[node].cpus += Int(share.cpus)
        nodes[node].memory += Int(share.memory)
        if nodes[node].gpus & share.gpus != 0 { doubleGPUs += 1 }
        nodes[node].gpus |= share.gpus
        nodes[node].holders += 1
    }
}

/// Everything that must hold in every state of a cluster.
func expectConsistent(_ cluster: Cluster, _ location: SourceLocation = #_sourceLocation) {
    let books = Books(cluster)
    #expect(books.doubleGPUs == 0, sourceLocation: location)
    for ref in cluster.nodes.refs {
        let node = cluster.nodes[ref]
        let counted = Books.Held(
            cpus: Int(node.allocatedCPUs), memory: Int(node.allocatedMemory), gpus: node.gpusInUse,
            holders: Int(node.holders), completers: Int(node.completers))
        #expect(counted == books.nodes[ref.index], "node \(ref.index)", sourceLocation: location)
        let room = cluster.resources(of: node)
        let fits = counted.cpus <= room.cpus && counted.memory <= room.memory
        #expect(fits, "node \(ref.index)", sourceLocation: location)
        let all = cluster.genericResources[node.generic].mask(of: .none)
        #expect(node.gpusInUse & ~all == 0, "node \(ref.index)", sourceLocation: location)
        #expect(node.state.flags.contains(.completing) == (node.completers > 0), sourceLocation: location)
        expectBase(of: node, location)
        for partition in cluster.partitions(of: node) {
            #expect(cluster.partitions[partition].nodes.contains(ref), sourceLocation: location)
        }
    }
    #expect(cluster.licenses.map(\.used) == books.licenses, sourceLocation: location)
    #expect(cluster.qos.map(\.usage.held) == books.qos, sourceLocation: location)
    #expect(cluster.associations.map(\.usage.held) == books.associations, sourceLocation: location)
    #expect(cluster.associations.map(\.usage.running) == books.running, sourceLocation: location)
    #expect(cluster.associations.map(\.usage.submitted) == books.submitted, sourceLocation: location)
}

private func expectBase(of node: Node, _ location: SourceLocation) {
    switch node.state.base {
    case .idle: #expect(node.holders == 0, sourceLocation: location)
    case .mixed, .allocated:
        let isFull = Int(node.allocatedCPUs) == node.effectiveCPUs
        #expect(node.holders > 0 && isFull == (node.state.base == .allocated), sourceLocation: location)
    case .unknown, .down, .error, .future: break
    }
}
