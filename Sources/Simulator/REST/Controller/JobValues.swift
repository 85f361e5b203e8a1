import SimulatedCluster

extension JSONWriter {
    /// One word up to v0.0.39, in which a flag wins over the base state; base and flags from v0.0.40 on.
    mutating func state(_ state: JobState) {
        guard dialect.version >= .v40 else { return string(state.effective.rawValue.uppercased()) }
        beginList()
        separate()
        ascii(state.base.name)
        for (flag, name) in JobState.Flags.names where state.flags.contains(flag) && isKnown(flag) {
            separate()
            ascii(name)
        }
        endList()
    }

    private func isKnown(_ flag: JobState.Flags) -> Bool {
        switch flag {
        case .updateDatabase: dialect.version <= .v41
        case .expediting: dialect.version >= .v44
        default: true
        }
    }

    /// Of what wait(2) gives: the number itself up to v0.0.39, taken apart from v0.0.40 on.
    mutating func exitCode(_ status: UInt16) {
        switch dialect.version {
        case .v38: integer(status)
        case .v39: number(.value(Int(status)))
        default: processExitCode(status)
        }
    }

    mutating func processExitCode(_ status: UInt16) {
        let exit = ExitStatus(status)
        object { writer in
            writer.key("status")
            writer.list(CollectionOfOne(exit.name)) { $1.ascii($0) }
            writer.key("return_code")
            writer.number(exit.signal == nil ? .value(exit.code) : .unset)
            writer.key("signal")
            writer.object { writer in
                writer.key("id")
                writer.number(Number(exit.signal))
                writer.key("name")
                writer.ascii(exit.signal.map { ExitStatus.signalName($0) } ?? "")
            }
        }
    }

    /// Of a job that waits in several partitions.
    mutating func priorities(of job: Job, _ source: Source) {
        let partitions = source.cluster.partitions(of: job)
        list(partitions.count > 1 ? partitions : []) { partition, writer in
            writer.object { writer in
                writer.key("partition")
                writer.text(source.name(of: partition))
                writer.member("priority", Int(job.priority))
            }
        }
    }

    /// The job itself as a step.
    mutating func stepID(of job: Job) {
        object { writer in
            writer.key("sluid")
            writer.string { $0.append(sluid: UInt64(job.submitted.seconds) << 32 | UInt64(job.id)) }
            writer.key("job_id")
            writer.number(.value(Int(job.id)))
            writer.key("step_het_component")
            writer.number(.unset)
            writer.key("step_id")
            writer.ascii("entire")
        }
    }
}

extension [UInt8] {
    /// Appends an id as Slurm spells it: `s` and 13 digits of base 32.
    mutating func append(sluid: UInt64) {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
        append(UInt8(ascii: "s"))
        for shift in stride(from: 60, through: 0, by: -5) { append(alphabet[Int(sluid >> UInt64(shift) & 31)]) }
    }
}

/// An exit status as wait(2) packs it.
struct ExitStatus {
    let code: Int
    let signal: Int?

    init(_ status: UInt16) {
        let signal = Int(status & 0x7F)
        self.signal = signal == 0 ? nil : signal
        code = Int(status >> 8)
    }

    var name: StaticString {
        if signal != nil { return "SIGNALED" }
        return code == 0 ? "SUCCESS" : "ERROR"
    }

    static func signalName(_ number: Int) -> StaticString {
        switch number {
        case 1: "HUP"
        case 2: "INT"
        case 3: "QUIT"
        case 6: "ABRT"
        case 9: "KILL"
        case 10: "USR1"
        case 11: "SEGV"
        case 12: "USR2"
        case 15: "TERM"
        default: "UNKNOWN"
        }
    }

    /// strsignal(3)'s text, which the accounting database's jobs have up to v0.0.39.
    static func signalDescription(_ number: Int) -> StaticString {
        switch number {
        case 1: "Hangup"
        case 2: "Interrupt"
        case 3: "Quit"
        case 6: "Aborted"
        case 9: "Killed"
        case 10: "User defined signal 1"
        case 11: "Segmentation fault"
        case 12: "User defined signal 2"
        case 15: "Terminated"
        default: "Unknown signal"
        }
    }
}
