public import HTTPServer
import Locks
public import Metrics
public import ServiceRuntime

/// The HTTP server as a part of a program.
public final class WebService: Service {
    public let name = "web"
    public let limits: ServiceLimits

    private let settings: WebSettings
    private let responder: any Responder
    private let logger: Logger
    private let running = Locked<Running?>(nil)

    private struct Running {
        let server: HTTPServer
        let logging: Task<Void, Never>
        let events: AsyncStream<HTTPServer.Event>.Continuation
    }

    public init(_ settings: WebSettings, responder: any Responder, logger: Logger) {
        self.settings = settings
        self.responder = responder
        self.logger = logger
        limits = ServiceLimits(stop: settings.shutdownTimeout + .seconds(1))
    }

    /// The addresses in use; none before the start.
    public var addresses: [SocketAddress] { running.withLock { $0?.server.addresses } ?? [] }

    public func register(in registry: MetricRegistry) {
        ServerMetrics.register(in: registry) { [weak self] in self?.running.withLock { $0?.server }?.statistics }
    }

    public func start() async throws {
        // The log may wait for its reader, and the thread that serves must not: what it can't take in time is dropped.
        let (stream, events) = AsyncStream.makeStream(of: HTTPServer.Event.self, bufferingPolicy: .bufferingOldest(256))
        let server = try HTTPServer(
            on: settings.listen, limits: affordableLimits(), unixMode: UInt32(settings.unixSocketMode),
            responder: responder
        ) { events.yield($0) }
        let logging = Task { [logger] in
            for await event in stream { logger.log(event.level, event.message, ["event": .string(event.description)]) }
        }
        running.withLock { $0 = Running(server: server, logging: logging, events: events) }
    }

    public func stop(before deadline: MonotonicClock.Instant) async {
        guard let running = running.withLock({ $0 }) else { return }
        await running.server.stop(within: settings.shutdownTimeout)
        running.events.finish()
        await running.logging.value
    }

    /// No more connections than there are descriptors for, with some left for everything else.
    private func affordableLimits() -> HTTPServer.Limits {
        var limits = settings.limits
        guard let descriptors = DescriptorLimit.raise() else { return limits }
        let affordable = max(1, descriptors - 64)
        if limits.connections > affordable {
            logger.warning(
                "fewer connections than configured, for lack of file descriptors",
                ["web.max_connections": .integer(limits.connections), "possible": .integer(affordable)])
            limits.connections = affordable
        }
        return limits
    }
}
