extension MonotonicClock.Instant {
    public static func + (instant: Self, duration: Duration) -> Self { instant.advanced(by: duration) }
}
