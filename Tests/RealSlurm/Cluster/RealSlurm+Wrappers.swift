public import TestSupport

extension RealSlurm {
    /// Slurm's commands for who gives them next to no environment, and so no way to find this cluster.
    public func wrappers() throws -> CommandWrappers {
        try CommandWrappers(CommandWrappers.slurm, in: "/usr/bin", environment: environment.client)
    }
}
