/// Which of the process's own figures are shown, and how; nil for one that is left out.
public struct OwnFigures: Equatable, Sendable {
    /// Upper bounds of how long collections take, in seconds.
    public var collectionDurationBounds: [Double]? = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60]
    /// Upper bounds of how long scrapers wait, in seconds.
    public var scrapeDurationBounds: [Double]? = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    public var showsMemoryUsage = true
    public var showsCacheHitRatio = true
    public var collectionErrors: ErrorLabels? = ErrorLabels()

    public init() {}

    /// By what failed collections are told apart.
    public struct ErrorLabels: Equatable, Sendable {
        public var tellsCollector: Bool
        public var tellsType: Bool

        public init(tellsCollector: Bool = true, tellsType: Bool = true) {
            self.tellsCollector = tellsCollector
            self.tellsType = tellsType
        }
    }
}
