import SimulatedCluster

/// `/slurm/v0.0.N/nodes`, in the order of the document.
enum NodeFields {
    static let all: [Field<Node>] = hardware + state + use

    private static let hardware: [Field<Node>] = [
        .text("architecture") { $1.cluster.texts[$0.architecture] },
        .empty("burstbuffer_network_address"),
        .integer("boards") { node, _ in Int(node.boards) },
        .time("boot_time") { node, _ in node.bootTime },
        .text("comment", .upTo(.v38)) { $1.cluster.texts[$0.comment] },
        .constant("tls_cert_last_renewal", .since(.v43), time: .never),
        .constant("cert_flags", .since(.v43), words: []),
        .empty("cluster_name", .since(.v39)),
        .integer("cores") { node, _ in Int(node.coresPerSocket) },
        .integer("specialized_cores", .since(.v39)) { node, _ in Int(node.specializedCores) },
        .constant("cpu_binding", integer: 0),
        .integer("cpu_load", .upTo(.v38)) { node, _ in Int(node.cpuLoad) },
        .number("cpu_load", .only(.v39)) { node, _ in Number(node.reported(node.cpuLoad)) },
        .integer("cpu_load", .since(.v40)) { node, _ in Int(node.cpuLoad) },
        .text("extra", .upTo(.v38)) { $1.cluster.texts[$0.extra] },
        .integer("free_memory", .upTo(.v38)) { node, _ in node.reported(node.freeMemory) ?? -2 },
        .number("free_mem", .since(.v39)) { node, _ in Number(node.reported(node.freeMemory)) },
        .integer("cpus") { node, _ in Int(node.cpus) },
        .time("last_busy", .upTo(.v38)) { node, _ in node.lastBusy },
        .integer("effective_cpus", .since(.v39)) { node, _ in node.effectiveCPUs },
        .string("specialized_cpus", .since(.v39)) { node, _, buffer in node.appendSpecializedCPUs(to: &buffer) },
        .value("energy", .since(.v39)) { $2.energy(of: $0) },
        .constant("external_sensors", .v39 ... .v44) { $0.unusedSensors() }
            .removed(in: .v2405) { $0.emptyObject() },
        .text("extra", .since(.v39)) { $1.cluster.texts[$0.extra] },
        .constant("power", .v39 ... .v44) { $0.unusedPower() }
            .removed(in: .v2405) { $0.emptyObject() },
        .value("features") { $2.nameList($1.cluster.texts[$0.features]) },
        .value("active_features") { $2.nameList($1.cluster.texts[$0.activeFeatures]) },
        .empty("gpu_spec", .since(.v41)),
        .string("gres") { $1.cluster.append(configuredGres: $0, to: &$2) },
        .string("gres_drained") { _, source, buffer in
            if source.shows.contains(.detail) { buffer.append(ascii: "N/A") }
        },
        .string("gres_used") { $1.append(usedGresOf: $0, to: &$2) },
        .text("instance_id", .since(.v40)) { $1.cluster.texts[$0.instanceID] },
        .text("instance_type", .since(.v40)) { $1.cluster.texts[$0.instanceType] },
        .time("last_busy", .since(.v39)) { node, _ in node.lastBusy },
    ]

    private static let state: [Field<Node>] = [
        .empty("mcs_label"),
        .integer("specialized_memory", .since(.v39)) { node, _ in Int(node.specializedMemory) },
        .string("name") { $1.cluster.append($0.name, to: &$2) },
        .value("next_state_after_reboot") { $2.nextState(of: $0) },
        .string("address") { $1.cluster.append($0.name, to: &$2) },
        .string("hostname") { $1.cluster.append($0.name, to: &$2) },
        .value("state") { $2.state($1.shown($0.state)) },
        .value("state_flags", .upTo(.v38)) { $2.flags($0.state.flags) },
        .constant("next_state_after_reboot_flags", .upTo(.v38), words: []),
        .text("operating_system") { $1.cluster.texts[$0.operatingSystem] },
        .null("owner", .upTo(.v38)),
        .empty("owner", .since(.v39)),
        .value("partitions") { node, source, writer in
            writer.list(source.cluster.partitions(of: node)) { $1.text(source.name(of: $0)) }
        },
        .integer("port") { node, _ in Int(node.port) },
        .integer("real_memory") { node, _ in Int(node.memory) },
        .constant("res_cores_per_gpu", .since(.v41), integer: 0),
        .text("comment", .since(.v39)) { $1.cluster.texts[$0.comment] },
        .text("reason") { $1.cluster.texts[$0.reason] },
        .time("reason_changed_at") { node, _ in node.reasonTime },
        .value("reason_set_by_user") { $2.hostName($1.name(of: $0.reasonUser)) },
        .number("resume_after", .only(.v39)) { node, _ in .value(Int(node.resumeAfter.seconds)) },
        .time("resume_after", .since(.v40)) { node, _ in node.resumeAfter },
        .text("reservation", .since(.v39)) { $1.name(of: $0.reservation) },
        .constant("suspend_time", .since(.v45), number: .infinite),
    ]

    private static let use: [Field<Node>] = [
        .integer("alloc_memory", .since(.v39)) { node, _ in Int(node.allocatedMemory) },
        .integer("alloc_cpus", .since(.v39)) { node, _ in Int(node.allocatedCPUs) },
        .integer("alloc_idle_cpus", .since(.v39)) { node, _ in node.idleCPUs },
        .string("tres_used", .since(.v39)) { $1.cluster.append($1.cluster.allocatedTRES(of: $0), to: &$2) },
        .double("tres_weighted", .v39 ... .v44) { Double($1.cluster.allocated(on: $0).billing) }
            .removed(in: .v2505) { $0.double(0) },
        .time("slurmd_start_time") { node, _ in node.slurmdStart },
        .integer("sockets") { node, _ in Int(node.sockets) },
        .integer("threads") { node, _ in Int(node.threadsPerCore) },
        .integer("temporary_disk") { node, _ in Int(node.temporaryDisk) },
        .integer("weight") { node, _ in Int(node.weight) },
        .empty("topology", .since(.v43)),
        .string("tres") { $1.cluster.append($1.cluster.configuredTRES(of: $0), to: &$2) },
        .text("slurmd_version", .upTo(.v38)) { $1.cluster.texts[$0.version] },
        .text("version", .since(.v39)) { $1.cluster.texts[$0.version] },
        .integer("alloc_memory", .upTo(.v38)) { node, _ in Int(node.allocatedMemory) },
        .integer("alloc_cpus", .upTo(.v38)) { node, _ in Int(node.allocatedCPUs) },
        .integer("idle_cpus", .upTo(.v38)) { node, _ in node.idleCPUs },
        .value("tres_used", .upTo(.v38)) { node, source, writer in
            let used = source.cluster.allocatedTRES(of: node)
            if used.resources == Resources() {
                writer.null()
            } else {
                writer.string { source.cluster.append(used, to: &$0) }
            }
        },
        .double("tres_weighted", .upTo(.v38)) { Double($1.cluster.allocated(on: $0).billing) },
    ]
}
