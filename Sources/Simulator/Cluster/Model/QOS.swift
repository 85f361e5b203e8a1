public struct QOSFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public static let partitionTimeLimit = QOSFlags(rawValue: 1)
    public static let noReserve = QOSFlags(rawValue: 1 << 1)
    public static let denyLimit = QOSFlags(rawValue: 1 << 2)
    public static let overridesPartition = QOSFlags(rawValue: 1 << 3)
    public static let requiresReservation = QOSFlags(rawValue: 1 << 4)
    public static let noDecay = QOSFlags(rawValue: 1 << 5)
}

public enum PreemptMode: String, CaseIterable, Sendable {
    case disabled = "DISABLED"
    case suspend = "SUSPEND"
    case requeue = "REQUEUE"
    case cancel = "CANCEL"
}

public struct QOS: Sendable {
    public let id: UInt32
    public let name: Text
    public var description: Text
    public var priority: UInt32
    public var flags: QOSFlags = []
    public var limits = Limits()
    public var usage = Usage()
    public var graceTime = 0
    public var preempts: [Ref<QOS>] = []
    public var preemptMode = PreemptMode.disabled
    public var usageFactor = 1.0
    /// Nothing is no threshold.
    public var usageThreshold: Double?
}
