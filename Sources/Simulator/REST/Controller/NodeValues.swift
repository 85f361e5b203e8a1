import SimulatedCluster

extension Source {
    /// The client library makes MIXED of what slurmctld calls ALLOCATED, and only if it is asked to.
    func shown(_ state: NodeState) -> NodeState {
        guard state.base == .mixed, !shows.contains(.mixed) else { return state }
        return NodeState(.allocated, state.flags)
    }

    /// A node without GPUs in a cluster with some has `gpu:0`.
    func append(usedGresOf node: Node, to buffer: inout [UInt8]) {
        guard shows.contains(.detail) else { return }
        let start = buffer.count
        cluster.append(usedGres: node, to: &buffer)
        if buffer.count == start, !cluster.gpuTypes.isEmpty { buffer.append(ascii: "gpu:0") }
    }
}

extension Node {
    var idleCPUs: Int { max(0, effectiveCPUs - Int(allocatedCPUs)) }

    func reported(_ figure: UInt32) -> Int? {
        figure == Node.unset ? nil : Int(figure)
    }

    /// The last threads of the node.
    func appendSpecializedCPUs(to buffer: inout [UInt8]) {
        guard specializedCores > 0 else { return }
        buffer.append(decimal: effectiveCPUs)
        guard Int(cpus) - effectiveCPUs > 1 else { return }
        buffer.append(UInt8(ascii: "-"))
        buffer.append(decimal: cpus - 1)
    }
}

extension JSONWriter {
    /// The base state alone, in lower case, up to v0.0.38; base and flags from v0.0.39 on.
    mutating func state(_ state: NodeState) {
        guard dialect.version >= .v39 else { return string("\(state.base.name)".lowercased()) }
        beginList()
        separate()
        ascii(state.base.name)
        appendNames(of: state.flags)
        endList()
    }

    mutating func flags(_ flags: NodeState.Flags) {
        beginList()
        appendNames(of: flags)
        endList()
    }

    private mutating func appendNames(of flags: NodeState.Flags) {
        guard !flags.isEmpty else { return }
        for (flag, name) in NodeState.Flags.names where flags.contains(flag) {
            if flag == .blocked || flag == .external, dialect.version < .v44 { continue }
            separate()
            ascii(name)
        }
    }

    mutating func nextState(of node: Node) {
        let name: StaticString = node.nextStateAfterReboot == .unknown ? "INVALID" : node.nextStateAfterReboot.name
        guard dialect.version >= .v39 else { return string("\(name)".lowercased()) }
        list(CollectionOfOne(name)) { $1.ascii($0) }
    }

    /// A comma list, which it stays up to v0.0.38.
    mutating func nameList(_ names: Text) {
        guard dialect.version >= .v39 else { return text(names) }
        list(names.bytes.split(separator: UInt8(ascii: ","))) { name, writer in
            writer.string { $0.append(contentsOf: name) }
        }
    }

    mutating func energy(of node: Node) {
        object { writer in
            writer.member("average_watts", Int(node.watts))
            writer.member("base_consumed_energy", 0)
            writer.member("consumed_energy", Int(node.consumedEnergy))
            writer.key("current_watts")
            writer.number(node.watts == 0 ? .unset : .value(Int(node.watts)))
            writer.member("previous_consumed_energy", 0)
            writer.member("last_collected", 0)
        }
    }

    /// A plugin that Slurm dropped with 24.05, and nobody had.
    mutating func unusedSensors() {
        object { writer in
            writer.key("consumed_energy")
            writer.number(.unset)
            writer.key("temperature")
            writer.number(.unset)
            writer.member("energy_update_time", 0)
            writer.member("current_watts", 0)
        }
    }

    /// The same.
    mutating func unusedPower() {
        object { writer in
            writer.key("maximum_watts")
            writer.number(.unset)
            writer.member("current_watts", 0)
            writer.member("total_energy", 0)
            writer.member("new_maximum_watts", 0)
            writer.member("peak_watts", 0)
            writer.member("lowest_watts", 0)
            writer.key("new_job_time")
            writer.time(.never)
            writer.member("state", 0)
            writer.member("time_start_day", 0)
        }
    }
}
