/// What happened to jobs: counted since step 0, and one by one for the last step, so that histograms can be judged.
public struct Events: Sendable {
    public var submitted = 0
    /// Array tasks each; a requeued job that starts again counts again.
    public var started = 0
    /// By base state of the end, in the order of `JobState.Base.allCases`.
    public var ended = [Int](repeating: 0, count: JobState.Base.allCases.count)
    public var requeued = 0
    public var lastStarts: [Start] = []
    public var lastEnds: [End] = []

    public struct Start: Sendable {
        public let job: UInt32
        /// Seconds from eligible to start.
        public let wait: Int
        public let partition: Ref<Partition>
        public let qos: Ref<QOS>
    }

    public struct End: Sendable {
        public let job: UInt32
        /// Seconds from start to end, suspension left out; 0 where it never started.
        public let run: Int
        public let partition: Ref<Partition>
        public let qos: Ref<QOS>
        public let state: JobState.Base
    }
}
