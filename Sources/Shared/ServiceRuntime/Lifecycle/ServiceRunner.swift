/// Takes services up in order, keeps them until a signal or a failure, and takes them down in reverse.
///
/// SIGTERM and SIGINT stop, SIGHUP reloads. A service that overruns its limit is cancelled and no longer waited for; its
/// task may go on until the process exits, which the caller does next:
///
///     let signals = Signals.listen()
///     …
///     let outcome = await ServiceRunner(logger: log.logger("services")).run(services, signals: signals)
///     exit(outcome.exitCode.rawValue)
public struct ServiceRunner: Sendable {
    private let logger: Logger
    private let clock: MonotonicClock

    public init(logger: Logger, clock: MonotonicClock = .system) {
        self.logger = logger
        self.clock = clock
    }

    public func run(_ services: [any Service], signals: AsyncStream<Signal>) async -> ServiceOutcome {
        let (events, continuation) = AsyncStream.makeStream(of: Lifecycle.Event.self)
        let forwarding = Task { for await signal in signals { continuation.yield(signal: signal) } }
        defer { forwarding.cancel() }
        continuation.yield(.begin)
        var driver = ServiceDriver(services: services, logger: logger, clock: clock, events: continuation)
        for await event in events {
            if let outcome = driver.handle(event) { return outcome }
        }
        preconditionFailure("the services' events ended before the services")
    }
}

extension AsyncStream<Lifecycle.Event>.Continuation {
    fileprivate func yield(signal: Signal) {
        switch signal {
        case _ where signal.isStop: yield(.stopRequested)
        case .hangUp: yield(.reloadRequested)
        default: break
        }
    }
}
