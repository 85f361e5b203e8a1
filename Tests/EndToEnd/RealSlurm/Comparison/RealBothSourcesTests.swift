import Foundation
import RealSlurm
import TestSupport
import Testing

extension RealSlurmTests {
    /// slurmrestd and Slurm's commands, asked about the same jobs and nodes, give the same metrics.
    struct BothSourcesTests {
        @Test func familiesAreTheSame() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let cluster = try await RealCluster(slurm)
            var differences: [String] = []
            // What moves on its own stands between two looks in the other way; a scheduler's cycle may not.
            _ = try await eventually(within: .seconds(60)) {
                do {
                    differences = try await self.differences(cluster, slurm)
                } catch let failure as RealCluster.CollectionFailure {
                    differences = [failure.output]
                }
                return differences.isEmpty
            }
            #expect(differences == [])
        }

        private func differences(_ cluster: RealCluster, _ slurm: RealSlurm) async throws -> [String] {
            let before = try await RealCluster.collect(cluster.everything)
            let cli = try await RealCluster.collectByCommands(slurm)
            let after = try await RealCluster.collect(cluster.everything)
            var found = SourceDifferences(before, cli)
            found.explained["slurm_node_reason_info"] = "scontrol says who gave a reason only where it says when"
            return found.unexplained(until: after)
        }
    }
}

extension RealCluster {
    fileprivate var everything: String { settings() + Self.details }

    static func collectByCommands(_ slurm: RealSlurm) async throws -> Scrape {
        let wrappers = try slurm.wrappers()
        return try await collect(
            "slurm: {cluster: real, source: cli, commands: {directory: \"\(wrappers.path)\"}}\n" + details)
    }

    fileprivate static func collect(_ configuration: String) async throws -> Scrape {
        let directory = try TemporaryDirectory()
        let file = try directory.write(configuration, to: "shard.yaml")
        let shard = try ChildProcess(try builtProgram("slurm-shard"), ["--config", file, "--once"])
        guard try await shard.exit() == 0 else { throw CollectionFailure(output: shard.standardError) }
        return try Scrape(shard.standardOutput)
    }

    private static let details = """
        collectors:
          jobs: {include_series: true}
          nodes: {include_series: true}
          fairshare: {include_limits: true}
          accounting: {include_wckeys: true}
        metrics: {max_series: 1000000}

        """
}
