public import Collectors
public import Metrics

/// Which series there are, and what they are called.
public struct MetricsSettings: Equatable, Sendable {
    public var prefix = canonicalPrefix
    public var maximumSeries: Int?
    /// How many values of a label have series of their own; the others are one, `other`.
    var labelLimits: [LabelName: Int] = [:]
    var sampling = Sampling()
    var aggregation = Aggregation()
    public var levels = Levels()
    public var exporter = ExporterFigures()
    /// Other exporters' metrics that are served besides.
    public var compatibility: [CompatibilitySet] = []

    public static let canonicalPrefix: MetricPrefix = "slurm_"

    /// Of the series of single jobs; totals count every job.
    struct Sampling: Equatable, Sendable {
        var isEnabled = true
        var rate = 1.0
        var isStratified = true
    }

    /// By what nodes and jobs are summed up.
    struct Aggregation: Equatable, Sendable {
        var isEnabled = true
        var levels = Level.allCases

        enum Level: String, CaseIterable, Sendable {
            case cluster, partition, user, account

            fileprivate var collector: Collector.Name {
                switch self {
                case .cluster: .cluster
                case .partition: .partitions
                case .user: .users
                case .account: .accounts
                }
            }
        }

        func includes(_ collector: Collector.Name) -> Bool {
            guard isEnabled, let level = Level.allCases.first(where: { $0.collector == collector }) else { return true }
            return levels.contains(level)
        }
    }

    /// Families that are refreshed less often than their feed, and go under pressure in another order than declared.
    public struct Levels: Equatable, Sendable {
        var critical: [MetricName] = []
        var important: [MetricName] = []
        var detailed: [MetricName] = []
        var intervals = Intervals()

        struct Intervals: Equatable, Sendable {
            var critical = Duration.seconds(5)
            var important = Duration.seconds(30)
            var detailed = Duration.seconds(300)
        }

        /// Of the families that are given one here.
        public var levels: [MetricName: Level] {
            Dictionary(Level.allCases.flatMap { level in families(of: level).map { ($0, level) } }) { first, _ in first
            }
        }

        /// The level that a family is given here, if any.
        func level(of family: MetricName) -> Level? {
            Level.allCases.first { families(of: $0).contains(family) }
        }

        func families(of level: Level) -> [MetricName] {
            switch level {
            case .critical: critical
            case .important: important
            case .detailed: detailed
            }
        }

        /// How long a family stays as it is at least; nil where every generation of its feed refreshes it.
        public func interval(of family: MetricName) -> Duration? {
            level(of: family).map {
                switch $0 {
                case .critical: intervals.critical
                case .important: intervals.important
                case .detailed: intervals.detailed
                }
            }
        }
    }
}

/// The exporter's figures about itself that can be shaped or left out.
public struct ExporterFigures: Equatable, Sendable {
    public var collectionDuration = Buckets(bounds: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60])
    public var requestDuration = Buckets(bounds: [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60])
    public var scrapeDuration = Buckets(bounds: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5])
    public var showsMemoryUsage = true
    public var showsCacheHitRatio = true
    public var collectionErrors = Errors()

    public init() {}

    /// A histogram.
    public struct Buckets: Equatable, Sendable {
        public var isEnabled = true
        public var bounds: [Double]

        /// Nil where it is left out.
        public var shownBounds: [Double]? { isEnabled ? bounds : nil }
    }

    public struct Errors: Equatable, Sendable {
        public var isEnabled = true
        public var byCollector = true
        public var byType = true
    }
}
