import Collectors
import HTTP
import HTTPServer
import Metrics
import ServiceRuntime
import ShardSettings
import Snapshots

/// The pages of other exporters' metrics, as far as they are switched on: each is published by itself, so that nothing
/// stands twice on any page.
struct CompatibilityPages: Sendable {
    private struct Page: Sendable {
        let set: CompatibilitySet
        let snapshots: Snapshots
        let collectors: [Collector]
    }

    private let pages: [Page]
    private let staleness: Staleness
    private let keeper: CounterKeeper

    init(_ settings: ShardSettings, log: Log) {
        pages = settings.metrics.compatibility.map { set in
            let collectors = settings.enabledCollectors.map { set.collector($0, settings.collected) }
            let registry = MetricRegistry()
            let snapshots = Snapshots(SnapshotSettings(settings, of: set), registry: registry)
            if set == .rivosinc { PeerScrape.register(in: registry, of: snapshots, settings) }
            return Page(set: set, snapshots: snapshots, collectors: collectors.filter { !$0.feeds.isEmpty })
        }
        staleness = settings.pace.staleness
        // Nothing in a set counts on.
        keeper = CounterKeeper(nil, registry: MetricRegistry(), logger: log.logger("counters"))
    }

    /// What folds the records of a cluster for these pages.
    func collections(of cluster: String) -> [ClusterCollection] {
        pages.map { page in
            ClusterCollection(
                name: cluster, page.collectors, required: [], staleness: staleness, pace: RefreshPace { _, _ in nil },
                snapshots: page.snapshots, keeper: keeper)
        }
    }

    func forget(_ cluster: String) async {
        for page in pages { await page.snapshots.forget(cluster) }
    }

    func checkMemory() async {
        for page in pages { await page.snapshots.checkMemory() }
    }

    /// - Parameter part: the collectors that are asked for; nil for all.
    func answer(to request: RoutedRequest, set name: String, of part: [Collector.Name]? = nil) -> Answer {
        if let page = pages.first(where: { $0.set.rawValue == name }) {
            return page.snapshots.metrics(for: request, of: part.map { Set($0.map(\.rawValue)) })
        }
        let known = CompatibilitySet.allCases.map(\.rawValue)
        let reason =
            known.contains(name)
            ? "the set '\(name)' is switched off; `metrics.compatibility` switches it on"
            : "no set '\(name)'; there are: \(known.sorted().joined(separator: ", "))"
        return .response(Response(.badRequest, text: "400 Bad Request: \(reason)"))
    }
}

extension Router {
    /// `/metrics`, of a set where one is named, and other exporters' paths below it.
    mutating func addMetrics(
        _ pages: @escaping @Sendable () -> CompatibilityPages, main: @escaping Handler
    ) throws(RouteError) {
        try add(.get, "/metrics") { request in
            request.query["set"].map { pages().answer(to: request, set: $0) } ?? main(request)
        }
        for set in CompatibilitySet.allCases {
            for (path, collectors) in set.paths {
                try add(.get, "/metrics/\(path)") { pages().answer(to: $0, set: set.rawValue, of: collectors) }
            }
        }
    }
}

extension SnapshotSettings {
    fileprivate init(_ settings: ShardSettings, of set: CompatibilitySet) {
        self.init(settings)
        prefix = nil
        levels = [:]
        self.set = set.rawValue
        // Other exporters know one cluster only.
        namesClusters = settings.clusters.count > 1
        for (peer, own): (LabelName, LabelName) in [("username", "user")] { labelLimits[peer] = labelLimits[own] }
        missingCollectors = Collector.Name.allCases.filter { name in
            !settings.enabledCollectors.contains(name) && !set.collector(name, settings.collected).feeds.isEmpty
        }.map(\.rawValue)
    }
}
