import ServiceRuntime

extension Simulation {
    /// Lets nodes fail, drain, reboot, sleep and return; gives those that went down, whose jobs are lost.
    mutating func changeNodes() -> Set<Ref<Node>> {
        recoverNodes()
        var lost: Set<Ref<Node>> = []
        for _ in 0..<random.times(cluster.nodes.count, in: 1500) {
            let node = Ref<Node>(random.below(cluster.nodes.count))
            guard !cluster.nodes[node].isPinned, !cluster.nodes[node].recovers.isSet else { continue }
            if change(node) { lost.insert(node) }
        }
        return lost
    }

    /// True when the node went down.
    private mutating func change(_ ref: Ref<Node>) -> Bool {
        cluster.nodes[ref].recovers = cluster.now + random.within(300...3600)
        switch random.below(10) {
        case 0..<2:
            cluster.nodes[ref].state.base = .down
            cluster.nodes[ref].state.flags.insert(.notResponding)
            explain(ref, "Not responding")
            return true
        case 2..<6:
            cluster.nodes[ref].state.flags.insert(.drain)
            explain(ref, random.pick(Words.drainReasons))
        case 6:
            cluster.nodes[ref].state.flags.insert(.rebootRequested)
            explain(ref, "Reboot ASAP")
        case 7:
            cluster.nodes[ref].state.flags.insert(.notResponding)
        case 8 where cluster.nodes[ref].state == NodeState(.idle):
            cluster.nodes[ref].state.flags.formUnion([.poweredDown, .cloud])
        case 9 where cluster.nodes[ref].state == NodeState(.idle):
            cluster.nodes[ref].state.flags.formUnion([.poweringUp, .cloud])
        default:
            cluster.nodes[ref].state.flags.insert(.fail)
            explain(ref, "predicted failure of a fan")
        }
        return false
    }

    private mutating func explain(_ ref: Ref<Node>, _ reason: Text) {
        cluster.nodes[ref].reason = cluster.texts.intern(reason)
        cluster.nodes[ref].reasonUser = Ref(0)
        cluster.nodes[ref].reasonTime = cluster.now
    }

    private mutating func recoverNodes() {
        for ref in cluster.nodes.refs {
            let node = cluster.nodes[ref]
            guard node.recovers.isSet, node.recovers <= cluster.now, !node.isPinned else { continue }
            let rebooted = node.state.base == .down || node.state.flags.contains(.rebootRequested)
            let reserved = node.state.flags.intersection([.reserved, .maintenance])
            cluster.nodes[ref].state = NodeState(.idle, reserved)
            cluster.nodes[ref].reason = cluster.texts.intern(.empty)
            cluster.nodes[ref].reasonUser = .none
            cluster.nodes[ref].reasonTime = .never
            cluster.nodes[ref].recovers = .never
            if rebooted {
                cluster.nodes[ref].bootTime = cluster.now - 60
                cluster.nodes[ref].slurmdStart = cluster.now
            }
            refreshState(of: ref)
        }
    }

    /// Takes in what slurmds report; each reports every five minutes, so a thirtieth of the nodes in a usual step.
    mutating func measureNodes() {
        let rounds = max(1, 300 / cluster.parameters.stepSeconds)
        let share = (cluster.nodes.count + rounds - 1) / rounds
        let first = cluster.step % rounds * share
        guard first < cluster.nodes.count else { return }
        for index in first..<min(cluster.nodes.count, first + share) {
            let node = cluster.nodes[index]
            guard !node.isPinned, node.state.base != .down, !node.state.flags.contains(.poweredDown) else { continue }
            let load = Int(node.allocatedCPUs) * random.within(70...104) + random.below(20)
            let used = Int(node.allocatedMemory) * random.within(20...90) / 100
            cluster.nodes[index].cpuLoad = UInt32(load)
            cluster.nodes[index].freeMemory = UInt32(max(100, Int(node.memory) * 96 / 100 - used))
            cluster.nodes[index].watts = UInt16(clamping: 180 + Int(node.cpus) + 2 * Int(node.allocatedCPUs))
            cluster.nodes[index].consumedEnergy += UInt64(node.watts) * 300
        }
    }
}
