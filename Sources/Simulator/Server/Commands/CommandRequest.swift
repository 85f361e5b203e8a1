import SimulatedCluster

/// A run of one of Slurm's commands, as it is sent to the simulator: `NAME=VALUE` of the environment, an empty entry, and
/// the arguments with the command's name first, each entry ended by a NUL.
struct CommandRequest: Hashable, Sendable {
    var arguments: [Text]
    var environment: [String: String]

    init(arguments: [Text], environment: [String: String]) {
        self.arguments = arguments
        self.environment = environment.filter { Self.matters($0.key) }
    }

    init?(_ bytes: [UInt8]) {
        let entries = bytes.split(separator: 0, omittingEmptySubsequences: false)
        guard let gap = entries.firstIndex(where: \.isEmpty), entries.last?.isEmpty == true else { return nil }
        arguments = entries[(gap + 1)...].dropLast().map { Text(bytes: Array($0)) }
        environment = [:]
        for entry in entries[..<gap] {
            let parts = String(decoding: entry, as: UTF8.self).split(separator: "=", maxSplits: 1)
            guard let name = parts.first else { return nil }
            environment[String(name)] = parts.count > 1 ? String(parts[1]) : ""
        }
        guard !arguments.isEmpty else { return nil }
    }

    var bytes: [UInt8] {
        let variables = environment.sorted { $0.key < $1.key }.map { Array("\($0.key)=\($0.value)".utf8) }
        return (variables + [[]] + arguments.map(\.bytes)).flatMap { $0 + [0] }
    }

    private static func matters(_ variable: String) -> Bool {
        ["SLURM", "SQUEUE", "SINFO", "SCONTROL", "SACCT", "SSHARE", "SDIAG", "SPRIO"].contains {
            variable.hasPrefix($0)
        } && !variable.hasPrefix("SLURM_JWT")
    }
}
