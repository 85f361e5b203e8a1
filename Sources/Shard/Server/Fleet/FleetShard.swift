import FoundationEssentials
import Glibc
import HTTPServer
import Locks
import Membership
import Metrics
import Program
import ServiceRuntime
import ShardSettings

/// The process as a member of a fleet.
struct FleetShard {
    let settings: ShardSettings

    func run(signals: AsyncStream<Signal>) async -> ServiceOutcome {
        let log = Log(settings.log)
        do {
            let exporter = try FleetExporter(
                environment: ProcessEnvironment.variables, settings.fleet, run: countedRun(),
                countersIn: countersDirectory, log: log)
            let web = Locked<WebService?>(nil)
            var fleet = settings.fleet
            fleet.host = fleet.host ?? localHost
            let membership = try MembershipService(
                fleet, as: fleet.shard ?? defaultName, exporter, logger: log.logger("membership")
            ) {
                Int(web.withLock { $0 }?.addresses.compactMap(\.port).first ?? 0)
            }
            let responder = Router.fleetShard(exporter, membership, settings)
            let services = ShardServices(exporter, exporter.registry, settings, responder, log: log)
            web.withLock { $0 = services.web }
            membership.register(in: exporter.registry)
            return await ServiceRunner(logger: log.logger("services"))
                .run(services.all + [membership], signals: signals)
        } catch {
            log.logger("fleet").error("not started", ["error": .string("\(error)")])
            exit(ExitCode.failure.rawValue)
        }
    }

    /// Of processes on one host the port makes the difference.
    private var defaultName: String {
        var name = [CChar](repeating: 0, count: 256)
        _ = gethostname(&name, name.count - 1)
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
