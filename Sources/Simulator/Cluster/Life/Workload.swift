import ServiceRuntime

/// What kind of jobs arrive: sized so that about three in ten of the asked number fit on the cluster at once, and as
/// long that one in ten has ended within the time for which the controller remembers it.
struct Workload: Sendable {
    private let usualCPUs: Int
    private let scaleSeconds: Int
    private let open: [Ref<Partition>]
    private let weights: [(weight: Int, element: Ref<Partition>)]
    private let associationsOfUser: [[Ref<Association>]]
    private let users: Int
    /// How many partitions were there when the cluster was made, those that come and go last.
    let partitions: Int

    init(cluster: Cluster) {
        let cpus = cluster.nodes.reduce(0) { $0 + $1.effectiveCPUs }
        usualCPUs = max(1, cpus * 10 / max(1, cluster.parameters.jobs * 3))
        scaleSeconds = max(1, cluster.parameters.minJobAge * 3)
        open = cluster.partitions.refs.filter { cluster.partitions[$0].exists && !cluster.partitions[$0].nodes.isEmpty }
        weights = open.map { (max(1, cluster.partitions[$0].nodes.count), $0) }
        users = cluster.users.count
        partitions = open.count
        var ofUser = [[Ref<Association>]](repeating: [], count: cluster.users.count)
        for association in cluster.associations.refs {
            let user = cluster.associations[association].user
            if user.exists { ofUser[user.index].append(association) }
        }
        associationsOfUser = ofUser
    }

    func draw(id: UInt32, in cluster: inout Cluster, _ random: inout SeededGenerator) -> Job {
        let user = Ref<User>(random.skewed(below: users))
        let association = random.pick(associationsOfUser[user.index])
        let home = random.pick(weighted: weights)
        let list = drawPartitions(home, &random)
        var job = Job.vacant
        job.id = id
        job.user = user
        job.association = association
        job.account = cluster.associations[association].account
        job.qos = drawQOS(cluster.associations[association].qos, &random)
        job.script = Ref(user.index * Builder.scriptsPerUser + random.below(Builder.scriptsPerUser))
        job.request = drawRequest(for: cluster.partitions[home], in: cluster, &random)
        job.requestedPartitions = cluster.partitionLists.intern(list)
        job.submitted = cluster.now
        job.eligible = cluster.now
        job.limit = drawLimit(cluster.partitions[home], cluster.qos[job.qos].limits.wall, &random)
        job.priority = priority(of: job, in: cluster, &random)
        if random.chance(9, in: 10) { job.traits.insert(.requeues) }
        return job
    }

    /// The home and sometimes others in which the job may start too.
    private func drawPartitions(_ home: Ref<Partition>, _ random: inout SeededGenerator) -> PartitionList {
        var list = [home]
        while list.count < 3, random.chance(1, in: 8) {
            let other = random.pick(open)
            if !list.contains(other) { list.append(other) }
        }
        return list
    }

    private func drawQOS(_ allowed: [Ref<QOS>], _ random: inout SeededGenerator) -> Ref<QOS> {
        random.chance(2, in: 3) ? allowed[0] : random.pick(allowed)
    }

    private func drawRequest(
        for partition: Partition, in cluster: Cluster, _ random: inout SeededGenerator
    ) -> JobRequest {
        let model = cluster.nodes[random.pick(partition.nodes)]
        let room = cluster.resources(of: model)
        let eighths = random.pick(weighted: [(20, 3), (25, 6), (30, 8), (15, 12), (10, 24)])
        let cpus = max(1, usualCPUs * eighths / 8)
        let nodes = min(max(1, cpus / room.cpus), max(1, partition.nodes.count / 4), partition.maxNodes.value ?? .max)
        let cpusPerNode = min(room.cpus, max(1, cpus / nodes))
        var request = JobRequest(
            cpusPerNode: UInt32(cpusPerNode), tasks: UInt32(max(1, nodes * cpusPerNode / 2)), memory: 0,
            nodes: UInt32(nodes), gpuType: .none, gpusPerNode: 0, memoryIsPerCPU: random.chance(1, in: 2),
            exclusive: random.chance(1, in: 25))
        drawGPUs(of: model, in: cluster, for: &request, &random)
        let perCPU = max(64, room.memory / room.cpus * random.within(10...90) / 100)
        request.memory = UInt32(request.memoryIsPerCPU ? perCPU : perCPU * Int(request.cpusPerNode))
        return request
    }

    private func drawGPUs(
        of model: Node, in cluster: Cluster, for request: inout JobRequest, _ random: inout SeededGenerator
    ) {
        let generic = cluster.genericResources[model.generic]
        guard generic.gpuCount > 0, random.chance(4, in: 5) else { return }
        let group = random.pick(generic.gpus)
        let wanted = min(group.count, random.pick(weighted: [(50, 1), (25, 2), (15, 4), (10, 8)]))
        request.gpusPerNode = UInt8(wanted)
        request.gpuType = random.chance(1, in: 3) ? .none : group.type
        let share = max(1, Int(model.cpus) * wanted / generic.gpuCount)
        request.cpusPerNode = UInt32(max(1, min(Int(request.cpusPerNode), share)))
    }

    private func drawLimit(
        _ partition: Partition, _ wall: TimeLimit, _ random: inout SeededGenerator
    ) -> TimeLimit {
        let drawn = random.pick([30, 60, 120, 480, 1440, 2880, 10_080])
        let most = min(partition.maxTime.minutes ?? .max, wall.minutes ?? .max)
        if most == .max, random.chance(1, in: 5) { return .unlimited }
        return TimeLimit(minutes: min(drawn, most))
    }

    /// QOS first, then fair share's luck, then age.
    private func priority(of job: Job, in cluster: Cluster, _ random: inout SeededGenerator) -> UInt32 {
        let age = max(0, job.submitted - cluster.parameters.start) / 10
        return UInt32(max(1, 2_000_000 + Int(cluster.qos[job.qos].priority) * 20 + random.below(10_000) - age))
    }

    /// How long a job is going to run.
    func drawSeconds(_ random: inout SeededGenerator) -> Int {
        let percent = random.pick(weighted: [(20, 3...15), (40, 15...100), (30, 100...200), (10, 200...400)])
        return max(1, scaleSeconds * random.within(percent) / 100)
    }

    /// How it is going to end.
    func drawOutcome(_ random: inout SeededGenerator) -> JobState.Base {
        random.pick(weighted: [
            (780, .completed), (110, .failed), (50, .cancelled), (30, .outOfMemory), (5, .preempted), (3, .bootFail),
            (2, .deadline), (2, .nodeFail), (18, .timeout),
        ])
    }
}
