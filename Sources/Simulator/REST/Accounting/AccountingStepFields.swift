import SimulatedCluster

struct AccountedStep {
    let job: AccountedJob
    let step: JobStep
}

/// `steps[]` of `/slurmdb/v0.0.N/jobs`, in the order of the document.
enum AccountingStepFields {
    static let all: [Field<AccountedStep>] = legacy + time + use

    private static let legacy: [Field<AccountedStep>] = [
        .value("nodes/list", .upTo(.v38)) { $2.nodeNames(of: $0, $1) },
        .integer("nodes/count", .upTo(.v38)) { step, _ in step.step.nodes },
        .string("nodes/range", .upTo(.v38)) { $1.append(nodesOf: $0, to: &$2) },
    ]

    private static let time: [Field<AccountedStep>] = [
        .value("tres", .upTo(.v38)) { $2.tres(of: $0, $1) },
        .integer("time/elapsed") { step, _ in step.step.ended - step.step.started },
        .time("time/end") { step, _ in step.step.ended },
        .time("time/start") { step, _ in step.step.started },
        .constant("time/suspended", integer: 0),
        .value("time/system") { $2.microseconds($0.step.systemMicroseconds) },
        .constant("time/limit", .since(.v43), number: .unset),
        .value("time/total") { $2.microseconds($0.step.userMicroseconds + $0.step.systemMicroseconds) },
        .value("time/user") { $2.microseconds($0.step.userMicroseconds) },
        .value("exit_code") { $2.accountedExitCode($0.step.waitStatus) },
        .integer("nodes/count", .since(.v39)) { step, _ in step.step.nodes },
        .string("nodes/range", .since(.v39)) { $1.append(nodesOf: $0, to: &$2) },
        .value("nodes/list", .since(.v39)) { $2.nodeNames(of: $0, $1) },
        .integer("tasks/count") { step, _ in step.step.tasks },
        .null("pid", .upTo(.v38)),
        .empty("pid", .v39 ... .v44),
        .constant("CPU/requested_frequency/min", number: .value(0)),
        .constant("CPU/requested_frequency/max", number: .value(0)),
        .constant("CPU/governor", .upTo(.v38), words: []),
        .constant("CPU/governor", .since(.v39), text: "0"),
        .null("kill_request_user", .upTo(.v38)),
        .empty("kill_request_user", .since(.v39)),
        .value("state") { $2.state(JobState($0.step.state)) },
    ]

    private static let use: [Field<AccountedStep>] = [
        .constant("statistics/CPU/actual_frequency", integer: 2_400_000),
        .integer("statistics/energy/consumed", .upTo(.v38)) { step, _ in Int(step.step.energy ?? 0) },
        .number("statistics/energy/consumed", .since(.v39)) { step, _ in Number(step.step.energy.map { Int($0) }) },
        .integer("step/job_id", .upTo(.v38)) { step, _ in Int(step.job.record.id) },
        .null("step/het/component", .upTo(.v38)),
        .string("step/id", .upTo(.v38)) { step, _, buffer in buffer.append(step.step.kind) },
        .value("step/id", .only(.v39)) { step, _, writer in
            writer.object { writer in
                writer.member("job_id", Int(step.job.record.id))
                writer.member("step_het_component", 4_294_967_294)
                writer.key("step_id")
                writer.string { $0.append(step.step.kind) }
            }
        },
        .string("step/id", .since(.v40)) { step, _, buffer in
            buffer.append(decimal: step.job.record.id)
            buffer.append(UInt8(ascii: "."))
            buffer.append(step.step.kind)
        },
        .text("step/name") { step, _ in step.step.name },
        .empty("step/stderr", .since(.v43)),
        .empty("step/stdin", .since(.v43)),
        .empty("step/stdout", .since(.v43)),
        .empty("step/stderr_expanded", .since(.v43)),
        .empty("step/stdin_expanded", .since(.v43)),
        .empty("step/stdout_expanded", .since(.v43)),
        .empty("submit_line", .since(.v45)),
        .constant("task/distribution", text: "Unknown"),
        .value("tres", .since(.v39)) { $2.tres(of: $0, $1) },
    ]
}

extension [UInt8] {
    fileprivate mutating func append(_ kind: JobStep.Kind) {
        switch kind {
        case .batch: append(ascii: "batch")
        case .extern: append(ascii: "extern")
        case .number(let number): append(decimal: number)
        }
    }
}

extension Source {
    private func nodes(of step: AccountedStep) -> [Ref<Node>] {
        let first = step.job.record.firstNode
        guard first.exists else { return [] }
        return (first.index..<min(cluster.nodes.count, first.index + step.step.nodes)).map { Ref($0) }
    }

    fileprivate func append(nodesOf step: AccountedStep, to buffer: inout [UInt8]) {
        cluster.append(hostlist: nodes(of: step), to: &buffer)
    }

    fileprivate func nodeNames(of step: AccountedStep) -> [NodeName] {
        nodes(of: step).map { cluster.nodes[$0].name }
    }

    /// CPU time in milliseconds, memory in bytes.
    fileprivate func consumed(by step: JobStep, memory: UInt64, tasks: Int) -> [(tres: TRES, count: Int)] {
        let milliseconds = Int(step.userMicroseconds + step.systemMicroseconds) / 1000 / max(1, tasks)
        return [(1, milliseconds), (2, Int(memory))].compactMap { id, count in tres(id).map { ($0, count) } }
    }
}

extension JSONWriter {
    fileprivate mutating func nodeNames(of step: AccountedStep, _ source: Source) {
        list(source.nodeNames(of: step)) { name, writer in
            writer.string { source.cluster.append(name, to: &$0) }
        }
    }

    /// What a step has asked for, has been given and has used; most of it is only measured for the whole.
    fileprivate mutating func tres(of step: AccountedStep, _ source: Source) {
        object { writer in
            writer.key("requested")
            writer.object { $0.unmeasured() }
            writer.key("consumed")
            writer.object { $0.consumed(by: step, source) }
            writer.key("allocated")
            let resources = Resources(
                cpus: step.step.cpus, memory: Int(step.job.record.allocatedMemory), nodes: step.step.nodes)
            writer.tres(source.tres(resources, type: .none).filter { $0.tres.id != 5 })
        }
    }

    private mutating func unmeasured() {
        for name in ["max", "min", "average", "total"] {
            key(named: name)
            emptyList()
        }
    }

    private mutating func consumed(by step: AccountedStep, _ source: Source) {
        guard let first = source.nodeNames(of: step).first else { return unmeasured() }
        var node: [UInt8] = []
        source.cluster.append(first, to: &node)
        let each = source.consumed(by: step.step, memory: step.step.maxResidentBytes, tasks: step.step.tasks)
        let sum = source.consumed(
            by: step.step, memory: step.step.maxResidentBytes * UInt64(max(1, step.step.tasks)), tasks: 1)
        key("max")
        tresOfTask(each, node: Text(bytes: node))
        key("min")
        tresOfTask(each, node: Text(bytes: node))
        key("average")
        tres(each.map { ($0.tres, $0.count) })
        key("total")
        tres(sum.map { ($0.tres, $0.count) })
    }
}
