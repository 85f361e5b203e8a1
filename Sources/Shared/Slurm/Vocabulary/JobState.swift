/// A job's state: one base state and flags.
///
/// v0.0.38 and v0.0.39 give a single word, in which a flag stands in the base state's place: the base is then unknown.
public struct JobState: Hashable, Sendable, BitwiseCopyable {
    public var base: Base
    public var flags: Flags

    public init(_ base: Base = .unknown, _ flags: Flags = []) {
        self.base = base
        self.flags = flags
    }

    /// The raw value is the label value; in capitals it is Slurm's word.
    public enum Base: String, Hashable, CaseIterable, Sendable, BitwiseCopyable {
        case pending, running, suspended, completed, cancelled, failed, timeout, preempted, deadline
        case nodeFail = "node_fail"
        case bootFail = "boot_fail"
        case outOfMemory = "out_of_memory"
        case unknown

        /// Where it stands among all of them.
        var place: Int {
            switch self {
            case .pending: 0
            case .running: 1
            case .suspended: 2
            case .completed: 3
            case .cancelled: 4
            case .failed: 5
            case .timeout: 6
            case .preempted: 7
            case .deadline: 8
            case .nodeFail: 9
            case .bootFail: 10
            case .outOfMemory: 11
            case .unknown: 12
            }
        }
    }

    public struct Flags: OptionSet, Hashable, Sendable, BitwiseCopyable {
        public let rawValue: UInt32

        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        public static let completing = Flags(rawValue: 1 << 0)
        public static let stageOut = Flags(rawValue: 1 << 1)
        public static let configuring = Flags(rawValue: 1 << 2)
        public static let expediting = Flags(rawValue: 1 << 3)
        public static let resizing = Flags(rawValue: 1 << 4)
        public static let requeued = Flags(rawValue: 1 << 5)
        public static let requeueFed = Flags(rawValue: 1 << 6)
        public static let requeueHold = Flags(rawValue: 1 << 7)
        public static let specialExit = Flags(rawValue: 1 << 8)
        public static let stopped = Flags(rawValue: 1 << 9)
        public static let revoked = Flags(rawValue: 1 << 10)
        public static let reservationDeletedHold = Flags(rawValue: 1 << 11)
        public static let signaling = Flags(rawValue: 1 << 12)
        public static let launchFailed = Flags(rawValue: 1 << 13)
        public static let reconfigFail = Flags(rawValue: 1 << 14)
        public static let powerUpNode = Flags(rawValue: 1 << 15)
        public static let updateDatabase = Flags(rawValue: 1 << 16)

        /// By label value, which in capitals is Slurm's word. Those up to `signaling` take the place of the base state
        /// in what `squeue` shows, the first of them that is set.
        static let names: [(name: String, flag: Flags)] = [
            ("completing", .completing), ("stage_out", .stageOut), ("configuring", .configuring),
            ("expediting", .expediting), ("resizing", .resizing), ("requeued", .requeued),
            ("requeue_fed", .requeueFed), ("requeue_hold", .requeueHold), ("special_exit", .specialExit),
            ("stopped", .stopped), ("revoked", .revoked), ("resv_del_hold", .reservationDeletedHold),
            ("signaling", .signaling), ("launch_failed", .launchFailed), ("reconfig_fail", .reconfigFail),
            ("power_up_node", .powerUpNode), ("update_db", .updateDatabase),
        ]

        static let shown = Flags(rawValue: signaling.rawValue << 1 - 1)

        public var names: [String] { Self.names.filter { contains($0.flag) }.map(\.name) }
    }
}

extension JobState {
    /// The one state that a job counts under, so that states add up: what `squeue %T` says, in lower case.
    public struct Effective: Hashable, Sendable, BitwiseCopyable {
        /// From 0 on without gaps, for tables of counts.
        public let index: Int

        public static let all = (0..<allNames.count).map(Effective.init(index:))

        private static let allNames =
            Base.allCases.map(\.rawValue) + Flags.names.filter { Flags.shown.contains($0.flag) }.map(\.name)

        public var name: String { Self.allNames[index] }
    }

    public var effective: Effective {
        let shown = flags.intersection(.shown)
        return shown.isEmpty
            ? Effective(index: base.place)
            : Effective(index: Base.allCases.count + shown.rawValue.trailingZeroBitCount)
    }

    /// The base state, or where v0.0.38 and v0.0.39 show a flag in its place, the one that goes with the flag.
    ///
    /// A job that is completing may be about to end in any way, or to wait again: that stays unknown.
    public var impliedBase: Base {
        guard base == .unknown else { return base }
        if !flags.isDisjoint(with: [.configuring, .resizing, .stopped, .signaling]) { return .running }
        return flags.isDisjoint(with: [.requeueHold, .specialExit, .reservationDeletedHold]) ? .unknown : .pending
    }

    /// Whether it takes CPUs, memory, GPUs and licences. A completing job has given them back.
    public var holdsResources: Bool { impliedBase == .running || impliedBase == .suspended }

    public var isWaiting: Bool { impliedBase == .pending }

    /// Ended for good, in whatever way.
    public var hasEnded: Bool {
        switch base {
        case .completed, .cancelled, .failed, .timeout, .preempted, .deadline, .nodeFail, .bootFail, .outOfMemory: true
        case .pending, .running, .suspended, .unknown: false
        }
    }
}
