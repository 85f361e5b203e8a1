import SimulatedCluster

/// What all commands answer alike before they look at their own options.
extension Session {
    /// `--version`
    mutating func printVersion() {
        output.print("slurm \(report.release.version)")
    }

    /// `--help` and `--usage`: the simulator doesn't repeat Slurm's manuals.
    mutating func printHelp() {
        output.print("Usage: \(program) [OPTIONS...]")
        output.print("A simulated \(program) of Slurm \(report.release.version): see its manual.")
    }

    func refuseJSON() -> CommandFailure {
        .error(program, "the simulated commands write text only; slurmrestd has the same as JSON")
    }

    /// Whether the one cluster there is was asked for with `-M`; any other can't be reached.
    func checkClusters(_ names: Text) throws(CommandFailure) {
        let own = report.cluster.parameters.name
        for name in names.listed where name != own && name != "all" {
            throw .error(
                program,
                "'\(name.repaired)' can't be reached now, or it is an invalid entry for --cluster. "
                    + "Use 'sacctmgr list clusters' to see available clusters.")
        }
    }
}
