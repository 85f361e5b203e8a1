import SimulatedCluster

/// What sinfo can say of nodes and their partition.
enum NodeFields {
    static let all = partition + counts + state + hardware + remarks

    /// Fields in whose values the nodes of one line have to agree.
    static let distinguishing: Set<String> = [
        "allocmem", "available", "comment", "defaulttime", "extra", "features", "features_act", "gres", "gresused",
        "nodeaddr", "nodehost", "partition", "partitionname", "reason", "reservation", "statecompact",
        "statecomplete", "statelong", "timestamp", "user", "userlong",
    ]

    private static let partition: [Field<NodeGroup>] = [
        Field("Partition", "P", "PARTITION", write: nameWithMark),
        Field("PartitionName", "R", "PARTITION") { $2.append($1.cluster.partitions[$0.partition].name) },
        Field("Available", "a", "AVAIL") { group, report, buffer in
            buffer.append(contentsOf: report.cluster.partitions[group.partition].state.rawValue.lowercased().utf8)
        },
        Field("Time", "l", "TIMELIMIT") { group, report, buffer in
            guard let minutes = report.cluster.partitions[group.partition].maxTime.minutes else {
                return buffer.append(ascii: "infinite")
            }
            buffer.append(shortDuration: minutes * 60)
        },
        Field("DefaultTime", "L", "DEFAULTTIME") { group, report, buffer in
            guard let minutes = report.cluster.partitions[group.partition].defaultTime.minutes else {
                return buffer.append(ascii: "n/a")
            }
            buffer.append(shortDuration: minutes * 60)
        },
        Field("Size", "s", "JOB_SIZE") { group, report, buffer in
            let partition = report.cluster.partitions[group.partition]
            let least = max(1, partition.minNodes)
            buffer.append(decimal: least)
            guard let most = partition.maxNodes.value else { return buffer.append(ascii: "-infinite") }
            guard most != least else { return }
            buffer.append(UInt8(ascii: "-"))
            buffer.append(decimal: most)
        },
        Field("Root", "r", "ROOT") { group, report, buffer in
            let isRoot = report.cluster.partitions[group.partition].flags.contains(.rootOnly)
            buffer.append(ascii: isRoot ? "yes" : "no")
        },
        Field("OverSubscribe", "h", "OVERSUBSCRIBE", write: overSubscribe),
        Field("Share", nil, "OVERSUBSCRIBE", write: overSubscribe),
        Field("Groups", "g", "GROUPS") { $2.append(ascii: "all") },
        Field("AllocNodes", "S", "ALLOCNODES") { $2.append(ascii: "all") },
        Field("MaxCPUsPerNode", "B", "MAX_CPUS_PER_NODE") { group, report, buffer in
            guard let most = report.cluster.partitions[group.partition].maxCPUsPerNode.value else {
                return buffer.append(ascii: "UNLIMITED")
            }
            buffer.append(decimal: most)
        },
        Field("PreemptMode", "M", "PREEMPT_MODE") { group, report, buffer in
            buffer.append(ascii: report.cluster.partitions[group.partition].preempts ? "REQUEUE" : "OFF")
        },
        Field("PriorityJobFactor", "I", "PRIO_JOB_FACTOR") {
            $2.append(decimal: $1.cluster.partitions[$0.partition].priorityJobFactor)
        },
        Field("PriorityTier", "p", "PRIO_TIER") {
            $2.append(decimal: $1.cluster.partitions[$0.partition].priorityTier)
        },
        Field("Cluster", "V", "CLUSTER") { $2.append($1.cluster.parameters.name) },
    ]

    private static let nameWithMark: Field<NodeGroup>.Write = { group, report, buffer in
        let partition = report.cluster.partitions[group.partition]
        buffer.append(partition.name)
        if partition.flags.contains(.isDefault) { buffer.append(UInt8(ascii: "*")) }
    }

    private static let overSubscribe: Field<NodeGroup>.Write = { group, report, buffer in
        buffer.append(overSubscribeOf: report.cluster.partitions[group.partition], report.release)
    }

