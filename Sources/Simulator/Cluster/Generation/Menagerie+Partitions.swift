extension Simulation {
    mutating func addOddPartitions(_ menagerie: Menagerie) {
        let homeless = menagerie.node("homeless")
        let odd = Array(cluster.nodes.refs).filter { cluster.nodes[$0].isPinned && $0 != homeless }
        let triple = menagerie.node("triple")
        add("zeta", [triple])
        add("odd", odd)
        add("alpha-overlap", [triple] + [menagerie.node("busy1"), menagerie.node("busy2")])
        // Left out of answers unless everything is asked for.
        add("hidden", [menagerie.node("busy3")]) { $0.flags = .hidden }
        add("closed", [menagerie.node("busy4")]) { $0.state = .down }
        add("draining", [menagerie.node("busy4")]) { $0.state = .drain }
        add("inactive", [menagerie.node("busy4")]) { $0.state = .inactive }
        // No node at all: totals of 0.
        add("empty", [])
        // Jobs still name it.
        add("deleted", [menagerie.node("busy5")]) { $0.exists = false }
        // A name that has to be escaped, and every limit.
        add("quote\"d π", [menagerie.node("busy6")]) {
            $0.maxNodes = 0
            $0.minNodes = 2
            $0.maxCPUsPerNode = 32
            $0.maxMemoryPerNode = 128_000
            $0.maxMemoryPerCPU = 4000
            $0.allowedAccounts = [Ref(1)]
            $0.deniedAccounts = [Ref(2 % max(1, 2))]
            $0.allowedQOS = [Ref(0), Ref(1)]
            $0.qos = Ref(1)
            $0.alternate = Ref(0)
            $0.oversubscribe = 4
            $0.flags = [.rootOnly, .requiresReservation, .leastLoadedNode, .exclusiveUser]
        }
        add("burst", ["cloud", "powered-down", "powering-up", "powering-down"].map { menagerie.node($0) })
    }

    private mutating func add(
        _ name: Text, _ nodes: [Ref<Node>], _ adjust: (inout Partition) -> Void = { _ in }
    ) {
        var builder = Builder(cluster: cluster, random: random)
        builder.add(name, nodes.sorted(), adjust)
        cluster = builder.cluster
    }

    mutating func addOddReservations(_ menagerie: Menagerie) {
        let now = cluster.now
        let wanted: [(Text, Int, Int, ReservationFlags, [String])] = [
            ("maint-now", -3600, 864_000, [.maintenance, .ignoreJobs, .specificNodes], ["maint", "maint-down"]),
            ("course \"Ü1\"", -60, 864_000, [.specificNodes, .flex, .magnetic], ["reserved"]),
            // Over, but not purged.
            ("past", -7200, -3600, [.specificNodes], ["busy6"]),
            ("nightly", 14_400, 28_800, [.daily, .partitionNodes, .purgeCompleted], ["busy5"]),
            // No node, only licences.
            ("licences-only", -600, 864_000, [.anyNodes], []),
        ]
        for (name, start, end, flags, nodes) in wanted {
            var reservation = Reservation(name: name, start: now + start, end: now + end, flags: flags)
            reservation.nodes = nodes.map { menagerie.node($0) }.sorted()
            reservation.accounts = [Ref(1)]
            reservation.users = [menagerie.user, menagerie.stranger]
            cluster.reservations.append(reservation)
            let ref = Ref<Reservation>(cluster.reservations.count - 1)
            guard reservation.isActive(at: now) else { continue }
            for node in reservation.nodes { cluster.nodes[node].reservation = ref }
        }
        let last = cluster.reservations.count - 1
        cluster.reservations[last].licenses = [LicenseCount(license: Ref(0), count: 2)]
        cluster.reservations[last - 1].purgeAfter = 300
        reserveLicenses()
    }
}
