import Configuration
import Testing

struct LimitTests {
    @Test func readsAConfigurationAsSitesWriteIt() throws {
        let text = """
            slurm:
              base_url: "http://slurm:6820"
              request_timeout: 60s
              circuit_breaker: {enabled: true, failure_threshold: 5, reset_timeout: 30s}
            collectors:
              nodes:
                enabled: true
                partitions: ["gpu", "bigmem", "compute"]
              jobs:
                max_jobs: 10000        # limits the detail
                states: ["running", "pending", "completing"]
                max_age: "1h"
              users:
                max_users: 500
                exclude_users: ["root", "slurm", "nobody"]
            collection:
              intervals:
                cluster: 60s
                nodes: 30s
              jitter: 10s
              timeout: 60s
              retry_backoff: 2.0
              max_workers: 4
            metrics:
              prefix: "slurm_jobs_"
              max_series: 100000
              label_limits:
                user: 1000
                node: 5000
              sampling:
                jobs: {enabled: true, rate: 0.1, stratified: true}
              histograms:
                job_duration_buckets: [60, 300, 1e3, 1e6]
            processing:
              cache: {ttl: 300s, max_size: 1048576}
            clusters:
              - name: one
                base_url: http://one:6820
              - {name: two, base_url: "http://two:6820"}
            """
        let loaded = try load(text)
        let settings = loaded.settings
        #expect(settings.collectors.jobs.maxJobs == 10_000)
        #expect(settings.collectors.jobs.states == [.running, .pending, .completing])
        #expect(settings.metrics.durationBuckets == [60, 300, 1000, 1_000_000])
        #expect(settings.metrics.sampling == [.jobs: Sampling(enabled: true, rate: 0.1)])
        #expect(settings.clusters.map(\.name) == ["one", "two"])
        #expect(settings.collection.intervals == [.jobs: .seconds(60), .cluster: .seconds(60), .nodes: .seconds(30)])
        #expect(loaded.warnings.map(\.path) == ["metrics.sampling.jobs.stratified"])
    }

    @Test func endsSoonWhateverItIsGiven() {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1), *a\(level - 1), *a\(level - 1)]\n"
        }
        let unknown = (1...49_000).map { "max_workerz\($0): 1\n" }.joined()
        let clusters = "clusters:\n" + String(repeating: "- {nam: x}\n", count: 20_000)
        let references = "metrics: {prefix: '" + String(repeating: "${NAME}$$", count: 100_000) + "'}"
        let list = "collectors: {nodes: {partitions: '" + String(repeating: "a,", count: 200_000) + "'}}"
        let key = String(repeating: "k", count: 3_000_000) + ": 1"
        for text in [bomb, unknown, clusters, references, list, key] {
            let start = ContinuousClock.now
            #expect(loadAnything(Array(text.utf8)).utf8.count < 4_000_000)
            #expect(ContinuousClock.now - start < .seconds(20), "\(text.prefix(20))")
        }
    }

    @Test func refusesAFileThatIsTooLarge() {
        let text = String(repeating: "#", count: ConfigurationFile.limit + 1)
        #expect(errors(text) == ["slurm.yaml:1: the document has 4194305 bytes, the limit is 4194304"])
    }

    /// Every prefix and every damaged copy of a configuration ends in settings or errors.
    @Test func survivesDamage() {
        let text =
            "web: {listen: [':1', ':2']}\nclusters:\n  - &a {name: x, url: 'y${NAME}', labels: {k: v}}\n  - <<: *a\n"
        let bytes = Array(
            (text + "metrics: {label_limits: {user: 1e3}, max_series: ~}\ncollection: {jitter: 1m5s}\n").utf8)
        for end in bytes.indices { #expect(!loadAnything(Array(bytes[..<end])).isEmpty) }
        for index in bytes.indices {
            for byte in [0, 9, 10, 0x22, 0x2A, 0x3A, 0x5B, 0x7B, 0xC3, 0xFF] as [UInt8] {
                var damaged = bytes
                damaged[index] = byte
                #expect(!loadAnything(damaged).isEmpty)
            }
        }
    }
}