    private static let counts: [Field<NodeGroup>] = [
        Field("Nodes", "D", "NODES") { group, _, buffer in buffer.append(decimal: group.nodes.count) },
        Field("NodeAI", "A", "NODES(A/I)") { group, _, buffer in
            buffer.append(numbers: group.states.allocated, group.states.idle)
        },
        Field("NodeAIOT", "F", "NODES(A/I/O/T)") { group, _, buffer in
            let states = group.states
            buffer.append(numbers: states.allocated, states.idle, states.other, states.total)
        },
        Field("CPUsState", "C", "CPUS(A/I/O/T)") { group, _, buffer in
            buffer.append(numbers: group.cpus.allocated, group.cpus.idle, group.cpus.other, group.cpus.total)
        },
        Field("NodeList", "N", "NODELIST", write: names),
        Field("NodeHost", "n", "HOSTNAMES", write: names),
        Field("NodeAddr", "o", "NODE_ADDR", write: names),
    ]

    private static let names: Field<NodeGroup>.Write = { $1.cluster.append(hostlist: $0.nodes, to: &$2) }

    private static let state: [Field<NodeGroup>] = [
        Field("StateLong", "T", "STATE") { group, report, buffer in
            guard let node = report.first(of: group) else { return buffer.append(ascii: "n/a") }
            node.state.append(longTo: &buffer)
        },
        Field("StateCompact", "t", "STATE") { group, report, buffer in
            guard let node = report.first(of: group) else { return buffer.append(ascii: "n/a") }
            node.state.append(compactTo: &buffer)
        },
        Field("StateComplete", nil, "STATECOMPLETE") { group, report, buffer in
            guard let node = report.first(of: group) else { return buffer.append(ascii: "n/a") }
            let start = buffer.count
            node.state.append(completeTo: &buffer, report.release)
            for index in start..<buffer.count { buffer[index] = buffer[index].asciiLowercased }
        },
    ]

    private static let hardware: [Field<NodeGroup>] = [
        Field("CPUs", "c", "CPUS") { group, report, buffer in
            report.append(
                group, to: &buffer, { $0.cpus }, { $1.append(Double($0.cpus), keptIn: .none, report.unitChoice) })
        },
        Field("Sockets", "X", "SOCKETS") { $1.append($0, to: &$2) { UInt32($0.sockets) } },
        Field("Cores", "Y", "CORES") { $1.append($0, to: &$2) { UInt32($0.coresPerSocket) } },
        Field("Threads", "Z", "THREADS") { $1.append($0, to: &$2) { UInt32($0.threadsPerCore) } },
        Field("SocketCoreThread", "z", "S:C:T") { group, report, buffer in
            report.append(group, to: &buffer) { UInt32($0.sockets) }
            buffer.append(UInt8(ascii: ":"))
            report.append(group, to: &buffer) { UInt32($0.coresPerSocket) }
            buffer.append(UInt8(ascii: ":"))
            report.append(group, to: &buffer) { UInt32($0.threadsPerCore) }
        },
        Field("Memory", "m", "MEMORY") { $1.append($0, to: &$2) { $0.memory } },
        Field("AllocMem", nil, "ALLOCMEM") { group, report, buffer in
            buffer.append(decimal: group.nodes.last.map { report.cluster.nodes[$0].allocatedMemory } ?? 0)
        },
        Field("FreeMem", "e", "FREE_MEM") { group, report, buffer in
            report.append(group, to: &buffer, { $0.freeMemory }, { report.append(freeMemoryOf: $0, to: &$1) })
        },
        Field("CPUsLoad", "O", "CPU_LOAD") { group, report, buffer in
            report.append(group, to: &buffer, { $0.cpuLoad }, { report.append(loadOf: $0, to: &$1) })
        },
        Field("Disk", "d", "TMP_DISK") { $1.append($0, to: &$2) { $0.temporaryDisk } },
        Field("Weight", "w", "WEIGHT") { $1.append($0, to: &$2) { $0.weight } },
        Field("Port", nil, "PORT") { $1.append($0, to: &$2) { UInt32($0.port) } },
        Field("Gres", "G", "GRES") { group, report, buffer in
            buffer.append(orNull: {
                if let node = report.first(of: group) { report.cluster.append(configuredGres: node, to: &$0) }
            })
        },
        Field("GresUsed", nil, "GRES_USED") { group, report, buffer in
            guard let node = report.first(of: group) else { return buffer.append(ascii: "(null)") }
            report.append(usedGresOf: node, to: &buffer)
        },
        Field("Features", "f", "AVAIL_FEATURES") { group, report, buffer in
            buffer.append(orNull: report.first(of: group).map { report.cluster.texts[$0.features] } ?? .empty)
        },
        Field("features_act", "b", "ACTIVE_FEATURES") { group, report, buffer in
            buffer.append(orNull: report.first(of: group).map { report.cluster.texts[$0.activeFeatures] } ?? .empty)
        },
        Field("Version", "v", "VERSION") { group, report, buffer in
            let version = report.first(of: group).map { report.cluster.texts[$0.version] } ?? .empty
            if version.isEmpty { buffer.append(ascii: "N/A") } else { buffer.append(version) }
        },
    ]

