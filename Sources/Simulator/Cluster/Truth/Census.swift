/// One walk over all nodes and jobs.
struct Census {
    var nodes = NodeTotals()
    var futureNodes = 0
    var jobs = JobTotals()
    var partitions: [PartitionTruth]
    var homelessNodes = NodeTotals()
    /// One more than there are: what belongs to none comes last.
    var users: [JobTotals]
    var accounts: [JobTotals]
    var qos: [JobTotals]

    init(_ cluster: Cluster) {
        partitions = cluster.partitions.map { PartitionTruth($0) }
        users = [JobTotals](repeating: JobTotals(), count: cluster.users.count + 1)
        accounts = [JobTotals](repeating: JobTotals(), count: cluster.accounts.count + 1)
        qos = [JobTotals](repeating: JobTotals(), count: cluster.qos.count + 1)
        for node in cluster.nodes { count(node, cluster) }
        for job in cluster.jobs { count(job, cluster) }
        partitions.removeAll { !$0.exists && $0.naturalJobs.records == 0 }
    }

    private mutating func count(_ node: Node, _ cluster: Cluster) {
        guard node.state.base != .future else {
            futureNodes += 1
            return
        }
        nodes.add(node, in: cluster)
        for partition in cluster.partitions(of: node) {
            partitions[partition.index].naturalNodes.add(node, in: cluster)
        }
        let home = cluster.home(of: node)
        if home.exists {
            partitions[home.index].homeNodes.add(node, in: cluster)
        } else {
            homelessNodes.add(node, in: cluster)
        }
    }

    private mutating func count(_ job: Job, _ cluster: Cluster) {
        jobs.add(job, in: cluster)
        for partition in cluster.partitions(of: job) {
            partitions[partition.index].naturalJobs.add(job, in: cluster)
        }
        partitions[cluster.home(of: job).index].homeJobs.add(job, in: cluster)
        users[job.user.index].add(job, in: cluster)
        accounts[job.account.exists ? job.account.index : accounts.count - 1].add(job, in: cluster)
        qos[job.qos.exists ? job.qos.index : qos.count - 1].add(job, in: cluster)
    }

    /// Those that have jobs.
    func owners<Owner>(_ totals: [JobTotals], _ owners: [Owner], name: (Owner) -> String) -> [OwnerTruth] {
        let names = owners.map(name) + [""]
        return zip(names, totals).filter { $1.records > 0 }.map { OwnerTruth(name: $0, jobs: $1) }
    }
}
