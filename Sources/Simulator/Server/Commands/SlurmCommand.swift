import SimulatedCluster
import SimulatedCommands

/// Slurm's commands, under whose names this program can be started.
enum SlurmCommand {
    static let names = SimulatedCommands.names

    /// - Parameter release: nothing, or one that the commands don't know, means the newest.
    static func run(
        _ request: CommandRequest, _ snapshot: Cluster, release: String?, output: @escaping ([UInt8]) -> Void,
        error: @escaping ([UInt8]) -> Void
    ) -> Int32 {
        SimulatedCommands.run(
            arguments: request.arguments, snapshot: snapshot,
            release: release.flatMap { Release(version: $0) } ?? .newest, environment: request.environment,
            output: output, error: error)
    }
}
