extension Simulation {
    mutating func addOddJobs(_ menagerie: Menagerie) {
        addOddNames(menagerie)
        addOddOwners(menagerie)
        addOddQueues(menagerie)
        addOddPriorities(menagerie)
        addOddRequests(menagerie)
        addOddReasons(menagerie)
        addOddArrays(menagerie)
        addOddHetJobs(menagerie)
        addOddRuns(menagerie)
        addOddEnds(menagerie)
        addOddFederation(menagerie)
    }

    /// A waiting job of the menagerie: one CPU in the partition "odd" unless it is adjusted.
    @discardableResult
    mutating func wait(
        _ menagerie: Menagerie, _ name: Text, in partitions: [Text] = ["odd"], _ adjust: (inout Job) -> Void = { _ in }
    ) -> Slot<Job> {
        var job = oddJob(menagerie, name, in: partitions)
        adjust(&job)
        return insert(job)
    }

    /// A job of the menagerie that has nodes.
    @discardableResult
    mutating func run(
        _ menagerie: Menagerie, _ name: Text, on nodes: [String], in partition: Text = "odd", cpus: Int = 4,
        gpus: [UInt64] = [], _ adjust: (inout Job) -> Void = { _ in }
    ) -> Slot<Job> {
        var job = oddJob(menagerie, name, in: [partition])
        job.request.nodes = UInt32(nodes.count)
        job.request.cpusPerNode = UInt32(cpus)
        job.request.gpusPerNode = UInt8(gpus.first?.nonzeroBitCount ?? 0)
        job.started = job.submitted + 600
        job.reason = .none
        adjust(&job)
        job.ended = job.limit.minutes.map { job.started + $0 * 60 } ?? .never
        let slot = insert(job)
        let shares = nodes.enumerated().map { index, node in
            NodeShare(
                node: menagerie.node(node), cpus: UInt32(cpus), memory: UInt32(job.request.memoryPerNode),
                gpus: index < gpus.count ? gpus[index] : 0)
        }
        take(shares.sorted { $0.node < $1.node }, for: slot, in: partitionRef(partition))
        return slot
    }

    private mutating func oddJob(_ menagerie: Menagerie, _ name: Text, in partitions: [Text]) -> Job {
        cluster.scripts.append(Script(name: name))
        var job = Job.vacant
        job.id = takeID()
        job.user = menagerie.user
        job.association = menagerie.association
        job.account = cluster.associations[menagerie.association].account
        job.qos = Ref(0)
        job.script = Ref(cluster.scripts.count - 1)
        job.requestedPartitions = cluster.partitionLists.intern(partitions.map { partitionRef($0) })
        job.submitted = cluster.now - 4000
        job.eligible = job.submitted
        job.limit = TimeLimit(minutes: 600)
        job.priority = 1000
        job.reason = .priority
        job.traits = .pinned
        job.request = JobRequest(
            cpusPerNode: 1, tasks: 1, memory: 1000, nodes: 1, gpuType: .none, gpusPerNode: 0, memoryIsPerCPU: false,
            exclusive: false)
        return job
    }

    func partitionRef(_ name: Text) -> Ref<Partition> {
        guard let ref = cluster.partitions.refs.first(where: { cluster.partitions[$0].name == name }) else {
            preconditionFailure("the menagerie has no partition \(name.repaired)")
        }
        return ref
    }

    /// What users and scripts put into names and comments.
    private mutating func addOddNames(_ menagerie: Menagerie) {
        let names: [Text] = [
            .empty, "quote\"back\\slash/solidus", "new\nline", "tab\tand\rreturn", "é–✓ 名前 🚀",
            Text(bytes: [0x1B, 0x5B, 0x33, 0x31, 0x6D, 0x01, 0x1F, 0x7F]),
            // A stray continuation byte, a cut sequence, an overlong form, a surrogate.
            Text(bytes: [0x61, 0xFF, 0x80, 0x62, 0xC3, 0x28, 0xC0, 0xAF, 0xED, 0xA0, 0x80, 0x63, 0xE2, 0x82]),
            Text(bytes: [UInt8](repeating: UInt8(ascii: "x"), count: 1024)),
            "{}|,=;'` $(reboot) %s &amp; <b>", " leading and trailing ", "null", "NaN",
        ]
        for name in names {
            let slot = wait(menagerie, name)
            let script = cluster.jobs[slot].script
            cluster.scripts[script].comment = name
            cluster.scripts[script].adminComment = name
            cluster.scripts[script].wckey = name
            cluster.scripts[script].stateDescription = name
            cluster.scripts[script].extra = name
        }
    }

