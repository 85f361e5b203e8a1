import SimulatedCluster

/// What a job has on its nodes, down to the cores. Only with DETAIL.
extension Source {
    func showsResources(of job: Job) -> Bool {
        shows.contains(.detail) && (job.state.holdsResources || job.state.flags.contains(.completing))
            && !cluster.listedNodes(of: job).isEmpty
    }

    func shownShares(of job: Job) -> [NodeShare] {
        showsResources(of: job) ? cluster.shares(of: job) : []
    }
}

extension JSONWriter {
    mutating func gresDetail(of job: Job, _ source: Source) {
        let shares = source.shows.contains(.detail) ? source.shownShares(of: job).filter { $0.gpus != 0 } : []
        list(shares) { share, writer in
            writer.string { source.cluster.append(gresDetail: share, to: &$0) }
        }
    }

    /// An empty object for a job without any up to release 24.05, null later.
    mutating func resources(of job: Job, _ source: Source) {
        switch (source.showsResources(of: job), source.version) {
        case (false, _): if source.release <= .v2405 { emptyObject() } else { null() }
        case (true, ...APIVersion.v40): legacyResources(of: job, source)
        case (true, _): currentResources(of: job, source)
        }
    }

    /// Up to v0.0.40: cores by socket as objects whose keys are numbers, and only those that are allocated.
    mutating func legacyResources(of job: Job, _ source: Source) {
        let shares = source.shownShares(of: job)
        object { writer in
            writer.key("nodes")
            writer.string { source.cluster.append(hostlist: shares.map { $0.node }, to: &$0) }
            writer.member("allocated_cores", shares.reduce(0) { $0 + Int($1.cpus) })
            if writer.dialect.version >= .v39 { writer.member("allocated_cpus", 0) }
            writer.member("allocated_hosts", shares.count)
            writer.key("allocated_nodes")
            writer.list(shares) { $1.legacyNode($0, source) }
        }
    }

    private mutating func legacyNode(_ share: NodeShare, _ source: Source) {
        let node = source.cluster.nodes[share.node]
        object { writer in
            writer.key("sockets")
            writer.object { $0.legacySockets(of: node, cores: node.cores(for: share)) }
            writer.key("nodename")
            writer.string { source.cluster.append(node.name, to: &$0) }
            writer.member("cpus_used", 0)
            writer.member("memory_used", 0)
            writer.member("memory_allocated", Int(share.memory))
        }
    }

    private mutating func legacySockets(of node: Node, cores: Int) {
        let perSocket = Int(node.coresPerSocket)
        for socket in 0..<(cores + perSocket - 1) / perSocket {
            key(named: "\(socket)")
            object { writer in
                writer.key("cores")
                writer.object { writer in
                    for core in 0..<min(perSocket, cores - socket * perSocket) {
                        writer.key(named: "\(core)")
                        writer.ascii("allocated")
                    }
                }
            }
        }
    }

    /// From v0.0.41 on: every core of every node, whether allocated or not.
    private mutating func currentResources(of job: Job, _ source: Source) {
        let shares = source.cluster.shares(of: job)
        object { writer in
            writer.key("select_type")
            writer.list(writer.dialect.version >= .v45 ? ["CR_CORE_MEMORY"] : ["CORE", "MEMORY"] as [StaticString]) {
                $1.ascii($0)
            }
            writer.key("nodes")
            writer.object { $0.currentNodes(shares, job, source) }
            writer.member("cpus", shares.reduce(0) { $0 + Int($1.cpus) })
            writer.key("threads_per_core")
            writer.number(.unset)
        }
    }

    private mutating func currentNodes(_ shares: [NodeShare], _ job: Job, _ source: Source) {
        member("count", shares.count)
        key("select_type")
        list(CollectionOfOne<StaticString>(job.request.exclusive ? "RESERVED" : "AVAILABLE")) { $1.ascii($0) }
        key("list")
        string { source.cluster.append(hostlist: shares.map { $0.node }, to: &$0) }
        key("whole")
        bool(job.request.exclusive)
        key("allocation")
        list(shares.enumerated()) { $1.currentNode($0.element, index: $0.offset, source) }
    }

    private mutating func currentNode(_ share: NodeShare, index: Int, _ source: Source) {
        let node = source.cluster.nodes[share.node]
        object { writer in
            writer.member("index", index)
            writer.key("name")
            writer.string { source.cluster.append(node.name, to: &$0) }
            writer.key("cpus")
            writer.object { writer in
                writer.member("count", Int(share.cpus))
                writer.member("used", 0)
            }
            writer.key("memory")
            writer.object { writer in
                writer.member("used", 0)
                writer.member("allocated", Int(share.memory))
            }
            writer.key("sockets")
            writer.currentSockets(of: node, cores: node.cores(for: share))
        }
    }

    private mutating func currentSockets(of node: Node, cores: Int) {
        let perSocket = Int(node.coresPerSocket)
        list(0..<Int(node.sockets)) { socket, writer in
            writer.object { writer in
                writer.member("index", socket)
                writer.key("cores")
                writer.list(0..<perSocket) { $1.core($0, isAllocated: socket * perSocket + $0 < cores) }
            }
        }
    }

    private mutating func core(_ index: Int, isAllocated: Bool) {
        object { writer in
            writer.member("index", index)
            writer.key("status")
            writer.list(CollectionOfOne<StaticString>(isAllocated ? "ALLOCATED" : "UNALLOCATED")) { $1.ascii($0) }
        }
    }
}

extension Node {
    /// The simulated clusters don't say which cores a job has: its are the first ones.
    func cores(for share: NodeShare) -> Int {
        let threads = max(1, Int(threadsPerCore))
        return min(Int(sockets) * Int(coresPerSocket), (Int(share.cpus) + threads - 1) / threads)
    }
}
