/// One record of the controller's job list: a job, a task of an array, the tasks of an array that have not started, or a
/// component of a heterogeneous job.
public struct Job: Sendable, BitwiseCopyable {
    public static let none = UInt32.max

    public var id: UInt32
    public var state = JobState(.pending)
    public var reason = Reason.none
    public var traits: Traits = []

    public var user: Ref<User>
    /// `.none` is a job without an account, as clusters without accounting have them.
    public var account: Ref<Account>
    public var association: Ref<Association>
    public var qos: Ref<QOS>
    public var script: Ref<Script>
    /// As submitted, home first.
    public var requestedPartitions: Ref<PartitionList>
    /// Where it runs or ran; `.none` until it has started.
    public var startedIn: Ref<Partition> = .none
    public var reservation: Ref<Reservation> = .none
    public var licenses: Ref<LicenseList> = .none
    public var dependency = Dependency.none

    public var submitted: Timestamp
    public var eligible: Timestamp
    /// Of a pending job what backfill expects, or `.never`.
    public var started = Timestamp.never
    /// Of a running job start + limit, or `.never` without a limit; of an ended one its end.
    public var ended = Timestamp.never
    public var suspended = Timestamp.never
    public var deadline = Timestamp.never
    /// Seconds it ran before its last suspension.
    public var ranBeforeSuspension: UInt32 = 0
    public var limit: TimeLimit
    /// 0 is held.
    public var priority: UInt32

    public var request: JobRequest
    /// Nodes with what it has or had on each; `.none` before the first start.
    public var allocation = Slot<Allocation>.none

    /// 0 where it is not of an array.
    public var arrayJob: UInt32 = 0
    /// `Job.none` where it is not one task.
    public var arrayTask = Job.none
    /// Set on the one record of tasks that have not started.
    public var arrayTasks = Slot<TaskSet>.none
    /// The N of `%N`; 0 without.
    public var arrayMaxRunning: UInt16 = 0

    /// The leader's id; 0 where it is not heterogeneous.
    public var hetJob: UInt32 = 0
    public var hetOffset: UInt8 = 0
    public var hetComponents: UInt8 = 0

    public var federation = FederationState()

    /// As wait(2) gives it: code << 8 | signal, 0x80 for a core dump.
    public var waitStatus: UInt16 = 0
    public var derivedWaitStatus: UInt16 = 0
    public var nice: Int16 = 0
    public var restarts: UInt8 = 0

    /// Life's own: how and when it is going to end, drawn at the start.
    var outcome = JobState.Base.completed
    var ends = Timestamp.never
    /// Life's own: where the job is that this one depends on.
    var dependedOn = Slot<Job>.none

    public struct Traits: OptionSet, Hashable, Sendable, BitwiseCopyable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// One of the hand-made oddities: life leaves it as it is.
        public static let pinned = Traits(rawValue: 1)
        /// Waits for something that never comes; only a cancellation ends it.
        public static let stuck = Traits(rawValue: 1 << 1)
        public static let interactive = Traits(rawValue: 1 << 2)
        public static let requeues = Traits(rawValue: 1 << 3)
        public static let backfilled = Traits(rawValue: 1 << 4)
        public static let cron = Traits(rawValue: 1 << 5)
        public static let slurmdNeverAnswered = Traits(rawValue: 1 << 6)
    }

    /// Held by a user or an administrator, or suspended, which Slurm shows the same way.
    public var isHeld: Bool { priority == 0 }
    /// When it was preempted, or `.never`.
    public var preempted: Timestamp { state.base == .preempted ? ended : .never }
    public var arrayTaskID: UInt32? { arrayTask == Job.none ? nil : arrayTask }
}

/// What a job asked for. Every node gets the same.
public struct JobRequest: Sendable, BitwiseCopyable {
    public var cpusPerNode: UInt32
    public var tasks: UInt32
    /// MiB, of each CPU or each node.
    public var memory: UInt32
    public var nodes: UInt32
    /// `.none` is any type.
    public var gpuType: Ref<GPUType>
    public var gpusPerNode: UInt8
    public var memoryIsPerCPU: Bool
    /// Takes whole nodes, and so more than it asked for.
    public var exclusive: Bool

    public var cpus: Int { Int(nodes) * Int(cpusPerNode) }
    public var cpusPerTask: Int { max(1, cpus / max(1, Int(tasks))) }
    /// MiB
    public var memoryPerNode: Int { memoryIsPerCPU ? Int(memory) * Int(cpusPerNode) : Int(memory) }

    public var resources: Resources {
        Resources(
            cpus: cpus, memory: memoryPerNode * Int(nodes), nodes: Int(nodes), gpus: Int(gpusPerNode) * Int(nodes))
    }
}

/// The one other job that a job waits for.
public struct Dependency: Hashable, Sendable, BitwiseCopyable {
    public enum Kind: String, CaseIterable, Sendable, BitwiseCopyable {
        case after, afterany, afterok, afternotok, aftercorr, singleton
    }

    /// 0 where it waits for none.
    public let job: UInt32
    public let kind: Kind

    public static let none = Dependency(.afterany, job: 0)
    public static let singleton = Dependency(.singleton, job: 0)

    init(_ kind: Kind, job: UInt32) {
        self.job = job
        self.kind = kind
    }

    public var isSet: Bool { job != 0 || kind == .singleton }
}

extension Job: Vacatable {
    /// Job ids start at 1.
    public static var vacant: Job {
        Job(
            id: 0, user: .none, account: .none, association: .none, qos: .none, script: .none,
            requestedPartitions: .none, submitted: .never, eligible: .never, limit: .unlimited, priority: 0,
            request: JobRequest(
                cpusPerNode: 0, tasks: 0, memory: 0, nodes: 0, gpuType: .none, gpusPerNode: 0, memoryIsPerCPU: false,
                exclusive: false))
    }

    public var isVacant: Bool { id == 0 }
}
