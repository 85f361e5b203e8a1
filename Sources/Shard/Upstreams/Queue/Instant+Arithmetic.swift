import ServiceRuntime

extension MonotonicClock.Instant {
    static func + (instant: Self, duration: Duration) -> Self { instant.advanced(by: duration) }
}
