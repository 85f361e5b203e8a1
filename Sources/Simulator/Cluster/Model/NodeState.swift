/// A node's state as Slurm keeps it: one base state and flags.
public struct NodeState: Hashable, Sendable, BitwiseCopyable {
    /// In Slurm's order, so that the raw value is Slurm's.
    public enum Base: UInt8, CaseIterable, Sendable, BitwiseCopyable {
        case unknown, down, idle, allocated, error, mixed, future
    }

    public struct Flags: OptionSet, Hashable, Sendable, BitwiseCopyable {
        public let rawValue: UInt32

        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        public static let external = Flags(rawValue: 1 << 4)
        public static let reserved = Flags(rawValue: 1 << 5)
        public static let undrain = Flags(rawValue: 1 << 6)
        public static let cloud = Flags(rawValue: 1 << 7)
        public static let resume = Flags(rawValue: 1 << 8)
        public static let drain = Flags(rawValue: 1 << 9)
        public static let completing = Flags(rawValue: 1 << 10)
        public static let notResponding = Flags(rawValue: 1 << 11)
        public static let poweredDown = Flags(rawValue: 1 << 12)
        public static let fail = Flags(rawValue: 1 << 13)
        public static let poweringUp = Flags(rawValue: 1 << 14)
        public static let maintenance = Flags(rawValue: 1 << 15)
        public static let rebootRequested = Flags(rawValue: 1 << 16)
        public static let rebootCanceled = Flags(rawValue: 1 << 17)
        public static let poweringDown = Flags(rawValue: 1 << 18)
        public static let dynamicFuture = Flags(rawValue: 1 << 19)
        public static let rebootIssued = Flags(rawValue: 1 << 20)
        public static let planned = Flags(rawValue: 1 << 21)
        public static let invalidRegistration = Flags(rawValue: 1 << 22)
        public static let powerDown = Flags(rawValue: 1 << 23)
        public static let powerUp = Flags(rawValue: 1 << 24)
        public static let powerDrain = Flags(rawValue: 1 << 25)
        public static let dynamic = Flags(rawValue: 1 << 26)
        public static let blocked = Flags(rawValue: 1 << 27)
    }

    public var base: Base
    public var flags: Flags

    public init(_ base: Base, _ flags: Flags = []) {
        self.base = base
        self.flags = flags
    }

    /// Whether the scheduler may put a job here at all, room apart.
    var takesJobs: Bool {
        switch base {
        case .idle, .allocated, .mixed: flags.isDisjoint(with: Self.unavailable)
        case .unknown, .down, .error, .future: false
        }
    }

    private static let unavailable: Flags = [
        .drain, .completing, .notResponding, .poweredDown, .fail, .poweringUp, .maintenance, .rebootRequested,
        .rebootIssued, .poweringDown, .invalidRegistration, .powerDown, .powerDrain, .reserved, .blocked, .external,
    ]
}
