import TestSupport

extension RealSlurm {
    func createDatabase() async throws {
        try place.give(place.path(.mariadb), to: "slurm", mode: 0o700)
        try place.give(place.path(.controller), to: "slurm")
        try place.give(place.path(.logs), to: "slurm")
        let arguments = [
            "--no-defaults", "--user=slurm", "--datadir=\(place.path(.mariadb, "data"))", "--skip-test-db",
        ]
        _ = try await execute("mariadb-install-db", arguments, environment: [:])
    }

    func fillAccounting() async throws {
        try await run("sacctmgr", "-iQ", "add", "cluster", SlurmConfiguration.clusterName)
        try await withThrowingTaskGroup { group in
            for quality in People.qualities {
                group.addTask { try await self.run("sacctmgr", ["-iQ", "add", "qos"] + quality) }
            }
            try await group.waitForAll()
        }
        try await run("sacctmgr", "-iQ", "load", "file=\(place.path(.configuration, "associations"))")
    }

    /// Not before slurmctld has told the database that there are such things.
    func limitGPUs() async throws {
        try await run("sacctmgr", "-iQ", "modify", "qos", "gpu", "set", "MaxTRESPerUser=gres/gpu=5")
    }
}
