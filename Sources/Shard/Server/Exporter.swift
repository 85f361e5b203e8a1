import Collectors
import Metrics
import ServiceRuntime
import ShardSettings
import Snapshots
import Upstreams

/// What a shard works with: upstreams that read clusters, collections that fold what they read, snapshots that show it.
struct Exporter: Workload {
    let registry: MetricRegistry
    let snapshots: Snapshots
    let compatibility: CompatibilityPages
    let upstreams: [Upstream]
    let throttleThreshold: Double?

    var shown: [Snapshots] { [snapshots] }
    var otherPages: CompatibilityPages { compatibility }

    init(_ settings: ShardSettings, log: Log) {
        let registry = MetricRegistry()
        let snapshots = Snapshots(SnapshotSettings(settings), registry: registry)
        let keeper = CounterKeeper(
            settings.runtime.stateDirectory, registry: registry, logger: log.logger("counters"))
        let compatibility = CompatibilityPages(settings, log: log)
        let upstreams = settings.clusters.map { cluster in
            let collectors = settings.enabledCollectors.map { Collector($0, settings.collected) }
            let collection = ClusterCollection(
                name: cluster.name, collectors, required: settings.requiredCollectors,
                staleness: settings.pace.staleness, pace: RefreshPace(settings), snapshots: snapshots, keeper: keeper)
            return Upstream(
                cluster, schedule: settings.questions(to: cluster),
                consumer: ClusterHub(
                    name: cluster.name, [collection] + compatibility.collections(of: cluster.name)),
                logger: log.logger("upstream"))
        }
        UpstreamMetrics.register(
            in: registry, durationBounds: settings.metrics.exporter.requestDuration.shownBounds
        ) { upstreams }
        self.registry = registry
        self.snapshots = snapshots
        self.compatibility = compatibility
        self.upstreams = upstreams
        throttleThreshold = settings.pace.throttlingThreshold
    }

    /// Takes over where and how often Slurm is asked; clusters that come or go need a restart.
    func update(_ settings: ShardSettings) throws(UpstreamError) {
        for (upstream, cluster) in zip(upstreams, settings.clusters) {
            try upstream.update(cluster, schedule: settings.questions(to: cluster))
        }
    }
}

extension ShardSettings {
    func questions(to cluster: ClusterSettings) -> [FeedSchedule] {
        schedule(of: cluster).map {
            FeedSchedule($0.feed, every: $0.interval, timeout: $0.timeout)
        }
    }
}

extension RefreshPace {
    init(_ settings: ShardSettings) {
        self.init { family, collector in
            settings.metrics.levels.interval(of: family) ?? settings.refreshInterval(of: collector)
        }
    }
}

extension SnapshotSettings {
    init(_ settings: ShardSettings) {
        self.init()
        if settings.metrics.prefix != MetricsSettings.canonicalPrefix { prefix = settings.metrics.prefix }
        labelLimits = settings.labelLimits
        maximumSeries = settings.metrics.maximumSeries
        memoryLimitBytes = settings.runtime.memoryLimit.map { UInt64($0) }
        levels = settings.metrics.levels.levels
        own = OwnFigures(settings.metrics.exporter)
        errorTypes = UpstreamError.labels
    }
}

extension OwnFigures {
    fileprivate init(_ figures: ExporterFigures) {
        self.init()
        collectionDurationBounds = figures.collectionDuration.shownBounds
        scrapeDurationBounds = figures.scrapeDuration.shownBounds
        showsMemoryUsage = figures.showsMemoryUsage
        showsCacheHitRatio = figures.showsCacheHitRatio
        let errors = figures.collectionErrors
        collectionErrors =
            errors.isEnabled ? ErrorLabels(tellsCollector: errors.byCollector, tellsType: errors.byType) : nil
    }
}
