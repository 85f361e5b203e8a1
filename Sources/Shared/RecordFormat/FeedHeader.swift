public import Metrics
public import Slurm

/// What is known of a generation besides its records.
public struct FeedHeader: Hashable, Sendable {
    public var feed: Feed
    /// Its name and Slurm's release, as they were known before the answer: what folds go by is the same everywhere.
    public var cluster: String
    public var release: String
    public var generation: UInt64
    /// When Slurm answered, by its clock.
    public var answered: Timestamp
    /// By Slurm's clock, about, as it was known before the answer.
    public var expected: Timestamp
    /// Names of the partitions that the cluster had before the answer.
    public var partitions: [String]
    /// Since the answer was complete.
    public var ageMilliseconds: Int
    public var durationMilliseconds: Int
    public var intervalMilliseconds: Int
    /// What ended jobs were asked for with, at the expected time; nil for other feeds.
    public var endedJobs: EndedJobsQuestion?
    /// What all slices show of labels with limits, decided with this generation; nil where each decides for itself.
    public var kept: [KeptValues]?

    public init(
        feed: Feed, cluster: String, release: String, generation: UInt64, answered: Timestamp, expected: Timestamp,
        partitions: [String] = [], ageMilliseconds: Int = 0, durationMilliseconds: Int = 0,
        intervalMilliseconds: Int = 0, endedJobs: EndedJobsQuestion? = nil, kept: [KeptValues]? = nil
    ) {
        self.feed = feed
        self.cluster = cluster
        self.release = release
        self.generation = generation
        self.answered = answered
        self.expected = expected
        self.partitions = partitions
        self.ageMilliseconds = ageMilliseconds
        self.durationMilliseconds = durationMilliseconds
        self.intervalMilliseconds = intervalMilliseconds
        self.endedJobs = endedJobs
        self.kept = kept
    }
}

extension FieldCarrier where Self: ~Copyable {
    mutating func carry(_ header: inout FeedHeader) throws(RecordFormatError) {
        try carry(&header.feed)
        try carry(&header.cluster)
        try carry(&header.release)
        try carry(&header.generation)
        try carry(&header.answered)
        try carry(&header.expected)
        try carry(&header.partitions)
        try carry(&header.ageMilliseconds)
        try carry(&header.durationMilliseconds)
        try carry(&header.intervalMilliseconds)
        let blank = EndedJobsQuestion(from: Timestamp(0), to: Timestamp(0))
        try carry(&header.endedJobs, blank: blank) { question, carrier throws(RecordFormatError) in
            try carrier.carry(&question.from)
            try carrier.carry(&question.to)
            try carrier.carry(&question.includesSteps)
        }
        try carry(&header.kept, blank: []) { kept, carrier throws(RecordFormatError) in try carrier.carry(&kept) }
    }

    private mutating func carry(_ kept: inout [KeptValues]) throws(RecordFormatError) {
        let blank = KeptValues(label: "", current: [], lasting: [])
        try carry(&kept, blank: blank) { values, carrier throws(RecordFormatError) in
            try carrier.carry(&values.label)
            try carrier.carry(&values.current)
            try carrier.carry(&values.lasting)
        }
    }

    private mutating func carry(_ names: inout [String]) throws(RecordFormatError) {
        try carry(&names, blank: "") { name, carrier throws(RecordFormatError) in try carrier.carry(&name) }
    }
}
