import SimulatedCluster

/// A resource, as a place in the cluster's list, and how much of it; nothing where that is not known.
typealias TRESCount = (tres: Int, count: Int?)

extension JSONWriter {
    /// Resources by kind; a count that is not known is null up to v0.0.38 and -2 later.
    mutating func tres(_ counts: [TRESCount], _ source: Source) {
        list(counts) { $1.tres($0, source) }
    }

    mutating func tres(_ entry: TRESCount, _ source: Source) {
        object { writer in
            writer.name(ofTRES: entry.tres, source)
            writer.key("count")
            if let count = entry.count {
                writer.integer(count)
            } else if writer.dialect.version <= .v38 {
                writer.null()
            } else {
                writer.integer(-2)
            }
        }
    }

    /// The most of all tasks, with the task that has it.
    mutating func tres(_ entry: TRESCount, ofTaskOn node: NodeName, _ source: Source) {
        object { writer in
            writer.name(ofTRES: entry.tres, source)
            writer.member("count", entry.count ?? 0)
            writer.member("task", 0)
            writer.key("node")
            writer.string { source.cluster.append(node, to: &$0) }
        }
    }

    /// Where text is compact the members are the same everywhere.
    private mutating func name(ofTRES tres: Int, _ source: Source) {
        if dialect.style == .pretty { return name(of: source.cluster.tres[tres]) }
        bytes.append(contentsOf: source.tresNames[tres])
        isFirst = false
    }

    /// `type`, `name` and `id`.
    mutating func name(of tres: TRES) {
        key("type")
        text(tres.type)
        key("name")
        record(tres.name)
        member("id", tres.id)
    }

    /// `{account, cluster, partition, user}`, from v0.0.40 on with `id`.
    mutating func reference(to association: Association, _ source: Source) {
        object { writer in
            writer.key("account")
            writer.record(source.name(of: association.account))
            writer.key("cluster")
            writer.text(source.cluster.parameters.name)
            writer.key("partition")
            writer.record(source.name(of: association.partition))
            writer.key("user")
            writer.record(source.name(of: association.user))
            if writer.dialect.version >= .v40 { writer.member("id", Int(association.id)) }
        }
    }

    /// The cluster and the id alone: from v0.0.42 on slurmrestd doesn't look up the rest.
    mutating func bareReference(to id: Int, _ source: Source) {
        object { writer in
            writer.member("account", "")
            writer.key("cluster")
            writer.text(source.cluster.parameters.name)
            writer.member("partition", "")
            writer.member("user", "")
            writer.member("id", id)
        }
    }

    /// Up to v0.0.39 an exit code is lost: whatever exited by itself is a success.
    mutating func accountedExitCode(_ status: UInt16) {
        guard dialect.version <= .v39 else { return processExitCode(status) }
        object { writer in
            writer.key("status")
            writer.ascii(ExitStatus(status).signal == nil ? "SUCCESS" : "SIGNALED")
            writer.key("return_code")
            guard let signal = ExitStatus(status).signal else { return writer.integer(0) }
            if writer.dialect.version == .v39 { writer.integer(-127) } else { writer.null() }
            writer.key("signal")
            writer.object { writer in
                writer.member("signal_id", signal)
                writer.key("name")
                writer.ascii(ExitStatus.signalDescription(signal))
            }
        }
    }

    mutating func microseconds(_ time: UInt64) {
        object { writer in
            writer.member("seconds", Int(time / 1_000_000))
            writer.member("microseconds", Int(time % 1_000_000))
        }
    }
}

extension Source {
    /// Where the TRES of an id is in the cluster's list.
    func tres(_ id: Int) -> Int? { tresIDs.firstIndex(of: id) }

    /// Counts of resources that accounting tracks, in the order of their ids.
    func tres(_ resources: Resources, type: Ref<GPUType>, withEnergy: Bool = false) -> [TRESCount] {
        var counts: [TRESCount] = []
        counts.reserveCapacity(7)
        func add(_ id: Int, _ count: Int?) {
            if let tres = tres(id) { counts.append((tres, count)) }
        }
        add(1, resources.cpus)
        add(2, resources.memory)
        if withEnergy { add(3, nil) }
        add(4, resources.nodes)
        add(5, resources.billing)
        if resources.gpus > 0 {
            add(1001, resources.gpus)
            if type.exists { add(1002 + type.index, resources.gpus) }
        }
        return counts
    }

    /// Those limits that are set.
    func tres(_ limits: ResourceLimits) -> [TRESCount] {
        let all = [
            (1, limits.cpus), (2, limits.memory), (4, limits.nodes), (5, limits.billing), (1001, limits.gpus),
        ]
        return all.compactMap { id, limit in limit.value.flatMap { value in tres(id).map { ($0, value) } } }
    }
}
