import Collectors
import Configuration
import Metrics
import TestSupport
import Testing

@testable import ShardSettings

/// Three exporters that share the work by category, each with a prefix.
struct SplitTests {
    @Test func clusterExporterExportsTheClusterOnly() throws {
        let settings = try settings(CategorySplit.cluster)
        #expect(settings.enabledCollectors == [.cluster])
        #expect(settings.metrics.prefix == "slurm_cluster_")
        #expect(settings.plan == ["jobs 1m 1m", "nodes 30s 1m", "ping 30s 1m"])
        #expect(
            try given(CategorySplit.cluster) == [
                "enabled: true # shard.yaml:3", "interval: 30s # shard.yaml:4", "enabled: false # shard.yaml:6",
                "enabled: false # shard.yaml:8", "enabled: false # shard.yaml:10", "cluster: 30s # shard.yaml:14",
                "prefix: slurm_cluster_ # shard.yaml:17",
            ])
    }

    @Test func jobsExporterExportsActiveJobsOnly() throws {
        let settings = try settings(CategorySplit.jobs)
        #expect(settings.enabledCollectors == [.jobs])
        #expect(settings.metrics.prefix == "slurm_jobs_")
        #expect(settings.collected.jobs.states == ["running", "pending"])
        #expect(settings.collected.jobs.maximumSeries == 5000)
        #expect(settings.plan == ["jobs 1m 1m"])
        #expect(
            settings.summary == """
                # What follows from it:
                # collectors: jobs
                # the cluster at http://127.0.0.1:6820:
                #   jobs every 1m (collection.intervals.jobs), in at most 1m, shown for 3m

                """)
    }

    @Test func nodesExporterExportsNodesOfItsPartitionsOnly() throws {
        // Its interval and the usual timeout are one to four.
        #expect(try warnings(CategorySplit.nodes).map { $0.contains("collection.intervals.nodes") } == [true])
        let settings = try load(CategorySplit.nodes).settings
        #expect(settings.enabledCollectors == [.nodes])
        #expect(settings.metrics.prefix == "slurm_nodes_")
        #expect(settings.collected.nodes.partitions == ["gpu", "compute"])
        #expect(settings.plan == ["nodes 15s 1m"])
    }

    @Test func whatIsEnabledByNameIsAllThatAPartDoes() throws {
        let both = "collectors: {users: {enabled: true}, accounts: {enabled: true}}\n"
        #expect(try settings(both + "metrics: {prefix: slurm_people_}").enabledCollectors == [.users, .accounts])
        #expect(try settings(both).enabledCollectors == Collector.Name.allCases)
        #expect(try settings(both + "metrics: {prefix: slurm_}").enabledCollectors == Collector.Name.allCases)
    }

    @Test func aPrefixAloneSwitchesNothingOff() throws {
        #expect(try settings("metrics: {prefix: hpc_}").enabledCollectors == Collector.Name.allCases)
        let without = try settings("{metrics: {prefix: hpc_}, collectors: {jobs: {enabled: false}}}")
        #expect(without.enabledCollectors == Collector.Name.allCases.filter { $0 != .jobs })
    }

    @Test(arguments: Collector.Name.allCases)
    func noFamiliesOfACollectorClashUnderItsPrefix(name: Collector.Name) throws {
        let prefix = try MetricPrefix(validating: "slurm_\(name.rawValue)_")
        #expect(KnownFamilies(Catalogue()).clash(among: [name], under: prefix) == nil)
    }

    @Test func namesThatClashUnderAPrefixAreRefused() {
        let families = KnownFamilies(byCollector: [
            .jobs: [MetricFamily("slurm_jobs_running", .gauge, help: "Jobs.")],
            .users: [MetricFamily("slurm_running", .gauge, help: "Users.")],
        ])
        let text = "metrics:\n  prefix: slurm_jobs_\ncollectors:\n  users: {enabled: true}\n  jobs: {enabled: true}\n"
        #expect(
            errors(text, families: families) == [
                "shard.yaml:2: metrics.prefix: lets slurm_jobs_running and slurm_running both need the name 'slurm_jobs_running'"
            ])
        #expect(errors(text.replacing("users: {enabled: true}", with: "users: {}"), families: families) == [])
        #expect(errors(text.replacing("slurm_jobs_", with: "slurm_"), families: families) == [])
    }
}
