/// A job's state as Slurm keeps it: one base state and flags.
public struct JobState: Hashable, Sendable, BitwiseCopyable {
    /// In Slurm's order, so that the raw value is Slurm's.
    public enum Base: UInt8, CaseIterable, Sendable, BitwiseCopyable {
        case pending, running, suspended, completed, cancelled, failed, timeout, nodeFail, preempted, bootFail, deadline
        case outOfMemory

        public var hasEnded: Bool { rawValue >= Base.completed.rawValue }
    }

    public struct Flags: OptionSet, Hashable, Sendable, BitwiseCopyable {
        public let rawValue: UInt32

        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        public static let launchFailed = Flags(rawValue: 1 << 8)
        /// Shown as `UPDATE_DB`, and only by API v0.0.40 and v0.0.41.
        public static let updateDatabase = Flags(rawValue: 1 << 9)
        public static let requeued = Flags(rawValue: 1 << 10)
        public static let requeueHold = Flags(rawValue: 1 << 11)
        public static let specialExit = Flags(rawValue: 1 << 12)
        public static let resizing = Flags(rawValue: 1 << 13)
        public static let configuring = Flags(rawValue: 1 << 14)
        public static let completing = Flags(rawValue: 1 << 15)
        public static let stopped = Flags(rawValue: 1 << 16)
        public static let reconfigFail = Flags(rawValue: 1 << 17)
        public static let powerUpNode = Flags(rawValue: 1 << 18)
        public static let revoked = Flags(rawValue: 1 << 19)
        public static let requeueFederation = Flags(rawValue: 1 << 20)
        public static let reservationDeletedHold = Flags(rawValue: 1 << 21)
        public static let signaling = Flags(rawValue: 1 << 22)
        public static let stageOut = Flags(rawValue: 1 << 23)
        public static let expediting = Flags(rawValue: 1 << 24)
    }

    // Flags first: what follows a job's state then fits into its last three bytes.
    public var flags: Flags
    public var base: Base

    public init(_ base: Base, _ flags: Flags = []) {
        self.flags = flags
        self.base = base
    }

    /// Whether CPUs, memory, GPUs, licences and limits are taken.
    ///
    /// Slurm gives all of that back as soon as a job ends, so a completing job holds nothing: it only keeps its nodes
    /// marked COMPLETING until their epilogs are done. A suspended job is taken to hold everything; Slurm keeps its
    /// memory, GPUs, licences and limits, and lets other jobs run on its CPUs.
    public var holdsResources: Bool { base == .running || base == .suspended }
}
