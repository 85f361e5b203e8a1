import FleetProtocol
import FoundationEssentials
import Glibc
import HTTP
import HTTPServer
import Locks
import Membership
import Metrics
import Program
import ServiceRuntime
import Snapshots

/// The process as a member of a fleet.
struct FleetShard {
    let settings: ShardSettings

    func run(signals: AsyncStream<Signal>) async -> ServiceOutcome {
        let log = Log(settings.log)
        do {
            let exporter = try FleetExporter(
                environment: ProcessEnvironment.variables, tokens: settings.fleet.tokens, run: countedRun(),
                countersIn: countersDirectory, log: log)
            let web = Locked<WebService?>(nil)
            var fleet = settings.fleet
            fleet.shard = fleet.shard ?? defaultName
            fleet.host = fleet.host ?? localHost
            let membership = try MembershipService(fleet, exporter, logger: log.logger("membership")) {
                Int(web.withLock { $0 }?.addresses.compactMap(\.port).first ?? 0)
            }
            let responder = Router.fleetShard(exporter, membership, settings.fleet.tokens)
            let service = WebService(settings.web, responder: responder, logger: log.logger("web"))
            web.withLock { $0 = service }
            membership.register(in: exporter.registry)
            BuildMetrics.register(in: exporter.registry)
            ProcessMetrics.register(in: exporter.registry)
            LogMetrics.register(log, in: exporter.registry)
            service.register(in: exporter.registry)
            return await ServiceRunner(logger: log.logger("services")).run([service, membership], signals: signals)
        } catch {
            log.logger("fleet").error("not started", ["error": .string("\(error)")])
            exit(ExitCode.failure.rawValue)
        }
    }

    /// Of processes on one host the port makes the difference.
    private var defaultName: String? {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return nil }
        let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let port = settings.web.listen.compactMap(\.tcpPort).first ?? 0
        return port > 0 ? "\(host):\(port)" : "\(host):\(getpid())"
    }

    /// Who listens on loopback only is reached there only.
    private var localHost: String? {
        settings.web.listen.allSatisfy(\.isLoopback) ? "127.0.0.1" : nil
    }

    /// Of its own in the fleet's directory, which others don't read.
    private var countersDirectory: String? {
        settings.runtime.stateDirectory ?? settings.fleet.stateDirectory.map { $0 + "/counters" }
    }

    /// How many times this shard was started.
    private func countedRun() -> UInt64 {
        guard let directory = settings.fleet.stateDirectory else { return 0 }
        let path = directory + "/runs"
        let known = FileManager.default.contents(atPath: path).flatMap { UInt64(String(decoding: $0, as: UTF8.self)) }
        let run = ((known ?? 0) + 1) & 0xFF
        try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try? Data("\(run)".utf8).write(to: URL(filePath: path), options: .atomic)
        return run
    }
}

extension ListenAddress {
    fileprivate var tcpPort: UInt16? {
        switch self {
        case .everywhere(let port), .localhost(let port): port
        case .exactly(let address): address.port
        }
    }
}

extension Router {
    /// What a shard of a fleet answers.
    static func fleetShard(
        _ exporter: FleetExporter, _ membership: MembershipService, _ tokens: FleetTokens
    ) -> Router {
        var router = Router()
        let feeds = FeedRoute(exporter: exporter) { membership.plan?.slices.map(\.slice) ?? [] }
        do throws(RouteError) {
            try router.add(.get, "/metrics") { request in
                let view = exporter.view.withLock { $0 }
                return Snapshots.metrics(
                    for: request, of: view.groups.map { Snapshots.Shown($0.snapshots, slice: $0.name) },
                    own: exporter.registry)
            }
            try router.add(.get, "/health") { _ in .response(Response(.ok, text: "OK")) }
            try router.add(.get, "/ready") { _ in readiness(of: exporter, membership) }
            try router.addShardPage { ShardDocument(exporter, membership) }
            try router.add(.get, "/snapshots/{slice}") { request in
                guarded(request, tokens) { snapshot(of: exporter, for: request) }
            }
            try router.add(.get, "/feeds/{cluster}/{feed}") { request in
                guarded(request, tokens) { feeds.answer(to: request) }
            }
        } catch {
            preconditionFailure("\(error)")
        }
        return router
    }

    /// User and job names are in it: for this host, and for whoever has a token.
    private static func guarded(_ request: RoutedRequest, _ tokens: FleetTokens, _ answer: () -> Answer) -> Answer {
        if request.peer.isLoopback || tokens.admits(authorization: request.fields.combined("Authorization")) {
            return answer()
        }
        return .response(Response(.unauthorized, ["WWW-Authenticate": "Bearer"]))
    }

    private static func snapshot(of exporter: FleetExporter, for request: RoutedRequest) -> Answer {
        let view = exporter.view.withLock { $0 }
        let id = request.parameters["slice"]
        guard let slice = view.slices.first(where: { $0.id == id }),
            let group = view.groups.first(where: { $0.name == slice.name })
        else { return .response(Response(.notFound, text: "404 Not Found: no slice '\(id)' here")) }
        return group.snapshots.document(for: request, slice: id, of: [slice.cluster])
    }

    /// Ready is who has a plan, and has something to show for each slice that is not on its way.
    private static func readiness(of exporter: FleetExporter, _ membership: MembershipService) -> Answer {
        guard membership.plan != nil else { return .response(Response(.serviceUnavailable, text: "no plan so far")) }
        let warming = exporter.states.filter { $0.state == "warming" }.map(\.slice.id).sorted()
        guard !warming.isEmpty else { return .response(Response(.ok, text: "ready")) }
        return .response(Response(.serviceUnavailable, text: "warming: \(warming.joined(separator: ", "))"))
    }
}
