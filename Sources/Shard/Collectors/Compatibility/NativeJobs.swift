import Slurm

/// Jobs counted together, and the nodes that they have between them.
struct NativeJobs: KeyedSum {
    private(set) var counts = PeerJobs()
    private var nodes: Set<String> = []

    mutating func add(_ job: borrowing JobRecord) {
        counts.add(job)
        guard job.holdsResources, !job.nodeList.isEmpty else { return }
        // Most jobs have one node.
        guard job.nodeList.utf8.contains(where: { ",[".utf8.contains($0) }) else {
            nodes.insert(job.nodeList)
            return
        }
        nodes.formUnion(HostList(job.nodeList)?.names ?? [])
    }

    /// Nodes that running and suspended jobs have, each once.
    var allocatedNodes: Int { nodes.count }
}

extension PeerJobs {
    /// For good, whether they ran or not.
    var ended: Int {
        [
            JobState.Base.completed, .cancelled, .failed, .timeout, .preempted, .deadline, .nodeFail, .bootFail,
            .outOfMemory,
        ].reduce(0) { Sum.adding($0, all[$1]) }
    }

    var begun: Int { Sum.adding(ended, Sum.adding(all[.running], all[.suspended])) }
}
