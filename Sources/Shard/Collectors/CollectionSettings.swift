/// What is collected, and in how much detail.
public struct CollectionSettings: Equatable, Sendable {
    public var nodes = Nodes()
    public var jobs = Jobs()
    public var users = Users()
    public var accounts = Accounts()
    public var histograms = Histograms()
    public var accounting = Accounting()

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
        /// Whether there are sums of ended jobs' steps, where accounting asks for steps.
        public var includesSteps = true
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

    /// How ended jobs are found, so that each counts once.
    public struct Accounting: Equatable, Sendable {
        public var source = Source.slurmdbd
        /// How long after its end a job may come into the database and still count.
        public var overlapSeconds = 1800
        /// How much is asked for at once beyond that, while there is something to catch up with.
        public var pieceSeconds = 3600
        /// From how long before the very first question on ended jobs count.
        public var lookbackSeconds = 3600
        /// Whether the database is asked for steps: CPU time and memory that were used are known of steps only.
        public var includesSteps = true
        /// Slurm's MinJobAge: for how long the controller lists ended jobs.
        public var minimumJobAgeSeconds = 300

        public init() {}

        public enum Source: String, CaseIterable, Sendable {
            /// The accounting database.
            case slurmdbd
            /// The controller's job list, for clusters without a database.
            case jobs
        }
    }

    public struct Histograms: Equatable, Sendable {
        /// Upper bounds of waiting times and run times, in seconds.
        public var jobDurations: [Double] = [60, 300, 1800, 3600, 14400, 86400]
        /// Upper bounds of memory use, in bytes.
        public var memoryUse: [Double] = [1e6, 1e7, 1e8, 1e9, 1e10, 1e11]

        public init() {}
    }
}
