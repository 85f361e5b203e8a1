import Collectors
import Metrics
import ServiceRuntime
import Snapshots
import Upstreams

/// What a shard works with: upstreams that read clusters, collections that fold what they read, snapshots that show it.
struct Exporter: Sendable {
    let registry: MetricRegistry
    let snapshots: Snapshots
    let upstreams: [Upstream]

    init(_ settings: ShardSettings, log: Log) {
        let registry = MetricRegistry()
        let snapshots = Snapshots(SnapshotSettings(settings), registry: registry)
        self.registry = registry
        self.snapshots = snapshots
        upstreams = settings.clusters.map { cluster in
            let collectors = settings.enabledCollectors.map { Collector($0, settings.collected) }
            let collection = ClusterCollection(
                name: cluster.name, collectors, staleness: settings.pace.staleness, snapshots: snapshots)
            return Upstream(
                cluster, schedule: settings.schedule(of: cluster, for: collectors), consumer: collection,
                logger: log.logger("upstream"))
        }
        UpstreamMetrics.register(in: registry) { [upstreams] in upstreams }
    }
}
