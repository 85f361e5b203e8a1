import SimulatedCluster

extension JSONWriter {
    /// Resources by kind; nothing for a count that is not known, which v0.0.38 shows as null and later ones as -2.
    mutating func tres(_ counts: [(tres: TRES, count: Int?)]) {
        list(counts) { entry, writer in
            writer.object { writer in
                writer.tresName(entry.tres)
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
    }

    /// The most of all tasks, with the task that has it.
    mutating func tresOfTask(_ counts: [(tres: TRES, count: Int)], node: Text) {
        list(counts) { entry, writer in
            writer.object { writer in
                writer.tresName(entry.tres)
                writer.member("count", entry.count)
                writer.member("task", 0)
                writer.key("node")
                writer.text(node)
            }
        }
    }

    mutating func tresName(_ tres: TRES) {
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
    func tres(_ id: Int) -> TRES? { cluster.tres.first { $0.id == id } }

    /// Counts of resources that accounting tracks, in the order of their ids.
    func tres(_ resources: Resources, type: Ref<GPUType>, withEnergy: Bool = false) -> [(tres: TRES, count: Int?)] {
        var counts: [(id: Int, count: Int?)] = [(1, resources.cpus), (2, resources.memory)]
        if withEnergy { counts.append((3, nil)) }
        counts += [(4, resources.nodes), (5, resources.billing)]
        if resources.gpus > 0 {
            counts.append((1001, resources.gpus))
            if type.exists { counts.append((1002 + type.index, resources.gpus)) }
        }
        return counts.compactMap { entry in tres(entry.id).map { ($0, entry.count) } }
    }

    /// Those limits that are set.
    func tres(_ limits: ResourceLimits) -> [(tres: TRES, count: Int?)] {
        let all = [
            (1, limits.cpus), (2, limits.memory), (4, limits.nodes), (5, limits.billing), (1001, limits.gpus),
        ]
        return all.compactMap { id, limit in limit.value.flatMap { value in tres(id).map { ($0, value) } } }
    }
}
