import Foundation

extension RealSlurm {
    /// - Returns: the job's id, an array's own one.
    func submit(_ submission: Submission) async throws -> Int {
        let isNamed = submission.more.contains("-J") || { if case .file = submission.script { true } else { false } }()
        var arguments = ["--parsable", "-o", "/dev/null", "-e", "/dev/null", "-A", submission.account]
        arguments += isNamed ? [] : ["-J", submission.name]
        arguments += submission.options.split(separator: " ").map(String.init) + submission.more
        switch submission.script {
        case .endless: arguments += ["--wrap", "exec sleep 100000"]
        case .command(let command): arguments += ["--wrap", command]
        case .file(let bytes):
            let path = place.path(.jobs, "\(submission.name).sh")
            try Data(bytes).write(to: URL(filePath: path))
            arguments.append(path)
        }
        let user = submission.user == "root" ? nil : submission.user
        let output = try await run("sbatch", arguments, as: user)
        guard let identifier = Int(output.prefix { $0.isNumber }) else {
            throw CommandFailure(command: ["sbatch"] + arguments, status: 0, output: output)
        }
        return identifier
    }
}
