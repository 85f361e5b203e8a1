public import Metrics
public import ServiceRuntime
public import Slurm

/// What becomes of answers.
///
/// Of one feed it is called in order; for several feeds at once only where an upstream may be asked several questions at
/// once. Every `begin` is followed by exactly one `end` or `fail` with its sink.
public protocol GenerationConsumer: Sendable {
    /// Which ended jobs to ask for: called before each question for them, first or repeated.
    ///
    /// - Returns: nil to ask for what Slurm shows without being told.
    func endedJobsQuestion(expectedTime: Timestamp) -> EndedJobsQuestion?

    /// Whether the last question for ended jobs was only for a part of them, so that the next is better asked soon.
    var lacksEndedJobs: Bool { get }

    /// An answer begins to arrive. What its records say is no more than a promise until `end`.
    ///
    /// - Parameter expectedTime: Slurm's clock, about: when it answered is known at the end.
    func begin(_ feed: Feed, expectedTime: Timestamp) -> any RecordSink

    /// The generation is complete and right. Nothing else is asked until it returns.
    func end(_ feed: Feed, _ sink: any RecordSink, _ answer: Answered) async

    /// A question has no answer; the last generation stands until it is stale. Called each time, asked again or not.
    ///
    /// - Parameters:
    ///   - sink: what `begin` gave; nil where it did not come to that.
    ///   - duration: how long the attempt took.
    func fail(_ feed: Feed, _ sink: (any RecordSink)?, _ error: UpstreamError, after duration: Duration)
}

extension GenerationConsumer {
    public func endedJobsQuestion(expectedTime: Timestamp) -> EndedJobsQuestion? { nil }
    public var lacksEndedJobs: Bool { false }
}

/// What is known of a generation besides its records.
public struct Answered: Sendable {
    public let feed: Feed
    /// Counts the answers of this feed in this process, from 1.
    public let generation: UInt64
    /// When Slurm answered, by its clock.
    public let time: Timestamp
    /// When the last byte was here.
    public let taken: MonotonicClock.Instant
    public let duration: Duration
    /// How long after this one's start the next is asked for.
    public let interval: Duration
    public let bytes: Int
    public let records: Int
    public let version: APIVersion
    public let release: String?
    /// The cluster's name, from 23.11 on.
    public let cluster: String?
    public let warnings: [String]
    public let symbols: Symbols
}
