/// Jobs by the thousand on nodes that exist on paper: running ones run nothing, waiting ones are tasks of arrays, each a
/// record of its own.
public struct Crowd: Sendable {
    public var running = 1_000
    public var waiting = 20_000

    public init() {}

    private static let people = [("ada", "physics"), ("ben", "hep"), ("cleo", "bio"), ("eva", "ops")]
    private static let unlimited = [("ada", "physics"), ("eva", "ops"), ("gus", "ops")]

    /// Slurm splits an array's record when it changes one of its tasks, and does so for some thousand at once.
    private static let arrayLength = 2_000

    public func fill(_ slurm: RealSlurm) async throws {
        try await slurm.waitUntil("the paper nodes are idle", within: .seconds(120)) {
            try await slurm.run("sinfo", "-h", "-p", "paper", "-o", "%T").split(separator: "\n") == ["idle"]
        }
        try await allocate(slurm)
        try await submit(slurm)
        try await disturb(slurm)
    }

    private func allocate(_ slurm: RealSlurm) async throws {
        try await withThrowingTaskGroup { group in
            for lane in 0..<4 {
                group.addTask {
                    for number in stride(from: lane, to: running, by: 4) { try await allocate(number, slurm) }
                }
            }
            try await group.waitForAll()
        }
    }

    private func allocate(_ number: Int, _ slurm: RealSlurm) async throws {
        let (user, account) = Self.unlimited[number % Self.unlimited.count]
        var arguments = [
            "-Q", "--no-shell", "-A", account, "-p", "paper", "-J", "run\(number % 50)", "-N",
            number % 7 == 0 ? "8" : "1", "-c", "\(1 + number % 16)", "--mem=\(1 + number % 32)G", "-t",
            "\(60 + number % 4_000)",
        ]
        if number % 3 > 0 { arguments.append("--gres=gpu:a100:\(1 + number % 4)") }
        try await slurm.run("salloc", arguments, as: user)
    }

    private func submit(_ slurm: RealSlurm) async throws {
        for (index, first) in stride(from: 0, to: waiting, by: Self.arrayLength).enumerated() {
            let length = min(Self.arrayLength, waiting - first)
            let (user, account) = Self.people[index % Self.people.count]
            let hold = [["--begin=now+5days"], ["-H"], ["-d", "singleton", "--begin=now+1days"]][index % 3]
            let arguments =
                ["--parsable", "-A", account, "-p", "paper", "-J", "wait\(index)", "--array=1-\(length)"] + hold
                + ["-c", "\(1 + index % 8)", "--mem=\(1 + index % 9)G", "-t", "\(60 * (index + 1))"]
                + (index % 2 == 0 ? ["--gres=gpu:1"] : []) + ["--wrap", "sleep 10"]
            let identifier = try await slurm.run("sbatch", arguments, as: user).prefix { $0.isNumber }
            try await slurm.run("scontrol", "update", "jobid=\(identifier)_[1-\(length - 1)]", "nice=1")
        }
    }

    private func disturb(_ slurm: RealSlurm) async throws {
        try await slurm.run("scontrol", "update", "nodename=p[9801-9900]", "state=drain", "reason=paper jam")
        try await slurm.run("scontrol", "update", "nodename=p[9901-10000]", "state=down", "reason=torn")
    }
}

extension RealSlurm {
    public func fillWithCrowd() async throws { try await Crowd().fill(self) }
}
