/// A job as the accounting database has it: once for each time that it was started.
public struct AccountedJobRecord: Sendable {
    public var id: UInt32 = 0
    public var name = ""
    public var state = JobState()
    /// Empty for `None`.
    public var reason = Symbol.empty
    public var cluster = Symbol.empty
    /// Empty where the database's host knows no name.
    public var user = Symbol.empty
    public var account = Symbol.empty
    public var qos = Symbol.empty
    public var partition = Symbol.empty
    public var arrayID: UInt32?
    public var arrayTaskID: UInt32?
    public var restarts: Int?

    public var submitted: Timestamp?
    public var eligible: Timestamp?
    public var start: Timestamp?
    public var end: Timestamp?
    public var elapsedSeconds: Int?
    public var timeLimitSeconds: Limit<Int>?
    /// From when it could have started to when it did; nil where the version doesn't say.
    public var waitSeconds: Int?

    public var requested = Resources()
    public var allocated = Resources()
    /// CPU time of all steps; nil where steps were left out of the answer.
    public var userSeconds: Double?
    public var systemSeconds: Double?
    /// The most that a task of any step used; nil where steps were left out.
    public var maximumMemoryBytes: Int?
    /// The most that all tasks of one step used together; nil where steps were left out.
    public var usedMemoryBytes: Int?
    /// Nil where steps were left out.
    public var steps: Int?
    public var exitStatus: ExitStatus?

    public init() {}
}
