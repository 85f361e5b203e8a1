import SimulatedCluster

/// `/slurmdb/v0.0.N/jobs`, in the order of the document.
enum AccountingJobFields {
    /// - Parameter withSteps: false with `skip_steps`.
    static func all(in dialect: Dialect, withSteps: Bool) -> [Field<AccountedJob>] {
        identity + time + placement + paths + [steps(in: dialect, withSteps: withSteps)] + use
    }

    private static let identity: [Field<AccountedJob>] = [
        .record("account") { $1.name(of: $0.record.account) },
        .record("comment/administrator") { $1.script(of: $0).adminComment },
        .record("comment/job") { $1.script(of: $0).comment },
        .record("comment/system") { $1.script(of: $0).systemComment },
        .integer("allocation_nodes") { job, _ in Int(job.record.allocatedNodes) },
        .integer("array/job_id") { job, _ in Int(job.record.arrayJob) },
        .constant("array/limits/max/running/tasks", integer: 0),
        .null("array/task", .upTo(.v38)),
        .number("array/task_id") { job, _ in
            job.record.arrayTask == Job.none ? .unset : .value(Int(job.record.arrayTask))
        },
        .empty("array/task", .since(.v39)),
        .value("association") { $2.association(of: $0, $1) },
        .empty("block", .since(.v39)),
        .text("cluster") { $1.cluster.parameters.name },
        .text("constraints") { $1.script(of: $0).features },
        .record("container") { $1.script(of: $0).container },
        .string("sluid", .since(.v45)) { job, _, buffer in buffer.append(sluid: job.record.sluid) },
        .value("derived_exit_code") { $2.accountedExitCode($0.record.derivedWaitStatus) },
    ]

    private static let time: [Field<AccountedJob>] = [
        .integer("time/elapsed") { job, _ in job.elapsed },
        .seconds("time/eligible") { job, _ in job.record.eligible },
        .seconds("time/end") { job, _ in job.ended },
        .number("time/planned", .since(.v41)) { job, _ in .value(job.record.wait) },
        .seconds("time/start") { job, _ in job.started },
        .seconds("time/submission") { job, _ in job.record.submitted },
        .integer("time/suspended") { job, _ in Int(job.record.suspendedSeconds) },
        .value("time/system") { $2.microseconds($0.record.cpuMicroseconds.system) },
        .number("time/limit") { job, _ in Number(job.record.limit) },
        .value("time/total") { $2.microseconds($0.record.cpuMicroseconds.user + $0.record.cpuMicroseconds.system) },
        .value("time/user") { $2.microseconds($0.record.cpuMicroseconds.user) },
        .string("exclusive", .since(.v45)) { job, _, buffer in
            if job.record.request.exclusive { buffer.append(ascii: "NODE") }
        },
        .value("exit_code") { $2.accountedExitCode($0.record.waitStatus) },
        .text("extra", .since(.v39)) { $1.script(of: $0).extra },
        .empty("failed_node", .since(.v39)),
        .words("flags") { job, source in
            let start: [StaticString] = job.started.isSet ? ["STARTED_ON_SCHEDULE"] : []
            let received: [StaticString] = source.version >= .v40 && job.started.isSet ? ["START_RECEIVED"] : []
            return ["CLEAR_SCHEDULING"] + start + received
        },
        .value("group") { $2.hostName($1.cluster.users[$0.record.user].group) },
        .integer("het/job_id") { job, _ in Int(job.record.hetJob) },
        .number("het/job_offset") { job, _ in job.record.hetJob == 0 ? .unset : .value(Int(job.record.hetOffset)) },
        .integer("job_id") { job, _ in Int(job.record.id) },
        .text("name") { $1.script(of: $0).name },
    ]

    private static let placement: [Field<AccountedJob>] = [
        .string("licenses", .since(.v39)) { job, source, buffer in
            guard job.record.licenses.exists else { return }
            source.cluster.append(source.cluster.licenseLists[job.record.licenses], to: &buffer)
        },
        .empty("mcs/label"),
        .string("nodes") { $1.append(nodesOf: $0, to: &$2) },
        .string("oversubscribe", .since(.v45)) { job, _, buffer in
            buffer.append(ascii: job.record.request.exclusive ? "NO" : "OK")
        },
        .text("partition") { $1.name(of: $0.record.partition) },
        .bool("hold", .since(.v39)) { job, _ in job.record.priority == 0 },
        .number("priority") { job, _ in .value(Int(job.record.priority)) },
        .text("qos") { $1.name(of: $0.record.qos) },
        .text("qosreq", .since(.v42)) { $1.name(of: $0.record.qos) },
        .integer("required/CPUs") { job, _ in job.record.request.cpus },
        .number("required/memory_per_cpu", .since(.v39)) { job, _ in job.record.request.memoryIfPerCPU },
        .number("required/memory_per_node", .since(.v39)) { job, _ in job.record.request.memoryIfPerNode },
        .integer("required/memory", .upTo(.v38)) { job, _ in Int(job.record.request.memory) },
        .integer("required/memory", .only(.v39)) { job, _ in
            job.record.request.memoryIsPerCPU
                ? Int.min + Int(job.record.request.memory) : Int(job.record.request.memory)
        },
        .null("kill_request_user", .upTo(.v38)),
        .empty("kill_request_user", .since(.v39)),
        .integer("restart_cnt", .since(.v42)) { job, _ in Int(job.record.restarts) },
        .integer("reservation/id") { job, _ in job.record.reservation.exists ? job.record.reservation.index + 1 : 0 },
        .value("reservation/name") { job, source, writer in
            let name = source.name(of: job.record.reservation)
            if source.version <= .v38, name.isEmpty { writer.integer(0) } else { writer.text(name) }
        },
        .text("reservation/requested", .since(.v43)) { $1.name(of: $0.record.reservation) },
    ]

