public import SimulatedCluster

/// The commands of a Slurm that is not there: what they print of a cluster's snapshot.
public enum SimulatedCommands {
    /// The names under which a program that runs these commands should be found.
    public static let names = commands.map(\.name)

    private typealias Command = (inout Session, ArraySlice<Text>) throws(CommandFailure) -> Void

    private static let commands:
        [(name: String, run: @Sendable (inout Session, ArraySlice<Text>) throws(CommandFailure) -> Void)] = [
            ("squeue", { session, arguments throws(CommandFailure) in try Squeue(session, arguments).run(&session) }),
            ("sinfo", { session, arguments throws(CommandFailure) in try Sinfo(session, arguments).run(&session) }),
            (
                "scontrol",
                { session, arguments throws(CommandFailure) in try Scontrol(session, arguments).run(&session) }
            ),
            ("sdiag", { session, arguments throws(CommandFailure) in try Sdiag(session, arguments).run(&session) }),
            ("sshare", { session, arguments throws(CommandFailure) in try Sshare(session, arguments).run(&session) }),
            ("sacct", { session, arguments throws(CommandFailure) in try Sacct(session, arguments).run(&session) }),
            (
                "sacctmgr",
                { session, arguments throws(CommandFailure) in try Sacctmgr(session, arguments).run(&session) }
            ),
        ]

    /// Runs one command to its end.
    ///
    /// - Parameters:
    ///   - arguments: The command's name, which may be a path, and what follows it.
    ///   - snapshot: The cluster that is asked; its time is "now".
    ///   - environment: `SLURM_TIME_FORMAT`, `SLURM_BITSTR_LEN`, `SQUEUE_FORMAT` and their like. Times are UTC.
    ///   - output: Takes standard output in pieces of some 64 KiB that end at a line's end.
    ///   - error: Takes standard error.
    /// - Returns: The exit code: 0, or what Slurm's command gives.
    public static func run(
        arguments: [Text], snapshot: Cluster, release: Release = .newest, environment: [String: String] = [:],
        output: @escaping ([UInt8]) -> Void, error: @escaping ([UInt8]) -> Void
    ) -> Int32 {
        let program = name(of: arguments.first ?? .empty)
        guard let command = commands.first(where: { $0.name == program }) else {
            error(Array("\(program): not one of Slurm's commands: \(names.joined(separator: ", "))\n".utf8))
            return 127
        }
        var session = Session(
            program: program, report: Report(cluster: snapshot, release: release, environment: environment),
            environment: environment, output: Stream(output), errors: Stream(error))
        session.run(command.run, arguments.dropFirst())
        return session.code
    }

    private static func name(of path: Text) -> String {
        String(decoding: path.bytes.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
    }
}

/// One run of a command.
struct Session {
    let program: String
    var report: Report
    let environment: [String: String]
    var output: Stream
    var errors: Stream
    var code: Int32 = 0

    /// Says on standard error what Slurm's error() would, and goes on.
    mutating func complain(_ message: String) {
        errors.print("\(program): error: \(message)")
    }

    fileprivate mutating func run(
        _ command: (inout Session, ArraySlice<Text>) throws(CommandFailure) -> Void, _ arguments: ArraySlice<Text>
    ) {
        do throws(CommandFailure) {
            try command(&self, arguments)
        } catch {
            errors.bytes.append(contentsOf: error.message)
            code = error.code
        }
        output.flush()
        errors.flush()
    }
}
