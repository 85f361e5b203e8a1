public struct ReservationFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Bits as Slurm has them.
    public static let maintenance = ReservationFlags(rawValue: 1)
    public static let daily = ReservationFlags(rawValue: 1 << 2)
    public static let weekly = ReservationFlags(rawValue: 1 << 4)
    public static let ignoreJobs = ReservationFlags(rawValue: 1 << 6)
    public static let anyNodes = ReservationFlags(rawValue: 1 << 8)
    public static let isStatic = ReservationFlags(rawValue: 1 << 10)
    public static let partitionNodes = ReservationFlags(rawValue: 1 << 12)
    public static let overlap = ReservationFlags(rawValue: 1 << 14)
    public static let specificNodes = ReservationFlags(rawValue: 1 << 15)
    public static let allNodes = ReservationFlags(rawValue: 1 << 19)
    public static let purgeCompleted = ReservationFlags(rawValue: 1 << 20)
    public static let flex = ReservationFlags(rawValue: 1 << 25)
    public static let magnetic = ReservationFlags(rawValue: 1 << 32)
}

public struct Reservation: Sendable {
    public let name: Text
    /// False once it is deleted: jobs may still name it, answers don't list it.
    public var exists = true
    public var start: Timestamp
    public var end: Timestamp
    public var flags: ReservationFlags
    /// Ascending.
    public var nodes: [Ref<Node>] = []
    public var partition: Ref<Partition> = .none
    public var users: [Ref<User>] = []
    public var accounts: [Ref<Account>] = []
    public var licenses: LicenseList = []
    public var features = Text.empty
    public var burstBuffer = Text.empty
    /// Seconds; nothing where it isn't purged.
    public var purgeAfter: Int?
    public var maxStartDelay = 0

    public init(name: Text, start: Timestamp, end: Timestamp, flags: ReservationFlags) {
        self.name = name
        self.start = start
        self.end = end
        self.flags = flags
    }

    public func isActive(at now: Timestamp) -> Bool { exists && start <= now && now < end }
}
