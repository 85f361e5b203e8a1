extension Simulation {
    mutating func addOddNodes(_ menagerie: inout Menagerie) {
        for (name, state) in Self.oddStates {
            addNode(name, Self.plain, &menagerie) { $0.state = state }
        }
        for (name, gpus, others) in Self.oddGPUs {
            let generic = builderGeneric(gpus, others: others)
            addNode(name, Self.plain, &menagerie) { $0.generic = generic }
        }
        explainOddNodes(menagerie)
        addOddMachines(&menagerie)
        for number in 1...6 { addBusyNode(number, &menagerie) }
    }

    private static let plain = Hardware(
        prefix: "odd", sockets: 2, cores: 32, threads: 1, memory: 256_000, gpus: [], features: "odd")

    /// One node for each state and flag that says something of its own.
    private static let oddStates: [(name: String, state: NodeState)] = [
        // In no partition: it counts in totals and in none of the partitions.
        ("homeless", NodeState(.idle)),
        // In three partitions; its home is not the first of the list.
        ("triple", NodeState(.idle)),
        ("down", NodeState(.down)),
        ("down-drain", NodeState(.down, .drain)),
        ("down-silent", NodeState(.down, .notResponding)),
        ("drained", NodeState(.idle, .drain)),
        // Draining: a job of the menagerie still runs on it.
        ("draining", NodeState(.idle, .drain)),
        ("fail", NodeState(.idle, .fail)),
        ("failing", NodeState(.idle, .fail)),
        ("powered-down", NodeState(.idle, [.cloud, .poweredDown])),
        ("powering-up", NodeState(.idle, [.cloud, .poweringUp])),
        ("powering-down", NodeState(.idle, [.cloud, .poweringDown])),
        ("power-down", NodeState(.idle, [.powerDown, .powerDrain])),
        ("power-up", NodeState(.idle, [.cloud, .powerUp])),
        ("reboot-requested", NodeState(.idle, .rebootRequested)),
        ("reboot-issued", NodeState(.idle, [.rebootIssued, .notResponding])),
        ("reboot-canceled", NodeState(.idle, .rebootCanceled)),
        ("maint", NodeState(.idle, [.maintenance, .reserved])),
        ("maint-down", NodeState(.down, [.maintenance, .reserved])),
        ("maint-drain", NodeState(.idle, [.maintenance, .drain])),
        ("reserved", NodeState(.idle, .reserved)),
        ("planned", NodeState(.idle, .planned)),
        // Only its epilog is left.
        ("completing", NodeState(.idle)),
        ("silent", NodeState(.idle, .notResponding)),
        // GET nodes leaves it out, sinfo shows it on request, Slurm's own metrics count it.
        ("future", NodeState(.future)),
        ("future-dynamic", NodeState(.future, .dynamicFuture)),
        ("dynamic", NodeState(.idle, .dynamic)),
        ("cloud", NodeState(.idle, .cloud)),
        // No slurmd ever reported: load and free memory are unset.
        ("unknown", NodeState(.unknown, .notResponding)),
        ("invalid", NodeState(.idle, .invalidRegistration)),
        ("blocked", NodeState(.idle, .blocked)),
        ("external", NodeState(.idle, .external)),
        ("resume", NodeState(.unknown, .resume)),
        ("undrain", NodeState(.idle, .undrain)),
        // The one way in which sinfo says "powered_down".
        ("unknown-powered-down", NodeState(.unknown, .poweredDown)),
    ]

    /// Ways in which gres strings differ.
    private static let oddGPUs: [(name: String, gpus: [(type: String?, count: Int, sockets: Text)], others: Text)] = [
        // gpu:h100:4(S:0-1), of which GPUs 0 and 3 are in use: (IDX:0,3).
        ("gaps", [("h100", 4, "0-1")], .empty),
        ("two-types", [("h100", 2, "0"), ("l40s", 4, "1")], .empty),
        ("mig", [("1g.10gb", 7, "0"), ("3g.40gb", 4, .empty)], .empty),
        // In use it reads gpu:(null):8(IDX:0-7).
        ("untyped", [(nil, 8, .empty)], .empty),
        ("with-nvme", [("mi300x", 8, "0-1")], "nvme:no_consume:1,shard:h100:32(S:0-1)"),
    ]

    private mutating func addOddMachines(_ menagerie: inout Menagerie) {
        // More CPUs than sixteen bits of a core count leave room for in sums, and more than a terabyte of memory.
        let huge = Hardware(
            prefix: "huge", sockets: 32, cores: 180, threads: 2, memory: 33_554_432, gpus: [], features: "hypervisor")
        addNode("huge", huge, &menagerie) { _ in }
        // Two cores and some memory are kept from jobs.
        addNode("specialized", Self.plain, &menagerie) {
            $0.specializedCores = 2
            $0.specializedMemory = 8192
        }
        let old = cluster.texts.intern("24.11.6")
        let comment = cluster.texts.intern("comment \"quoted\" \\ tab\there")
        let extra = cluster.texts.intern("{\"rack\":\"r1\",\"u\":17}")
        let instance = cluster.texts.intern("i-0abc")
        addNode("old-slurmd", Self.plain, &menagerie) {
            $0.version = old
            $0.comment = comment
            $0.extra = extra
            $0.instanceID = instance
            $0.resumeAfter = Timestamp(1_900_000_000)
        }
    }

    /// Healthy nodes for the menagerie's running jobs.
    private mutating func addBusyNode(_ number: Int, _ menagerie: inout Menagerie) {
        let name = NodeName(prefix: cluster.texts.intern("odd-busy"), number: UInt32(number), width: 2)
        addNode("busy\(number)", name, Self.plain, &menagerie) { _ in }
    }

    private mutating func explainOddNodes(_ menagerie: Menagerie) {
        for name in ["down", "down-drain", "drained", "draining", "fail", "failing", "maint-drain", "invalid"] {
            let node = menagerie.node(name)
            cluster.nodes[node].reason = cluster.texts.intern(
                name == "drained" ? "GPU 3 \"Xid 79\"\nfell off \\ é–✓" : "hand-made: \(name)")
            cluster.nodes[node].reasonUser = menagerie.user
            cluster.nodes[node].reasonTime = cluster.now - 86_400
        }
        for name in ["unknown", "future", "future-dynamic", "unknown-powered-down"] {
            let node = menagerie.node(name)
            cluster.nodes[node].freeMemory = Node.unset
            cluster.nodes[node].cpuLoad = Node.unset
            cluster.nodes[node].bootTime = .never
            cluster.nodes[node].slurmdStart = .never
            cluster.nodes[node].watts = 0
        }
        cluster.nodes[menagerie.node("reboot-issued")].nextStateAfterReboot = .idle
    }

    private mutating func addNode(
        _ name: String, _ hardware: Hardware, _ menagerie: inout Menagerie, _ adjust: (inout Node) -> Void
    ) {
        let prefix = cluster.texts.intern(Text(bytes: Array("odd-\(name)".utf8)))
        addNode(name, NodeName(prefix: prefix, number: 0, width: 0), hardware, &menagerie, adjust)
    }

    private mutating func addNode(
        _ key: String, _ name: NodeName, _ hardware: Hardware, _ menagerie: inout Menagerie,
        _ adjust: (inout Node) -> Void
    ) {
        var builder = Builder(cluster: cluster, random: random)
        var node = builder.makeNode(name, hardware)
        cluster = builder.cluster
        node.bootTime = cluster.now - 1_000_000
        node.slurmdStart = node.bootTime + 90
        node.isPinned = true
        adjust(&node)
        menagerie.nodes[key] = Ref(cluster.nodes.count)
        cluster.nodes.append(node)
    }

    private mutating func builderGeneric(
        _ gpus: [(type: String?, count: Int, sockets: Text)], others: Text
    ) -> Ref<GenericResources> {
        var builder = Builder(cluster: cluster, random: random)
        let generic = builder.generic(gpus, others: others)
        cluster = builder.cluster
        return generic
    }
}
