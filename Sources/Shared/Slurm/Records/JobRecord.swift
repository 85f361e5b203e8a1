/// A job as an exporter needs it, the same whatever API version or command it came from.
public struct JobRecord: Sendable {
    public var id: UInt32 = 0
    public var name = ""
    public var state = JobState()
    /// Why it waits, or how it ended, in Slurm's words; empty for `None`.
    public var reason = Symbol.empty
    /// The user's name, or the numeric id where Slurm's host knows no name.
    public var user = Symbol.empty
    public var account = Symbol.empty
    public var qos = Symbol.empty
    public var reservation = Symbol.empty
    /// The partitions it may start in; the one it was started in, once it has been.
    public var partitions: [Symbol] = []

    /// The array it belongs to; nil for none.
    public var arrayID: UInt32?
    public var arrayTaskID: UInt32?
    /// How many jobs this record stands for: an array's record stands for all its unstarted tasks.
    public var tasks = TaskCount.one
    /// The leader of the heterogeneous job it is a component of; nil for none.
    public var heterogeneousID: UInt32?
    public var heterogeneousOffset: UInt32?

    public var submitted: Timestamp?
    public var eligible: Timestamp?
    /// For a waiting job an expectation of the scheduler's.
    public var start: Timestamp?
    /// For a job that hasn't ended start plus limit.
    public var end: Timestamp?
    /// When it was last suspended, or resumed.
    public var suspended: Timestamp?
    /// How long it had run when it was last suspended.
    public var secondsBeforeSuspension: Int?
    public var timeLimitSeconds: Limit<Int>?
    public var priority: UInt64?
    public var isHeld = false
    public var restarts: Int?

    /// Of one task, for an array's record.
    public var requested = Resources()
    /// While it runs or is suspended; what ended jobs had is shown for a while, too.
    public var allocated = Resources()
    /// It asked for GPUs, and Slurm doesn't say how many it has: `AccountingStorageTRES` has no `gres/gpu`, and the
    /// answer no details.
    public var areAllocatedGPUsUnknown = false
    /// The nodes it has, as Slurm's host list.
    public var nodeList = ""
    public var features = ""
    public var exitStatus: ExitStatus?

    /// The member of a federation that it was submitted to; empty for none.
    public var federationOrigin = Symbol.empty
    /// The members of the federation in which it is still alive, itself among them where it is.
    public var federationSiblings: [Symbol] = []

    public init() {}

    /// Where the job counts when it counts once.
    public var home: Symbol { partitions.first ?? .empty }
}

/// How many tasks an array's record names.
public struct TaskCount: Hashable, Sendable, BitwiseCopyable {
    /// A lower bound where the text was cut.
    public var known: Int
    /// Slurm cuts the list of tasks at 64 characters, unless slurmrestd runs with `SLURM_BITSTR_LEN`.
    public var isCut: Bool

    public init(known: Int, isCut: Bool = false) {
        self.known = known
        self.isCut = isCut
    }

    public static let one = TaskCount(known: 1)
}

/// How a job's batch script ended.
public struct ExitStatus: Hashable, Sendable, BitwiseCopyable {
    public var code: Int
    public var signal: Int

    public init(code: Int, signal: Int = 0) {
        self.code = code
        self.signal = signal
    }
}
