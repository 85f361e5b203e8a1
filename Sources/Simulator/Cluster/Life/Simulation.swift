import ServiceRuntime

/// A Slurm cluster that lives: jobs come, wait, run and end; nodes fail, drain and return; partitions come and go.
///
/// A value without clocks or I/O: the same parameters and number of steps give the same cluster everywhere.
public struct Simulation: Sendable {
    /// The state after the last step. A copy of it is a snapshot that later steps leave alone.
    public internal(set) var cluster: Cluster

    var random: SeededGenerator
    var workload: Workload
    var nextJobID: UInt32
    /// Running tasks of arrays that have a throttle, by array.
    var runningTasks: [UInt32: Int] = [:]
    /// Running jobs of a user in a QOS that limits them.
    var runningOfUser: [UserInQOS: Int] = [:]
    /// Records of the menagerie, which the asked number does not include.
    var oddJobs = 0
    /// Where the last search for nodes of a partition ended.
    var searchedUpTo: [Int]

    struct UserInQOS: Hashable, Sendable {
        let user: Ref<User>
        let qos: Ref<QOS>
    }

    public init(_ parameters: Parameters = Parameters()) {
        var builder = Builder(parameters: parameters)
        builder.build()
        cluster = builder.cluster
        random = SeededGenerator(seed: parameters.seed ^ 0x51_7CC1_B727_220A)
        workload = Workload(cluster: builder.cluster)
        nextJobID = 1000
        searchedUpTo = [Int](repeating: 0, count: builder.cluster.partitions.count)
        warmUp()
        if parameters.hasMenagerie {
            let ordinary = cluster.jobs.count
            addMenagerie()
            oddJobs = cluster.jobs.count - ordinary
        }
        settle()
    }

    /// Moves the cluster on by `parameters.stepSeconds`.
    public mutating func step() {
        cluster.now = cluster.now + cluster.parameters.stepSeconds
        cluster.step += 1
        cluster.events.lastStarts.removeAll(keepingCapacity: true)
        cluster.events.lastEnds.removeAll(keepingCapacity: true)
        turnDay()
        changePartitions()
        let lost = changeNodes()
        var pending = moveJobs(lost: lost)
        pending += submitArrivals()
        let cycle = schedule(&pending)
        updateReservations()
        measureNodes()
        count(cycle)
    }

    public mutating func run(steps: Int) {
        for _ in 0..<steps { step() }
    }

    /// Lives through as long as the controller remembers ended jobs, so that the first state is an ordinary one.
    private mutating func warmUp() {
        let steps = max(1, cluster.parameters.minJobAge / cluster.parameters.stepSeconds)
        let start = cluster.now
        cluster.now = start - steps * cluster.parameters.stepSeconds
        fillWithRunningJobs()
        run(steps: steps)
        cluster.step = 0
    }

    /// Begins the counts anew: what happened before step 0 is no event.
    private mutating func settle() {
        cluster.events = Events()
        countResources()
    }

    private mutating func countResources() {
        let total = cluster.nodes.reduce(into: Resources()) { $0 += cluster.resources(of: $1) }
        for index in cluster.tres.indices {
            guard Resources.tracked.contains(cluster.tres[index].id) else { continue }
            cluster.tres[index].count = total.amount(of: cluster.tres[index])
        }
        for index in cluster.tres.indices where cluster.tres[index].id >= 1002 {
            let type = Ref<GPUType>(cluster.tres[index].id - 1002)
            cluster.tres[index].count = cluster.nodes.reduce(0) { $0 + cluster.count(of: type, in: $1) }
        }
    }
}

extension Cluster {
    func count(of type: Ref<GPUType>, in node: Node) -> Int {
        genericResources[node.generic].gpus.reduce(0) { $1.type == type ? $0 + $1.count : $0 }
    }
}
