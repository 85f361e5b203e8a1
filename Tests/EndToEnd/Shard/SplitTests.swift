import TestSupport
import Testing

/// Three exporters that share the work by category run beside each other, each with a file of its own.
struct SplitTests {
    @Test func thePartsMakeAWhole() async throws {
        let simulator = try await RunningSimulator()
        let environment = ["SLURM_REST_URL": "http://\(simulator.address)"]
        let whole = try await RunningShard(of: simulator).scrape()
        var parts: [Scrape] = []
        for file in [CategorySplit.cluster, CategorySplit.jobs, CategorySplit.nodes] {
            let shard = try await RunningShard(configuration: file, environment: environment)
            try #require(await shard.becomesReady())
            parts.append(try await shard.scrape())
        }
        let (cluster, jobs, nodes) = (parts[0], parts[1], parts[2])
        let own = parts.map { Set($0.names.filter { !$0.hasPrefix("slurm_exporter_") && !$0.hasPrefix("process_") }) }
        // No name means two things.
        #expect(own[0].isDisjoint(with: own[1]) && own[1].isDisjoint(with: own[2]) && own[0].isDisjoint(with: own[2]))

        #expect(
            cluster.sums("slurm_cluster_nodes_total", by: ["state"])
                == whole.sums("slurm_cluster_nodes_total", by: ["state"]))
        #expect(cluster["slurm_cluster_jobs_total"] == whole["slurm_cluster_jobs_total"])
        for state in ["running", "pending"] {
            #expect(jobs["slurm_jobs_total", ["state": state]] == whole["slurm_jobs_total", ["state": state]])
        }
        #expect(jobs["slurm_jobs_total", ["state": "completed"]] == 0)
        #expect(jobs["slurm_jobs_excluded"] == (whole["slurm_jobs_total"] ?? 0) - (jobs["slurm_jobs_total"] ?? 0))
        #expect(nodes["slurm_nodes_total"] == whole["slurm_partition_nodes_total", ["partition": "gpu"]])
        let all = whole["slurm_cluster_nodes_total"] ?? 0
        #expect((nodes["slurm_nodes_excluded"] ?? 0) + (nodes["slurm_nodes_total"] ?? 0) == all)
        for part in parts { #expect(part["slurm_exporter_up"] == 1) }
    }
}
