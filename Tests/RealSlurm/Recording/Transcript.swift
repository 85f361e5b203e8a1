public import Foundation

/// What Slurm's commands say at the moment of a recording, to compare with.
public struct Transcript {
    private static let commands = [
        ["squeue", "-a", "-r", "-t", "all", "-o", "%i|%T|%P|%u|%a|%q|%C|%D|%r|%j"],
        ["sinfo", "-N", "-a", "-o", "%N|%P|%T|%C|%m|%e|%O|%G|%f|%w|%E"],
        ["scontrol", "-a", "-o", "show", "node"], ["scontrol", "-a", "-o", "show", "job"],
        ["scontrol", "-a", "-o", "show", "partition"], ["scontrol", "-o", "show", "reservation"],
        ["scontrol", "-o", "show", "license"], ["sdiag"], ["sshare", "-a", "-l", "-P"],
        ["sacct", "-a", "-X", "-P", "-o", "JobID,State,User,Account,Partition,ExitCode,AllocTRES"],
    ]

    public static func write(_ slurm: RealSlurm, to directory: URL) async throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        for command in commands {
            let output = try await slurm.run(command[0], Array(command.dropFirst()))
            let words = command.filter { $0.allSatisfy { $0.isLetter } }
            try Data(output.utf8).write(to: directory.appending(path: words.joined(separator: "-") + ".txt"))
        }
    }
}
