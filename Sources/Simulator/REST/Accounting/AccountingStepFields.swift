import SimulatedCluster

struct AccountedStep {
    let job: AccountedJob
    let step: JobStep
}

/// `steps[]` of `/slurmdb/v0.0.N/jobs`, in the order of the document.
enum AccountingStepFields {
    static let all: [Field<AccountedStep>] = legacy + tres(.upTo(.v38)) + time + use + tres(.since(.v39))

    private static let legacy: [Field<AccountedStep>] = [
        .value("nodes/list", .upTo(.v38)) { $2.nodeNames(of: $0, $1) },
        .integer("nodes/count", .upTo(.v38)) { step, _ in step.step.nodes },
        .string("nodes/range", .upTo(.v38)) { $1.append(nodesOf: $0, to: &$2) },
    ]

    private static let time: [Field<AccountedStep>] = [
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
    ]

    /// What a step has asked for, has used and has been given; most of it is only measured for the whole.
    private static func tres(_ versions: ClosedRange<APIVersion>) -> [Field<AccountedStep>] {
        ["max", "min", "average", "total"].map { .constant("tres/requested/\($0)", versions, words: []) } + [
            .value("tres/consumed/max", versions) { $2.peak(of: $0, $1) },
            .value("tres/consumed/min", versions) { $2.peak(of: $0, $1) },
            .value("tres/consumed/average", versions) { $2.average(of: $0, $1) },
            .value("tres/consumed/total", versions) { $2.total(of: $0, $1) },
            .value("tres/allocated", versions) { $2.allocated(to: $0, $1) },
        ]
    }
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

extension AccountedStep {
    fileprivate var milliseconds: Int { Int(step.userMicroseconds + step.systemMicroseconds) / 1000 }
    fileprivate var tasks: Int { max(1, step.tasks) }
}

extension Source {
    private func nodes(of step: AccountedStep) -> Range<Int> {
        let first = step.job.record.firstNode
        guard first.exists else { return 0..<0 }
        return first.index..<min(cluster.nodes.count, first.index + step.step.nodes)
    }

    fileprivate func append(nodesOf step: AccountedStep, to buffer: inout [UInt8]) {
        cluster.append(hostlist: nodes(of: step).map { Ref($0) }, to: &buffer)
    }

    fileprivate func nodeNames(of step: AccountedStep) -> some Collection<NodeName> {
        let table = cluster.nodes
        return nodes(of: step).lazy.map { table[$0].name }
    }
}

extension JSONWriter {
    fileprivate mutating func nodeNames(of step: AccountedStep, _ source: Source) {
        list(source.nodeNames(of: step)) { name, writer in
            writer.string { source.cluster.append(name, to: &$0) }
        }
    }

    /// CPU time in milliseconds and memory in bytes of the busiest task: all tasks are alike.
    fileprivate mutating func peak(of step: AccountedStep, _ source: Source) {
        consumed(by: step, step.milliseconds / step.tasks, Int(step.step.maxResidentBytes), source) {
            $2.tres($1, ofTaskOn: $0, source)
        }
    }

    fileprivate mutating func average(of step: AccountedStep, _ source: Source) {
        consumed(by: step, step.milliseconds / step.tasks, Int(step.step.maxResidentBytes), source) {
            $2.tres($1, source)
        }
    }

    fileprivate mutating func total(of step: AccountedStep, _ source: Source) {
        consumed(by: step, step.milliseconds, Int(step.step.maxResidentBytes) * step.tasks, source) {
            $2.tres($1, source)
        }
    }

    private mutating func consumed(
        by step: AccountedStep, _ milliseconds: Int, _ bytes: Int, _ source: Source,
        _ write: (NodeName, TRESCount, inout JSONWriter) -> Void
    ) {
        beginList()
        if let node = source.nodeNames(of: step).first {
            for (id, count) in [(1, milliseconds), (2, bytes)] {
                guard let tres = source.tres(id) else { continue }
                separate()
                write(node, (tres, count), &self)
            }
        }
        endList()
    }

    fileprivate mutating func allocated(to step: AccountedStep, _ source: Source) {
        let resources = Resources(
            cpus: step.step.cpus, memory: Int(step.job.record.allocatedMemory), nodes: step.step.nodes)
        tres(source.tres(resources, type: .none).filter { $0.tres != source.tres(5) }, source)
    }
}
