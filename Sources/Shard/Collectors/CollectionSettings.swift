/// What is collected, and in how much detail.
public struct CollectionSettings: Equatable, Sendable {
    public var nodes = Nodes()
    public var jobs = Jobs()
    public var users = Users()
    public var accounts = Accounts()
    public var qos = QOS()
    public var reservations = Reservations()
    public var fairshare = Fairshare()
    public var database = Database()
    public var histograms = Histograms()

    public init() {}

    public struct Nodes: Equatable, Sendable {
        /// Only nodes that are members of one of these; empty for all.
        public var partitions: [String] = []
        /// Only nodes in one of these states, base or effective, or with one of these flags; empty for all.
        public var states: [String] = []
        public var includesFeatures = true
        /// Whether each node has series of its own.
        public var includesSeries = true

        public init() {}
    }

    public struct Jobs: Equatable, Sendable {
        /// Only jobs that may start or run in one of these; empty for all.
        public var partitions: [String] = []
        /// Only jobs in one of these states, base or effective, or with one of these flags; empty for all.
        public var states: [String] = []
        /// Jobs that ended longer ago than this many seconds are left out.
        public var maximumAgeSeconds: Int?
        /// Whether each job has series of its own.
        public var includesSeries = false
        /// Whether those jobs have a series for each of their nodes, too.
        public var includesNodes = false
        /// How many jobs have series of their own at most.
        public var maximumSeries = 10_000
        /// The share of jobs that have series of their own; the choice is stable by job.
        public var sampleRate = 1.0
        /// Whether the share holds for each partition and state by itself.
        public var samplesByStratum = true

        public init() {}
    }

    public struct Users: Equatable, Sendable {
        /// How many users have series of their own; the others are one, `other`. Collectors give all of them: it is for
        /// whoever limits labels.
        public var maximum: Int?
        /// Counted nowhere but in totals: they are in no family of the collector.
        public var excluded: [String] = []

        public init() {}
    }

    public struct Accounts: Equatable, Sendable {
        /// As for users.
        public var maximum: Int?
        public var excluded: [String] = []

        public init() {}
    }

    public struct QOS: Equatable, Sendable {
        /// Whether jobs are counted by QOS, for which the list of jobs is needed.
        public var includesJobs = true

        public init() {}
    }

    public struct Reservations: Equatable, Sendable {
        /// Whether reserved nodes are counted by state, for which the list of nodes is needed.
        public var includesNodes = true

        public init() {}
    }

    public struct Fairshare: Equatable, Sendable {
        /// Whether associations show their limits, for which slurmdbd is asked for all of them.
        public var includesLimits = false

        public init() {}
    }

    /// What slurmdbd says of itself, and knows by name.
    public struct Database: Equatable, Sendable {
        public var includesWorkloadKeys = false

        public init() {}
    }

    public struct Histograms: Equatable, Sendable {
        /// Upper bounds of waiting times and run times, in seconds.
        public var jobDurations: [Double] = [60, 300, 1800, 3600, 14400, 86400]
        /// Upper bounds of memory use, in bytes.
        public var memoryUse: [Double] = [1e6, 1e7, 1e8, 1e9, 1e10, 1e11]

        public init() {}
    }
}
