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
    private let server = Locked<HTTPServer?>(nil)

    public init(_ settings: WebSettings, responder: any Responder, logger: Logger) {
        self.settings = settings
        self.responder = responder
        self.logger = logger
        limits = ServiceLimits(stop: settings.shutdownTimeout + .seconds(1))
    }

    /// The addresses in use; none before the start.
    public var addresses: [SocketAddress] { server.withLock { $0?.addresses ?? [] } }

    public func register(in registry: MetricRegistry) {
        ServerMetrics.register(in: registry) { [weak self] in self?.server.withLock { $0?.statistics } }
    }

    public func start() async throws {
        let logger = logger
        let started = try HTTPServer(
            on: settings.listen, limits: settings.limits, unixMode: UInt32(settings.unixSocketMode),
            responder: responder
        ) { event in
            logger.log(event.level, event.message, ["event": .string(event.description)])
        }
        server.withLock { $0 = started }
    }

    public func stop(before deadline: MonotonicClock.Instant) async {
        guard let running = server.withLock({ $0 }) else { return }
        await running.stop(within: settings.shutdownTimeout)
    }
}
