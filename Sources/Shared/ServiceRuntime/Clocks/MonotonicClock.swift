import Glibc

/// Time for leases, timeouts and ages: never set back, and counted on while the machine is suspended.
///
/// A value rather than a type parameter: production code takes `.system`, a test the clock that it advances itself.
public struct MonotonicClock: Clock, Sendable {
    private let read: @Sendable () -> Instant
    private let wait: @Sendable (Instant) async throws -> Void

    /// - Parameter sleep: returns once the instant is reached, throws `CancellationError` when its task is cancelled.
    public init(
        now: @escaping @Sendable () -> Instant, sleep: @escaping @Sendable (Instant) async throws -> Void
    ) {
        self.read = now
        self.wait = sleep
    }

    public var now: Instant { read() }

    public var minimumResolution: Duration { .nanoseconds(1) }

    public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        try await wait(deadline)
    }
}

extension MonotonicClock {
    /// A point of this clock; meaningless in another process or after a restart of the machine.
    public struct Instant: InstantProtocol {
        /// The time since the clock's origin, which for the system's clock is the start of the machine.
        public let sinceOrigin: Duration

        public init(sinceOrigin: Duration) {
            self.sinceOrigin = sinceOrigin
        }

        public func advanced(by duration: Duration) -> Instant {
            Instant(sinceOrigin: sinceOrigin + duration)
        }

        public func duration(to other: Instant) -> Duration {
            other.sinceOrigin - sinceOrigin
        }

        public static func < (left: Instant, right: Instant) -> Bool {
            left.sinceOrigin < right.sinceOrigin
        }
    }
}

extension MonotonicClock {
    /// CLOCK_BOOTTIME.
    public static let system = MonotonicClock(
        now: bootTime,
        sleep: { deadline in
            while case let remaining = bootTime().duration(to: deadline), remaining > .zero {
                try await Task.sleep(for: remaining, clock: .continuous)
            }
            try Task.checkCancellation()
        })

    private static func bootTime() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Instant(sinceOrigin: .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec))
    }
}
