/// A job's record in the accounting database, small enough to keep tens of thousands.
///
/// A requeued job has one for each run: the same id, another start. Steps and their figures follow from it: see
/// `EndedJob.steps`.
public struct EndedJob: Sendable, BitwiseCopyable {
    public let id: UInt32
    public let state: JobState
    public let reason: Reason
    public let user: Ref<User>
    public let account: Ref<Account>
    public let association: Ref<Association>
    public let qos: Ref<QOS>
    public let script: Ref<Script>
    public let partition: Ref<Partition>
    public let reservation: Ref<Reservation>
    public let licenses: Ref<LicenseList>

    public let submitted: Timestamp
    public let eligible: Timestamp
    /// `.never` where it was cancelled before it started.
    public let started: Timestamp
    public let ended: Timestamp
    public let suspendedSeconds: UInt32
    public let limit: TimeLimit
    public let priority: UInt32

    public let request: JobRequest
    public let allocatedCPUs: UInt32
    /// MiB
    public let allocatedMemory: UInt64
    public let allocatedNodes: UInt32
    public let allocatedGPUs: UInt32
    public let gpuType: Ref<GPUType>
    /// The first of its nodes: a compact record has no room for all of them.
    public let firstNode: Ref<Node>

    public let arrayJob: UInt32
    public let arrayTask: UInt32
    public let hetJob: UInt32
    public let hetOffset: UInt8
    public let restarts: UInt8
    public let waitStatus: UInt16
    public let derivedWaitStatus: UInt16
    /// Step of the simulation at which the database has it: some records arrive late.
    public let arrives: UInt32

    public var elapsed: Int { started.isSet ? max(0, ended - started - Int(suspendedSeconds)) : 0 }
    public var wait: Int { started.isSet ? max(0, started - eligible) : max(0, ended - eligible) }
}

/// A step of a job in accounting.
public struct JobStep: Sendable, BitwiseCopyable {
    public enum Kind: Hashable, Sendable, BitwiseCopyable {
        case batch
        case extern
        case number(Int)
    }

    public let kind: Kind
    public let state: JobState.Base
    public let started: Timestamp
    public let ended: Timestamp
    public let cpus: Int
    public let nodes: Int
    public let tasks: Int
    public let userMicroseconds: UInt64
    public let systemMicroseconds: UInt64
    /// Bytes; the largest of all its tasks.
    public let maxResidentBytes: UInt64
    /// Joules; nothing where it isn't measured.
    public let energy: UInt64?
    public let waitStatus: UInt16

    public var name: Text {
        switch kind {
        case .batch: Self.batch
        case .extern: Self.extern
        case .number: Self.numbered
        }
    }

    private static let batch: Text = "batch"
    private static let extern: Text = "extern"
    private static let numbered: Text = "srun"
}
