/// Which ended jobs the accounting database is asked for.
public struct EndedJobsQuestion: Hashable, Sendable {
    /// Those that ended from then on …
    public var from: Timestamp
    /// … up to then.
    public var to: Timestamp
    /// Steps make an answer several times as large, and only they say what was used.
    public var includesSteps: Bool

    public init(from: Timestamp, to: Timestamp, includesSteps: Bool = true) {
        self.from = from
        self.to = to
        self.includesSteps = includesSteps
    }
}