    private static let remarks: [Field<NodeGroup>] = [
        Field("Reason", "E", "REASON") { group, report, buffer in
            let reason = report.first(of: group).map { report.cluster.texts[$0.reason] } ?? .empty
            if reason.isEmpty { buffer.append(ascii: "none") } else { buffer.append(reason) }
        },
        Field("TimeStamp", "H", "TIMESTAMP") { group, report, buffer in
            report.clock.append(report.first(of: group)?.reasonTime ?? .never, to: &buffer)
        },
        Field("User", "u", "USER") { $1.append(reasonUserOf: $0, withNumber: false, to: &$2) },
        Field("UserLong", "U", "USER") { $1.append(reasonUserOf: $0, withNumber: true, to: &$2) },
        Field("Reservation", "i", "RESERVATION", since: .v2302) { group, report, buffer in
            guard let node = report.first(of: group), node.reservation.exists else { return }
            buffer.append(report.cluster.reservations[node.reservation].name)
        },
        Field("Comment", nil, "COMMENT") { group, report, buffer in
            buffer.append(orNull: report.first(of: group).map { report.cluster.texts[$0.comment] } ?? .empty)
        },
        Field("Extra", nil, "EXTRA") { group, report, buffer in
            buffer.append(orNull: report.first(of: group).map { report.cluster.texts[$0.extra] } ?? .empty)
        },
    ]
}

extension Report {
    fileprivate func append(reasonUserOf group: NodeGroup, withNumber: Bool, to buffer: inout [UInt8]) {
        guard let node = first(of: group), node.reasonUser.exists else { return buffer.append(ascii: "Unknown") }
        let user = cluster.users[node.reasonUser]
        if user.name.isEmpty { buffer.append(ascii: "Unk") } else { buffer.append(user.name) }
        guard withNumber || user.name.isEmpty else { return }
        buffer.append(UInt8(ascii: "("))
        buffer.append(decimal: user.uid)
        buffer.append(UInt8(ascii: ")"))
    }
}

extension [UInt8] {
    fileprivate mutating func append(numbers: Int...) {
        append(numbers, separatedBy: UInt8(ascii: "/")) { $1.append(decimal: $0) }
    }

    /// Appends NO, `YES:4`, or what whole nodes for a job were called up to Slurm 25.11.
    mutating func append(overSubscribeOf partition: Partition, _ release: Release) {
        switch partition.oversubscribe {
        case 0: append(ascii: release < .v2605 ? "EXCLUSIVE" : "NO")
        case 1: append(ascii: "NO")
        default:
            append(ascii: "YES:")
            append(decimal: partition.oversubscribe)
        }
    }
}
