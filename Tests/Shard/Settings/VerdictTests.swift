import Collectors
import Configuration
import HTTPServer
import Metrics
import Program
import ServiceRuntime
import Testing
import Upstreams

@testable import ShardSettings

/// Keys under other names, keys without effect, and what a reload takes over.
struct VerdictTests {
    @Test(arguments: [
        ("memory_limit: 1GiB", "runtime: {memory_limit: 1GiB}"),
        ("runtime: {max_heap_size: 1GiB}", "runtime: {memory_limit: 1GiB}"),
        ("slurm: {timeout: 5s}", "slurm: {request_timeout: 5s}"),
        ("slurm: {name: a}", "slurm: {cluster: a}"),
        ("clusters: [{cluster: a}]", "clusters: [{name: a}]"),
        ("slurm: {circuit_breaker: {timeout: 5s}}", "slurm: {circuit_breaker: {reset_timeout: 5s}}"),
        ("slurm: {auth: {token: a, username: u}}", "slurm: {token: a, user: u}"),
        (
            "slurm: {base_url: 'https://a', tls: {ca_cert_file: /dev/null}}",
            "slurm: {base_url: 'https://a', ca_file: /dev/null}"
        ),
        ("collectors: {nodes: {collection_interval: 5s}}", "collectors: {nodes: {interval: 5s}}"),
        ("collectors: {jobs: {cardinality: {max_labels: 5}}}", "collectors: {jobs: {max_jobs: 5}}"),
        ("collectors: {users: {cardinality: {max_labels: 5}}}", "collectors: {users: {max_users: 5}}"),
        ("collectors: {accounts: {cardinality: {max_labels: 5}}}", "collectors: {accounts: {max_accounts: 5}}"),
        ("collectors: {jobs: {cardinality: {sample_rate: 0.5}}}", "metrics: {sampling: {jobs: {rate: 0.5}}}"),
        ("collectors: {jobs: {filters: {job_states: [RUNNING]}}}", "collectors: {jobs: {states: [running]}}"),
        ("collectors: {nodes: {filters: {include_partitions: [a]}}}", "collectors: {nodes: {partitions: [a]}}"),
        ("collectors: {collection_timeout: 5s}", "collection: {timeout: 5s}"),
        ("performance: {caching: {default_ttl: 5m}}", "processing: {cache: {ttl: 5m}}"),
        ("metrics: {cardinality: {max_series: 5}}", "metrics: {max_series: 5}"),
        ("server: {address: ':8080'}", "web: {listen: [':8080']}"),
        ("logging: {level: debug, format: json}", "log: {level: debug, format: json}"),
    ])
    func otherNamesMeanTheSame(other: String, key: String) throws {
        let settings = try settings(other)
        #expect(settings == (try self.settings(key)))
        #expect(settings != ShardSettings())
    }

    private func settings(_ text: String) throws -> ShardSettings {
        try load(text).settings
    }

    @Test(arguments: [
        ("collectors: {users: {timeout: 5s}}", "it takes the answers for jobs; use collectors.jobs.timeout"),
        ("slurm: {tls: {insecure_skip_verify: false}}", "certificates are always checked; use slurm.ca_file"),
        ("slurm: {auth: {type: jwt}}", "a token is shown where there is one; use slurm.authentication"),
        ("slurm: {use_adapters: true}", "all versions of the API are read by one decoder"),
        ("server: {metrics_path: /metrics}", "metrics are at /metrics"),
        ("metrics: {namespace: slurm}", "names start with slurm_; use metrics.prefix"),
        ("slurm: {http2: false}", "slurmrestd speaks HTTP/1.1"),
        ("collection: {queue_size: 5}", "a feed waits in its queue once at most"),
    ])
    func whatHasNoEffectSaysWhy(text: String, why: String) throws {
        let loaded = try load(text)
        #expect(loaded.settings == ShardSettings())
        #expect(loaded.warnings.count == 1)
        #expect(loaded.warnings.first?.text == "has no effect: \(why)")
    }

    @Test func whatHasNoEffectIsCheckedAllTheSame() {
        #expect(
            errors("collection:\n  queue_size: many") == [
                "shard.yaml:2: collection.queue_size: \"many\" is no whole number: write a whole number of at least 0"
            ])
    }

    @Test func whatIsPrintedCanBeReadAgain() throws {
        let text =
            "collectors: {jobs: {max_age: 90s, include_series: true}}\nmetrics: {max_series: 5}\nmemory_limit: 1GiB"
        let loaded = try load(text)
        #expect(try settings(ShardSettings.effective(loaded)) == loaded.settings)
        let several = try load("clusters: [{name: a, max_load: 0.5}, {name: b, base_url: 'unix:/b'}]")
        #expect(try settings(ShardSettings.effective(several)) == several.settings)
    }

    @Test func aReloadTakesOverWhereAndHowOftenSlurmIsAsked() throws {
        let old = try settings("slurm: {token: a}")
        let text = """
            slurm: {token: b}
            web: {listen: [':1']}
            log: {level: debug}
            metrics: {max_series: 5}
            collection: {max_load: 0.1}
            collectors: {jobs: {interval: 5s, max_jobs: 7}}
            """
        let change = SettingsChange(from: old, to: try settings(text))
        #expect(change.atOnce == ["slurm.token", "collectors.jobs.interval", "collection.max_load", "log.level"])
        #expect(change.atRestart == ["collectors.jobs.max_jobs", "metrics.max_series", "web.listen"])
        #expect(SettingsChange(from: old, to: old).atOnce.isEmpty)
        #expect(SettingsChange(from: old, to: old).atRestart.isEmpty)
    }

    @Test func clustersComeAndGoAtAStartOnly() throws {
        let old = try settings("clusters: [{name: a}, {name: b}]")
        let moved = SettingsChange(from: old, to: try settings("clusters: [{name: a, user: u}, {name: b}]"))
        #expect(moved.atOnce == ["clusters"] && moved.atRestart.isEmpty)
        let gone = SettingsChange(from: old, to: try settings("clusters: [{name: a, user: u}]"))
        #expect(gone.atOnce.isEmpty && gone.atRestart == ["clusters"])
        let renamed = SettingsChange(from: ShardSettings(), to: try settings("slurm: {cluster: c}"))
        #expect(renamed.atRestart == ["slurm.cluster"])
        let both = SettingsChange(
            from: ShardSettings(), to: try settings("{slurm: {cluster: c, user: u}, log: {level: debug}}"))
        #expect(both.atOnce == ["log.level"] && both.atRestart == ["slurm.cluster", "slurm.user"])
    }

    @Test func whatIsOnlyLookedAtAtTheStartIsSaid() throws {
        let change = SettingsChange(
            from: ShardSettings(),
            to: try settings(
                """
                collection: {staleness_factor: 5, backoff_on_throttle: false, intervals: {users: 5m, jobs: 5m}}
                collectors: {accounts: {interval: 7m}}
                """))
        #expect(change.atOnce == ["collection.intervals.jobs"])
        #expect(
            Set(change.atRestart) == [
                "collection.staleness_factor", "collection.backoff_on_throttle", "collection.intervals.users",
                "collectors.accounts.interval",
            ])
    }
}
