import Foundation

/// Programs under the names of others, which find more in their environment than they are given: what runs Slurm's
/// commands gives them next to nothing.
public final class CommandWrappers: Sendable {
    private let directory: TemporaryDirectory

    /// Where they are.
    public var path: String { directory.url.path }

    /// - Parameter directory: where the programs are that they stand for.
    public init(_ names: [String], in directory: String, environment: [String: String]) throws {
        self.directory = try TemporaryDirectory()
        let variables = environment.map { "'\($0.key)=\($0.value)'" }.joined(separator: " ")
        for name in names { try write(name, "exec env \(variables) '\(directory)/\(name)' \"$@\"") }
    }

    /// Puts a script of a shell's in the place of a program.
    public func write(_ name: String, _ script: String) throws {
        let file = try directory.write("#!/bin/sh\n\(script)\n", to: name)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    }

    public static let slurm = ["squeue", "scontrol", "sinfo", "sdiag", "sshare", "sacct", "sacctmgr"]
}
