/// A Unix time in whole seconds; 0 where Slurm says "never" or "not known".
public struct Timestamp: Hashable, Sendable, BitwiseCopyable {
    public let seconds: UInt32

    public static let never = Timestamp(0)

    public init(_ seconds: UInt32) {
        self.seconds = seconds
    }

    public var isSet: Bool { seconds != 0 }

    public static func + (time: Timestamp, seconds: Int) -> Timestamp {
        Timestamp(UInt32(clamping: Int(time.seconds) + seconds))
    }

    public static func - (left: Timestamp, right: Timestamp) -> Int {
        Int(left.seconds) - Int(right.seconds)
    }

    public static func - (time: Timestamp, seconds: Int) -> Timestamp { time + -seconds }
}

extension Timestamp: Comparable {
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }
}

extension Timestamp: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(UInt32.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(seconds)
    }
}

/// A length of time in minutes, which Slurm can also leave open.
public struct TimeLimit: Hashable, Sendable, BitwiseCopyable {
    private let raw: UInt32

    public static let unlimited = TimeLimit(raw: .max)

    private init(raw: UInt32) {
        self.raw = raw
    }

    public init(minutes: Int) {
        raw = UInt32(minutes)
    }

    /// Nothing where there is no limit.
    public var minutes: Int? { raw == .max ? nil : Int(raw) }
}
