import Glibc

/// The time of day, for stamps that people and other programs read. It can jump: what measures or waits takes a
/// `MonotonicClock`.
public struct WallClock: Sendable {
    private let read: @Sendable () -> UnixTime

    public init(now: @escaping @Sendable () -> UnixTime) {
        self.read = now
    }

    public var now: UnixTime { read() }

    public static let system = WallClock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UnixTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
