public import Collectors
import Configuration
import HTTPServer
public import Membership
public import Metrics
public import Program
public import ServiceRuntime
public import Upstreams

/// Everything that can be configured, as it is written, and what follows from it.
public struct ShardSettings: Equatable, Sendable {
    public var web = WebSettings(listen: [.everywhere(port: 9341)])
    public var log = LogSettings()
    /// The one cluster, where there is one.
    var slurm = ClusterEntry()
    /// The clusters, where there are several.
    var several: [ClusterEntry] = []
    var collectors = ByCollector(CollectorEntry())
    public var pace = PaceSettings()
    /// What is collected, as far as collectors are concerned; `collected` is what holds.
    var selection = CollectionSettings()
    public var metrics = MetricsSettings()
    public var runtime = RuntimeSettings()
    /// The fleet that the process belongs to, if it has coordinators.
    public var fleet = MembershipSettings()
    /// Whether to print one collection instead of serving.
    public var runsOnce = false

    public init() {}

    public var clusters: [ClusterSettings] {
        (several.isEmpty ? [slurm] : several).map { entry in
            var settings = entry.settings(at: pace)
            settings.durationBounds = metrics.exporter.requestDuration.shownBounds
            return settings
        }
    }

    /// The collectors that run, in the order of their declaration.
    public var enabledCollectors: [Collector.Name] {
        Collector.Name.allCases.filter { collectors[$0].isEnabled ?? runsUnasked($0) }
    }

    /// Those that are asked for by name.
    public var requiredCollectors: Set<Collector.Name> {
        Set(Collector.Name.allCases.filter { collectors[$0].isEnabled == true })
    }

    /// A prefix of its own makes an exporter a part of a split: it does what it is told to do, and the rest is left to
    /// the others.
    private func runsUnasked(_ name: Collector.Name) -> Bool {
        let isPart = metrics.prefix != MetricsSettings.canonicalPrefix
        if isPart, Collector.Name.allCases.contains(where: { collectors[$0].isEnabled == true }) { return false }
        return metrics.aggregation.includes(name)
    }

    public var collected: CollectionSettings {
        var settings = selection
        settings.jobs.sampleRate = metrics.sampling.isEnabled ? metrics.sampling.rate : 1
        settings.jobs.samplesByStratum = metrics.sampling.isStratified
        return settings
    }
}

extension ShardSettings {
    /// How many values of a label have series of their own: the least of what is written.
    public var labelLimits: [LabelName: Int] {
        let maxima: [(LabelName, Int?)] = [
            ("user", selection.users.maximum), ("account", selection.accounts.maximum),
        ]
        return metrics.labelLimits.merging(maxima.compactMap { name, limit in limit.map { (name, $0) } }) {
            min($0, $1)
        }
    }
}

/// A value for each collector.
struct ByCollector<Value: Equatable & Sendable>: Equatable, Sendable {
    private var values: [Value]

    init(_ value: Value) {
        values = Collector.Name.allCases.map { _ in value }
    }

    subscript(name: Collector.Name) -> Value {
        get { values[name.place] }
        set { values[name.place] = newValue }
    }
}

extension Collector.Name {
    fileprivate var place: Int { Self.allCases.firstIndex(of: self)! }
}

/// How one collector runs.
struct CollectorEntry: Equatable, Sendable {
    var isEnabled: Bool?
    var interval: Duration?
    var timeout: Duration?
}