    private static let paths: [Field<AccountedJob>] = [
        .empty("script", .since(.v39)),
        .constant("segment_size", .since(.v43), integer: 0),
        .empty("original_sluid", .since(.v45)),
        .constant("stdin_expanded", .since(.v41), text: "/dev/null"),
        .string("stdout_expanded", .since(.v41)) { $1.append(outputOf: $0, to: &$2) },
        .empty("stderr_expanded", .since(.v41)),
        .string("stdout", .since(.v41)) { $1.append(outputOf: $0, to: &$2) },
        .empty("stderr", .since(.v41)),
        .constant("stdin", .since(.v41), text: "/dev/null"),
        .value("state/current") { $2.state($0.record.state) },
        .string("state/reason") { job, _, buffer in buffer.append(contentsOf: job.record.reason.rawValue.utf8) },
    ]

    private static func steps(in dialect: Dialect, withSteps: Bool) -> Field<AccountedJob> {
        guard withSteps else { return .constant("steps", words: []) }
        let plan = Plan(AccountingStepFields.all, in: dialect, depth: 4)
        return .value("steps") { job, source, writer in
            writer.beginList()
            job.record.forEachStep { step in
                writer.separate()
                plan.write(AccountedStep(job: job, step: step), source, to: &writer)
            }
            writer.endList()
        }
    }

    private static let use: [Field<AccountedJob>] = [
        .string("submit_line", .since(.v39)) {
            $1.cluster.append(submitLineOf: $0.record.request, script: $0.record.script, to: &$2)
        },
        .value("tres/allocated") { job, source, writer in
            let resources = job.record.allocatedResources
            writer.tres(
                resources == Resources()
                    ? [] : source.tres(resources, type: job.record.gpuType, withEnergy: true), source)
        },
        .value("tres/requested") { $2.tres($1.tres($0.record.request.resources, type: $0.record.request.gpuType), $1) },
        .empty("used_gres", .since(.v39)),
        .value("user") { job, source, writer in
            let name = source.name(of: job.record.user)
            if name.isEmpty { writer.null() } else { writer.text(name) }
        },
        .value("wckey") { $2.wckeyTag($1.script(of: $0).wckey) },
        .string("working_directory") {
            $1.cluster.append(workingDirectoryOf: $0.record.user, script: $0.record.script, to: &$2)
        },
    ]
}

extension EndedJob {
    var allocatedResources: Resources {
        Resources(
            cpus: Int(allocatedCPUs), memory: Int(allocatedMemory), nodes: Int(allocatedNodes), gpus: Int(allocatedGPUs)
        )
    }

    var sluid: UInt64 { UInt64(submitted.seconds) << 32 | UInt64(id) }
}

extension Source {
    func script(of job: AccountedJob) -> Script { cluster.scripts[job.record.script] }

    /// The first node is known; the others are taken to follow it.
    fileprivate func append(nodesOf job: AccountedJob, to buffer: inout [UInt8]) {
        let first = job.record.firstNode
        guard first.exists else { return buffer.append(ascii: "None assigned") }
        let end = min(cluster.nodes.count, first.index + Int(job.record.allocatedNodes))
        cluster.append(hostlist: (first.index..<end).map { Ref<Node>($0) }, to: &buffer)
    }

    fileprivate func append(outputOf job: AccountedJob, to buffer: inout [UInt8]) {
        cluster.append(workingDirectoryOf: job.record.user, script: job.record.script, to: &buffer)
        buffer.append(ascii: "/slurm-")
        buffer.append(decimal: job.record.id)
        buffer.append(ascii: ".out")
    }
}

extension JSONWriter {
    fileprivate mutating func association(of job: AccountedJob, _ source: Source) {
        guard dialect.version <= .v41 else { return bareReference(to: source.id(of: job.record.association), source) }
        guard job.record.association.exists else { return emptyObject() }
        reference(to: source.cluster.associations[job.record.association], source)
    }

    fileprivate mutating func wckeyTag(_ wckey: Text) {
        let isDefault = wckey.bytes.first == UInt8(ascii: "*")
        object { writer in
            writer.key("wckey")
            writer.string { $0.append(contentsOf: wckey.bytes.dropFirst(isDefault ? 1 : 0)) }
            writer.key("flags")
            writer.list(isDefault ? ["ASSIGNED_DEFAULT"] : [] as [StaticString]) { $1.ascii($0) }
        }
    }
}
