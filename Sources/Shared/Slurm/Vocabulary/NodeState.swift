/// A node's state: one base state and flags.
public struct NodeState: Hashable, Sendable, BitwiseCopyable {
    public var base: Base
    public var flags: Flags

    public init(_ base: Base = .unknown, _ flags: Flags = []) {
        self.base = base
        self.flags = flags
    }

    /// The raw value is the label value; in capitals it is Slurm's word.
    public enum Base: String, Hashable, CaseIterable, Sendable, BitwiseCopyable {
        case unknown, down, idle, allocated, error, mixed, future
    }

    public struct Flags: OptionSet, Hashable, Sendable, BitwiseCopyable {
        public let rawValue: UInt32

        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        public static let external = Flags(rawValue: 1 << 0)
        public static let reserved = Flags(rawValue: 1 << 1)
        public static let undrain = Flags(rawValue: 1 << 2)
        public static let cloud = Flags(rawValue: 1 << 3)
        public static let resume = Flags(rawValue: 1 << 4)
        public static let drain = Flags(rawValue: 1 << 5)
        public static let completing = Flags(rawValue: 1 << 6)
        public static let notResponding = Flags(rawValue: 1 << 7)
        public static let poweredDown = Flags(rawValue: 1 << 8)
        public static let fail = Flags(rawValue: 1 << 9)
        public static let poweringUp = Flags(rawValue: 1 << 10)
        public static let maintenance = Flags(rawValue: 1 << 11)
        public static let rebootRequested = Flags(rawValue: 1 << 12)
        public static let rebootCanceled = Flags(rawValue: 1 << 13)
        public static let poweringDown = Flags(rawValue: 1 << 14)
        public static let dynamicFuture = Flags(rawValue: 1 << 15)
        public static let rebootIssued = Flags(rawValue: 1 << 16)
        public static let planned = Flags(rawValue: 1 << 17)
        public static let invalidRegistration = Flags(rawValue: 1 << 18)
        public static let powerDown = Flags(rawValue: 1 << 19)
        public static let powerUp = Flags(rawValue: 1 << 20)
        public static let powerDrain = Flags(rawValue: 1 << 21)
        public static let dynamicNormal = Flags(rawValue: 1 << 22)
        public static let blocked = Flags(rawValue: 1 << 23)
        public static let performanceCounters = Flags(rawValue: 1 << 24)
        public static let powerDownASAP = Flags(rawValue: 1 << 25)
        public static let powerDownForce = Flags(rawValue: 1 << 26)

        /// By label value, which in capitals is the word of Slurm's REST API.
        static let names: [(name: String, flag: Flags)] = [
            ("external", .external), ("reserved", .reserved), ("undrain", .undrain), ("cloud", .cloud),
            ("resume", .resume), ("drain", .drain), ("completing", .completing), ("not_responding", .notResponding),
            ("powered_down", .poweredDown), ("fail", .fail), ("powering_up", .poweringUp),
            ("maintenance", .maintenance), ("reboot_requested", .rebootRequested),
            ("reboot_canceled", .rebootCanceled), ("powering_down", .poweringDown),
            ("dynamic_future", .dynamicFuture), ("reboot_issued", .rebootIssued), ("planned", .planned),
            ("invalid_reg", .invalidRegistration), ("power_down", .powerDown), ("power_up", .powerUp),
            ("power_drain", .powerDrain), ("dynamic_norm", .dynamicNormal), ("blocked", .blocked),
            ("perfctrs", .performanceCounters), ("power_down_asap", .powerDownASAP),
            ("power_down_force", .powerDownForce),
        ]

        public var names: [String] { Self.names.filter { contains($0.flag) }.map(\.name) }
    }
}

extension NodeState {
    /// The one state that a node counts under, so that states add up: what `sinfo %T` says, in lower case and without
    /// its suffix.
    ///
    /// Precedence as in Slurm's node_state_string(). What it shows only as a suffix is in `flags`.
    public var effective: String {
        if flags.contains(.invalidRegistration) { return "inval" }
        return overriding ?? lonelyFlag ?? plain
    }

    private var isBusy: Bool { base == .allocated || base == .mixed }

    private var overriding: String? {
        if flags.contains(.maintenance), !flags.contains(.drain), !isBusy, base != .down { return "maint" }
        if !flags.isDisjoint(with: [.rebootRequested, .rebootIssued]), !isBusy { return "reboot" }
        let isWorking = isBusy || flags.contains(.completing)
        if flags.contains(.drain) { return isWorking ? "draining" : "drained" }
        if flags.contains(.fail) { return isWorking ? "failing" : "fail" }
        return nil
    }

    /// Words that show only where nothing else is known of a node.
    private var lonelyFlag: String? {
        guard base == .unknown, flags.rawValue.nonzeroBitCount == 1, !flags.isDisjoint(with: Self.lonely) else {
            return nil
        }
        return flags == .rebootCanceled ? "cancel_reboot" : flags.names.first
    }

    private static let lonely: Flags = [
        .rebootCanceled, .cloud, .external, .powerDown, .powerUp, .poweringDown, .poweredDown, .poweringUp, .undrain,
        .dynamicFuture, .dynamicNormal,
    ]

    private var plain: String {
        switch base {
        case .down, .allocated: return base.rawValue
        case .idle where !flags.contains(.completing): return idle
        default: break
        }
        if flags.contains(.completing) { return "completing" }
        return base == .unknown && flags.contains(.resume) ? "resume" : base.rawValue
    }

    /// A suffix of sinfo's stands in these words' place.
    private var idle: String {
        guard flags.isDisjoint(with: Self.suffixed) else { return "idle" }
        if flags.contains(.reserved) { return "reserved" }
        if flags.contains(.blocked) { return "blocked" }
        return flags.contains(.planned) ? "planned" : "idle"
    }

    private static let suffixed: Flags = [
        .poweringUp, .poweringDown, .poweredDown, .powerDown, .notResponding,
    ]
}
