/// A part of a program that is started and stopped in order.
public protocol Service: Sendable {
    /// Names it in the log and in errors.
    var name: String { get }

    var limits: ServiceLimits { get }

    /// Returns when those started after it can rely on it. What it throws ends the program; it has cleaned up by then.
    /// Cancelled when it overruns its limit or the program is to stop.
    func start() async throws

    /// Called after `start`, lasts as long as the service does, and is cancelled after `stop`. An end before that,
    /// by return or error, stops the program. By default it lasts for ever.
    func run() async throws

    /// Called once for everything that started, also after a failure of its own. Who isn't back by the deadline is
    /// cancelled and left behind.
    func stop(before deadline: MonotonicClock.Instant) async

    /// Takes over a new configuration. What it throws is logged, and the service goes on as it was. Nothing by default.
    func reload() async throws
}

extension Service {
    public var limits: ServiceLimits { ServiceLimits() }

    public func run() async throws {
        let (never, continuation) = AsyncStream.makeStream(of: Never.self)
        for await _ in never {}
        withExtendedLifetime(continuation) {}
    }

    public func reload() async throws {}
}

public struct ServiceLimits: Hashable, Sendable {
    public var start: Duration
    public var stop: Duration
    public var reload: Duration

    public init(start: Duration = .seconds(30), stop: Duration = .seconds(10), reload: Duration = .seconds(30)) {
        self.start = start
        self.stop = stop
        self.reload = reload
    }
}
