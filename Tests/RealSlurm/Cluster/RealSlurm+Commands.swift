import Foundation
import TestSupport

extension RealSlurm {
    public struct CommandFailure: Error, CustomStringConvertible {
        public let command: [String]
        public let status: Int32
        public let output: String

        public var description: String { "\(command.joined(separator: " ")): status \(status), \(output)" }
    }

    /// One of Slurm's commands.
    ///
    /// - Parameter user: one of the cluster's; nil for root.
    /// - Returns: what it printed; bytes that are no UTF-8 are replaced.
    @discardableResult
    public func run(_ program: String, _ arguments: [String], as user: String? = nil) async throws -> String {
        guard let user else { return try await execute(program, arguments, environment: environment.client) }
        let identifier = People.identifier(of: user).map(String.init) ?? user
        let other = ["--reuid=\(identifier)", "--regid=\(People.group)", "--clear-groups", program]
        return try await execute("setpriv", other + arguments, environment: environment.daemon)
    }

    @discardableResult
    public func run(_ program: String, _ arguments: String..., as user: String? = nil) async throws -> String {
        try await run(program, arguments, as: user)
    }

    func execute(_ program: String, _ arguments: [String], environment: [String: String]) async throws -> String {
        let process = try ChildProcess(
            program, arguments, environment: environment, directory: URL(filePath: place.path(.jobs)))
        let status = try await process.exit(within: .seconds(120))
        guard status == 0 else {
            throw CommandFailure(
                command: [program] + arguments, status: status, output: process.standardError + process.standardOutput)
        }
        return process.standardOutput
    }
}

extension RealSlurm {
    /// How a person gets at it, in lines for a shell.
    public func instructions(token: String) -> String {
        let variables = environment.client.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return """
            env \(variables.joined(separator: " ")) squeue -a
            curl -H 'X-SLURM-USER-NAME: root' -H 'X-SLURM-USER-TOKEN: \(token)' \(address)/slurm/v0.0.38/jobs
            """
    }
}