    private mutating func addOddOwners(_ menagerie: Menagerie) {
        // The host knows no name for its uid, and accounting does not know it.
        wait(menagerie, "stranger") { job in
            job.user = menagerie.stranger
            job.association = .none
        }
        let quoted = cluster.associations[menagerie.quotedAccount].account
        wait(menagerie, "foreigner") { job in
            job.user = menagerie.foreigner
            job.association = menagerie.quotedAccount
            job.account = quoted
        }
        // As clusters without accounting have them.
        wait(menagerie, "no-account-no-qos") { job in
            job.account = .none
            job.association = .none
            job.qos = .none
        }
        wait(menagerie, "partition-association") { job in
            job.user = menagerie.foreigner
            job.association = menagerie.partitionAssociation
            job.account = Ref(1)
        }
    }

    /// In partitions that several things are the matter with.
    private mutating func addOddQueues(_ menagerie: Menagerie) {
        wait(menagerie, "three-partitions", in: ["zeta", "odd", "alpha-overlap"])
        wait(menagerie, "hidden", in: ["hidden"])
        wait(menagerie, "deleted-partition", in: ["deleted"]) { $0.reason = .partitionConfig }
        wait(menagerie, "deleted-and-living", in: ["deleted", "odd"])
        wait(menagerie, "closed", in: ["closed"]) { $0.reason = .partitionDown }
        wait(menagerie, "inactive", in: ["inactive"]) { $0.reason = .partitionInactive }
        wait(menagerie, "quoted-partition", in: ["quote\"d π"])
    }

    private mutating func addOddPriorities(_ menagerie: Menagerie) {
        wait(menagerie, "held") { ($0.priority, $0.reason) = (0, .jobHeldUser) }
        wait(menagerie, "unlimited") { $0.limit = .unlimited }
        wait(menagerie, "expected") { [now = cluster.now] in ($0.started, $0.reason) = (now + 7200, .resources) }
        wait(menagerie, "later") { [now = cluster.now] in ($0.eligible, $0.reason) = (now + 864_000, .beginTime) }
        wait(menagerie, "deadline") { [now = cluster.now] in $0.deadline = now + 999_999 }
        wait(menagerie, "cron") { $0.traits.insert(.cron) }
        wait(menagerie, "nice") { ($0.nice, $0.priority) = (-500, .max - 2) }
    }

    private mutating func addOddRequests(_ menagerie: Menagerie) {
        let everyLicense = cluster.licenseLists.intern(
            cluster.licenses.refs.map { LicenseCount(license: $0, count: 1 + $0.index) })
        wait(menagerie, "dependent") { ($0.dependency, $0.reason) = (Dependency(.afterok, job: 1), .dependency) }
        wait(menagerie, "singleton") { ($0.dependency, $0.reason) = (.singleton, .dependency) }
        wait(menagerie, "licensed") { ($0.licenses, $0.reason) = (everyLicense, .licenses) }
        // A request beyond a terabyte of memory and ten thousand CPUs.
        wait(menagerie, "enormous") { job in
            job.request.nodes = 200
            job.request.cpusPerNode = 384
            job.request.memory = 1_500_000
            job.request.gpusPerNode = 8
            job.request.gpuType = Ref(0)
        }
    }

    /// One job for each reason that a waiting job can have.
    private mutating func addOddReasons(_ menagerie: Menagerie) {
        for reason in Reason.allCases where !Self.reasonsOfEnds.contains(reason) {
            wait(menagerie, "waits") { $0.reason = reason }
        }
    }

    static let reasonsOfEnds: [Reason] = [
        .nodeDown, .systemFailure, .jobLaunchFailure, .nonZeroExitCode, .raisedSignal, .timeLimit, .inactiveLimit,
        .outOfMemory, .deadLine,
    ]
}
