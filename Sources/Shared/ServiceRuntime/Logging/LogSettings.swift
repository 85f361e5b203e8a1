/// What a reload may change.
public struct LogSettings: Hashable, Sendable {
    public var format: LogFormat
    public var level: LogLevel
    /// By component, where it differs from `level`.
    public var levels: [String: LogLevel]
    /// nil lets every line out.
    public var repeats: RepeatLimit?

    public init(
        format: LogFormat = .logfmt, level: LogLevel = .info, levels: [String: LogLevel] = [:],
        repeats: RepeatLimit? = RepeatLimit()
    ) {
        self.format = format
        self.level = level
        self.levels = levels
        self.repeats = repeats
    }

    func level(of component: String) -> LogLevel {
        levels[component] ?? level
    }
}

/// How often the same may be said: `burst` times at once, and again once an `interval`. Silence earns the burst back,
/// one line an interval.
public struct RepeatLimit: Hashable, Sendable {
    public var burst: Int
    public var interval: Duration

    public init(burst: Int = 5, interval: Duration = .seconds(30)) {
        precondition(burst > 0 && interval > .zero, "a limit lets something through")
        self.burst = burst
        self.interval = interval
    }
}
