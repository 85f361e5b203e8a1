import Locks

/// The one log of a program; what writes to it takes a `Logger` of it.
public final class Log: Sendable {
    fileprivate struct State {
        var settings: LogSettings
        var components: [String: LogComponent] = [:]
        var limiter = RepeatLimiter()
        var counts = LogCounts()
    }

    private let output: any LogOutput
    private let clock: MonotonicClock
    private let wall: WallClock
    private let state: Locked<State>

    public init(
        _ settings: LogSettings = LogSettings(), output: any LogOutput = DescriptorOutput.standardError,
        clock: MonotonicClock = .system, wall: WallClock = .system
    ) {
        self.output = output
        self.clock = clock
        self.wall = wall
        self.state = Locked(State(settings: settings))
    }

    /// - Parameter component: a name from the code, not from input: the log remembers each.
    public func logger(_ component: String) -> Logger {
        Logger(log: self, component: state.withLock { $0.component(component) })
    }

    /// Holds for all loggers, also those handed out before.
    public var settings: LogSettings {
        get { state.withLock { $0.settings } }
        set { state.withLock { $0.apply(newValue) } }
    }

    public var counts: LogCounts {
        state.withLock { $0.counts }
    }

    func write(_ level: LogLevel, _ message: String, of component: String, context: LogFields, fields: LogFields) {
        let text = hash(level, message, component, context)
        let (decision, format) = state.withLock { ($0.decide(text, now: clock.now), $0.settings.format) }
        guard case .pass(let suppressed) = decision else { return }
        let record = LogRecord(
            time: wall.now, level: level, component: component, message: message, fields: context.merging(fields),
            suppressed: suppressed)
        let isWritten = output.write(format.line(record))
        state.withLock { isWritten ? $0.counts.countWritten(level) : ($0.counts.lost += 1) }
    }

    private func hash(_ level: LogLevel, _ message: String, _ component: String, _ context: LogFields) -> Int {
        var hasher = Hasher()
        hasher.combine(level)
        hasher.combine(message)
        hasher.combine(component)
        hasher.combine(context)
        return hasher.finalize()
    }
}

extension Log.State {
    fileprivate mutating func component(_ name: String) -> LogComponent {
        if let known = components[name] { return known }
        let component = LogComponent(name, threshold: settings.level(of: name))
        components[name] = component
        return component
    }

    fileprivate mutating func apply(_ settings: LogSettings) {
        self.settings = settings
        for component in components.values { component.threshold = settings.level(of: component.name) }
    }

    fileprivate mutating func decide(_ text: Int, now: MonotonicClock.Instant) -> RepeatLimiter.Decision {
        guard let limit = settings.repeats else { return .pass(suppressed: 0) }
        let decision = limiter.decide(text, limit: limit, now: now)
        if decision == .hold { counts.suppressed += 1 }
        return decision
    }
}
