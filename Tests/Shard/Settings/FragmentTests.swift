import Collectors
import Configuration
import Metrics
import Testing
import Upstreams

@testable import ShardSettings

/// Parts of configurations as guides for large clusters give them.
struct FragmentTests {
    @Test func intervals() throws {
        let settings = try settings(
            """
            collection:
              intervals:
                cluster: 60s
                nodes: 30s
                jobs: 120s
                partitions: 300s
                users: 300s
              jitter: 10s
              timeout: 60s
              retry_attempts: 3
              retry_delay: 10s
              retry_backoff: 2.0
            """)
        #expect(
            settings.controllerPlan == ["jobs 2m 1m", "nodes 30s 1m", "partitions 5m 1m", "diag 30s 1m", "ping 1m 1m"])
        #expect(settings.refreshInterval(of: .users) == .seconds(300))
        #expect(settings.refreshInterval(of: .accounts) == nil)
        let queue = settings.clusters[0].queue
        #expect(queue.jitterSeconds == 10)
        #expect(queue.retryAttempts == 3 && queue.retryDelaySeconds == 10 && queue.retryBackoff == 2)
    }

    @Test func selection() throws {
        let text = """
            collectors:
              nodes:
                enabled: true
                partitions: ["gpu", "bigmem", "compute"]
                include_features: false
                states: ["idle", "allocated", "down", "drain"]
              jobs:
                enabled: true
                max_jobs: 10000
                states: ["running", "pending", "completing"]
                max_age: "1h"
                include_steps: false
              users:
                enabled: true
                max_users: 500
                exclude_users: ["root", "slurm", "nobody"]
            """
        let loaded = try load(text)
        let collected = loaded.settings.collected
        #expect(collected.nodes.partitions == ["gpu", "bigmem", "compute"])
        #expect(collected.nodes.states == ["idle", "allocated", "down", "drain"])
        #expect(!collected.nodes.includesFeatures && collected.nodes.includesSeries)
        #expect(collected.jobs.states == ["running", "pending", "completing"])
        #expect(collected.jobs.maximumSeries == 10_000 && collected.jobs.maximumAgeSeconds == 3600)
        #expect(collected.users.maximum == 500 && collected.users.excluded == ["root", "slurm", "nobody"])
        #expect(loaded.settings.enabledCollectors == Collector.Name.allCases)
        #expect(!collected.jobs.includesSteps && collected.accounting.includesSteps)
        #expect(loaded.warnings.isEmpty)
    }

    @Test func jobsMayHaveSeriesForTheirNodesToo() throws {
        let jobs = try load("collectors: {jobs: {include_series: true, include_nodes: true}}").settings.collected.jobs
        #expect(jobs.includesSeries && jobs.includesNodes)
        #expect(try !load("collectors: {jobs: {include_series: true}}").settings.collected.jobs.includesNodes)
    }

    @Test func connections() throws {
        let text = """
            slurm:
              max_connections: 20
              max_idle_connections: 10
              connection_lifetime: 300s
              keep_alive: true
              connect_timeout: 10s
              request_timeout: 60s
              http2: true
              max_frame_size: 1048576
              compression: true
              circuit_breaker:
                enabled: true
                failure_threshold: 5
                reset_timeout: 30s
                success_threshold: 3
            """
        let loaded = try load(text)
        let cluster = loaded.settings.clusters[0]
        #expect(cluster.rest.connectTimeoutSeconds == 10 && cluster.rest.requestTimeoutSeconds == 60)
        #expect(cluster.queue.maximumRequests == 20)
        #expect(cluster.breaker.isEnabled && cluster.breaker.failureThreshold == 5)
        #expect(cluster.breaker.resetTimeoutSeconds == 30 && cluster.breaker.successThreshold == 3)
        #expect(
            loaded.warnings.map(\.path) == [
                "slurm.max_idle_connections", "slurm.connection_lifetime", "slurm.keep_alive",
                "slurm.http2", "slurm.max_frame_size", "slurm.compression",
            ])
    }

    @Test func cardinality() throws {
        let loaded = try load(
            """
            metrics:
              max_series: 100000
              label_limits:
                user: 1000
                partition: 50
                node: 5000
                job_name: 2000
                account: 500
              retention:
                high_frequency: 24h
                medium_frequency: 7d
                low_frequency: 30d
            """)
        #expect(loaded.settings.metrics.maximumSeries == 100_000)
        #expect(
            loaded.settings.metrics.labelLimits == [
                "user": 1000, "partition": 50, "node": 5000, "job_name": 2000, "account": 500,
            ])
        #expect(
            loaded.warnings.map(\.path) == [
                "metrics.retention.high_frequency", "metrics.retention.medium_frequency",
                "metrics.retention.low_frequency",
            ])
    }

    @Test func concurrency() throws {
        let loaded = try load(
            """
            collection:
              max_workers: 4
              queue_size: 1000
              batch_size: 100
              batch_timeout: 5s
              cpu_throttle_threshold: 0.8
              backoff_on_throttle: true
            """)
        #expect(loaded.settings.clusters[0].queue.maximumRequests == 4)
        #expect(loaded.settings.pace.backsOffOnThrottle && loaded.settings.pace.throttleThreshold == 0.8)
        #expect(
            loaded.warnings.map(\.path) == [
                "collection.queue_size", "collection.batch_size", "collection.batch_timeout",
            ])
    }

    @Test func processing() throws {
        let loaded = try load(
            """
            processing:
              streaming_parser: true
              buffer_pool_size: 100
              max_buffer_size: 1048576
              response_compression: true
              cache:
                enabled: true
                ttl: 300s
                max_size: 1000
            """)
        #expect(loaded.settings.pace.staleness.minimum == .seconds(300))
        #expect(
            loaded.warnings.map(\.path) == [
                "processing.streaming_parser", "processing.buffer_pool_size", "processing.max_buffer_size",
                "processing.response_compression", "processing.cache.enabled", "processing.cache.max_size",
            ])
    }

    @Test func aggregation() throws {
        let settings = try settings(
            """
            metrics:
              aggregation:
                enabled: true
                levels: ["cluster", "partition", "user", "account"]
              sampling:
                jobs:
                  enabled: true
                  rate: 0.1
                  stratified: true
              histograms:
                job_duration_buckets: [60, 300, 1800, 3600, 14400, 86400]
                memory_usage_buckets: [1e6, 1e7, 1e8, 1e9, 1e10, 1e11]
            """)
        #expect(settings.enabledCollectors == Collector.Name.allCases)
        #expect(settings.collected.jobs.sampleRate == 0.1 && settings.collected.jobs.samplesByStratum)
        #expect(settings.collected.histograms.jobDurations == [60, 300, 1800, 3600, 14400, 86400])
        #expect(settings.collected.histograms.memoryUse == [1e6, 1e7, 1e8, 1e9, 1e10, 1e11])
    }

    private let levels = """
        metrics:
          levels:
            critical:
              - slurm_cluster_health
              - slurm_controller_status
              - slurm_node_count_by_state
            important:
              - slurm_cluster_utilization
              - slurm_job_queue_length
              - slurm_partition_utilization
            detailed:
              - slurm_node_details
              - slurm_job_details
              - slurm_user_statistics
        """

    @Test func levelsHaveIntervalsOfTheirOwn() throws {
        let levels = try settings(levels).metrics.levels
        #expect(levels.level(of: "slurm_controller_status") == .critical)
        #expect(levels.interval(of: "slurm_controller_status") == .seconds(5))
        #expect(levels.interval(of: "slurm_job_queue_length") == .seconds(30))
        #expect(levels.level(of: "slurm_job_details") == .detailed)
        #expect(levels.interval(of: "slurm_job_details") == .seconds(300))
        #expect(levels.level(of: "slurm_jobs_pending") == nil && levels.interval(of: "slurm_jobs_pending") == nil)
    }

    @Test func figuresOfTheExporter() throws {
        let exporter = try settings(
            """
            metrics:
              exporter:
                collection_duration_seconds:
                  enabled: true
                  buckets: [0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0]
                api_request_duration_seconds:
                  enabled: true
                  buckets: [0.01, 0.05, 0.1, 0.5, 1.0, 2.5, 5.0]
                memory_usage_bytes:
                  enabled: true
                cache_hit_ratio:
                  enabled: false
                collection_errors_total:
                  enabled: true
                  by_collector: true
                  by_error_type: false
            """
        ).metrics.exporter
        #expect(exporter.collectionDuration.bounds == [0.1, 0.5, 1, 2.5, 5, 10, 30, 60])
        #expect(exporter.requestDuration.bounds == [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5])
        #expect(exporter.showsMemoryUsage && !exporter.showsCacheHitRatio)
        #expect(exporter.collectionErrors.byCollector && !exporter.collectionErrors.byType)
    }

    @Test func slowSlurm() throws {
        let cluster = try settings(
            """
            slurm:
              circuit_breaker:
                enabled: true
                failure_threshold: 3
                timeout: 30s
              timeout: 30s
              retry_attempts: 3
              retry_delay: 5s
            """
        ).clusters[0]
        #expect(cluster.breaker.failureThreshold == 3 && cluster.breaker.resetTimeoutSeconds == 30)
        #expect(cluster.rest.requestTimeoutSeconds == 30)
        #expect(cluster.queue.retryAttempts == 3 && cluster.queue.retryDelaySeconds == 5)
    }

    @Test func memory() throws {
        let loaded = try load(
            """
            runtime:
              gc_target_percentage: 50
              max_heap_size: "2GiB"
            metrics:
              max_series: 50000
              label_limits:
                user: 1000
                job_name: 2000
            """)
        #expect(loaded.settings.runtime.memoryLimit == 2 << 30)
        #expect(loaded.settings.metrics.maximumSeries == 50_000)
        #expect(
            loaded.warnings.map(\.description) == [
                "shard.yaml:2: runtime.gc_target_percentage: has no effect: there is no garbage collector; use runtime.memory_limit"
            ])
    }

    @Test func processorTime() throws {
        let loaded = try load(
            """
            collection:
              intervals:
                cluster: 60s
                nodes: 60s
                jobs: 300s
            max_workers: 2
            batch_requests: true
            batch_size: 50
            """)
        #expect(
            loaded.settings.controllerPlan == [
                "jobs 5m 1m", "nodes 1m 1m", "partitions 1m 1m", "diag 30s 1m", "ping 1m 1m",
            ])
        #expect(loaded.settings.clusters[0].queue.maximumRequests == 2)
        #expect(loaded.warnings.map(\.path) == ["batch_requests", "batch_size"])
    }

    @Test func performance() throws {
        let loaded = try load(
            """
            collectors:
              jobs:
                collection_interval: 60s
                timeout: 30s
                cardinality:
                  max_labels: 3000
                  sample_rate: 0.8

              nodes:
                collection_interval: 120s
                timeout: 45s

            performance:
              memory_optimizer:
                enabled: true
                gc_percent: 50

              connection_pool:
                enabled: true
                max_connections: 5

              caching:
                enabled: true
                default_ttl: 60s
                max_size: 2000
            """)
        let settings = loaded.settings
        #expect(
            settings.controllerPlan == [
                "jobs 1m 30s", "nodes 2m 45s", "partitions 1m 1m", "diag 30s 1m", "ping 30s 1m",
            ])
        #expect(settings.collected.jobs.maximumSeries == 3000 && settings.collected.jobs.sampleRate == 0.8)
        #expect(settings.pace.staleness.minimum == .seconds(60))
        #expect(settings.clusters[0].queue.maximumRequests == 5)
        #expect(
            loaded.warnings.map(\.path) == [
                "performance.memory_optimizer.enabled", "performance.memory_optimizer.gc_percent",
                "performance.connection_pool.enabled",
                "performance.caching.enabled", "performance.caching.max_size",
            ])
    }

    @Test func variablesOfOtherProgramsAreWarnedAbout() throws {
        let environment = [
            "GOGC": "50", "GOMEMLIMIT": "8GiB", "GOMAXPROCS": "4", "GODEBUG": "gctrace=1", "HA_MODE": "primary",
            "LEADER_ELECTION": "true", "STANDBY_INTERVAL": "60s",
        ]
        #expect(
            try warnings(environment: environment).sorted() == [
                "GODEBUG: has no effect: this is no Go program",
                "GOGC: runtime.gc_target_percentage: has no effect: there is no garbage collector; use runtime.memory_limit",
                "GOMAXPROCS: has no effect: this is no Go program; use the CPU limit of the unit or the pod",
                "GOMEMLIMIT: has no effect: this is no Go program; use SLURM_EXPORTER_RUNTIME_MEMORY_LIMIT",
                "HA_MODE: has no effect: shards don't stand by for each other, coordinators do",
                "LEADER_ELECTION: has no effect: shards don't stand by for each other, coordinators do",
                "STANDBY_INTERVAL: has no effect: shards don't stand by for each other, coordinators do",
            ])
    }
}
