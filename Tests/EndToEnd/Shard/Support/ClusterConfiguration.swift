import TestSupport
import Testing

/// The YAML of a shard that asks simulators as often as it may.
enum ClusterConfiguration {
    /// - Parameter staleness: how many times its interval an answer holds.
    static func everySecond(staleness: Int = 100) -> String {
        """
        collection:
          max_load: 1
          retry_attempts: 0
          staleness_factor: \(staleness)
          intervals:
            {cluster: 1s, nodes: 1s, partitions: 1s, jobs: 1s, users: 1s, accounts: 1s, scheduler: 1s, qos: 1s,
             reservations: 1s, licenses: 1s, fairshare: 1s, accounting: 1s}

        """
    }

    /// - Parameter more: keys of `slurm`, each with a comma before it.
    static func slurm(_ address: String, name: String = "alpha", more: String = "") -> String {
        "slurm: {cluster: \(name), base_url: \"http://\(address)\"\(more)}\n"
    }
}

extension ClusterConfiguration {
    /// The two collectors with the fewest series.
    static let terse = """
        collectors:
          cluster: {enabled: true}
          nodes: {enabled: true, include_series: false}
          partitions: {enabled: false}
          jobs: {enabled: false}
          users: {enabled: false}
          accounts: {enabled: false}
          scheduler: {enabled: false}
          qos: {enabled: false}
          reservations: {enabled: false}
          licenses: {enabled: false}
          fairshare: {enabled: false}
          accounting: {enabled: false}

        """
}

extension RunningShard {
    /// A shard that asks a simulator each second, once it is ready.
    convenience init(
        of simulator: RunningSimulator, staleness: Int = 100, slurm: String = "", environment: [String: String] = [:],
        _ configuration: String = ""
    ) async throws {
        try await self.init(
            configuration: ClusterConfiguration.slurm(simulator.address, more: slurm)
                + ClusterConfiguration.everySecond(staleness: staleness) + configuration, environment: environment)
        guard try await becomesReady() else { throw NoAddress(output: process.standardError) }
    }
}

extension RunningSimulator {
    /// What `--once` prints.
    func collectOnce(_ configuration: String = "") async throws -> Scrape {
        let directory = try TemporaryDirectory()
        let file = try directory.write(ClusterConfiguration.slurm(address) + configuration, to: "shard.yaml")
        let shard = try ChildProcess(try builtProgram("slurm-shard"), ["--config", file, "--once"])
        #expect(try await shard.exit() == 0, "\(shard.standardError)")
        return try Scrape(shard.standardOutput)
    }

    /// A cluster that is quick to read.
    static func small(_ faults: String..., versions: String = "v0.0.44", port: UInt16 = 0) async throws
        -> RunningSimulator
    {
        let faults = faults.isEmpty ? [] : ["--fault", faults.joined(separator: ",")]
        return try await RunningSimulator(
            arguments: ["--no-menagerie", "--partitions", "2", "--users", "5", "--versions", versions] + faults,
            nodes: 6, jobs: 12, port: port)
    }
}
