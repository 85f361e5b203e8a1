public import Metrics
public import Slurm

/// What is known of a generation besides its records.
public struct FeedHeader: Hashable, Sendable {
    public var feed: Feed
    /// As Slurm calls it; empty where it doesn't say.
    public var cluster: String
    public var release: String
    public var generation: UInt64
    /// When Slurm answered, by its clock.
    public var answered: Timestamp
    /// Since the answer was complete.
    public var ageMilliseconds: Int
    public var durationMilliseconds: Int
    public var intervalMilliseconds: Int

    public init(
        feed: Feed, cluster: String, release: String, generation: UInt64, answered: Timestamp, ageMilliseconds: Int,
        durationMilliseconds: Int, intervalMilliseconds: Int
    ) {
        self.feed = feed
        self.cluster = cluster
        self.release = release
        self.generation = generation
        self.answered = answered
        self.ageMilliseconds = ageMilliseconds
        self.durationMilliseconds = durationMilliseconds
        self.intervalMilliseconds = intervalMilliseconds
    }
}

extension FieldCarrier {
    mutating func carry(_ header: inout FeedHeader) throws(RecordFormatError) {
        try carry(&header.feed)
        try carry(&header.cluster)
        try carry(&header.release)
        try carry(&header.generation)
        try carry(&header.answered)
        try carry(&header.ageMilliseconds)
        try carry(&header.durationMilliseconds)
        try carry(&header.intervalMilliseconds)
    }
}
