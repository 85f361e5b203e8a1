import Configuration
import FoundationEssentials
import Glibc
import Locks
public import ServiceRuntime

/// A whole fleet on one machine: its processes are started, kept running, and stopped in order.
public struct LocalFleet: Sendable {
    public struct Settings: Equatable, Sendable {
        public var shards = 3
        public var coordinators = 2
        /// Host and port of the first coordinator; the others have the next ports that are free.
        public var listen = "127.0.0.1:8080"
        /// The directory of all files; nil for a new one among temporary files.
        public var state: String?
        /// Name and address of each; none for the simulated one.
        public var clusters: [String] = []

        public init() {}
    }

    private let settings: Settings
    private let clusters: [LocalCluster]
    private let programs: String
    private let logger: Logger

    public struct Unusable: Error, CustomStringConvertible {
        public let description: String
    }

    public init(_ settings: Settings, logger: Logger) throws {
        self.settings = settings
        self.logger = logger
        clusters = try LocalCluster.all(settings.clusters)
        guard let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
            let slash = own.lastIndex(of: "/")
        else { throw Unusable(description: "can't tell where this program is") }
        programs = String(own[..<slash])
        for program in ["slurm-shard"] + (settings.clusters.isEmpty ? ["slurm-simulator"] : []) {
            guard FileManager.default.isExecutableFile(atPath: "\(programs)/\(program)") else {
                throw Unusable(description: "there is no \(program) in \(programs)")
            }
        }
    }

    /// Lasts until a signal says stop.
    ///
    /// - Parameter announce: what people want to know, once everything listens.
    public func run(signals: AsyncStream<Signal>, announce: @escaping @Sendable (String) -> Void) async throws {
        var ports = FreePorts()
        let own = try ownAddress(&ports)
        let directory = try StateDirectory(settings.state)
        defer { withExtendedLifetime(directory) {} }
        var prepared = try prepare(directory, at: own, &ports)
        let isStopping = Locked(false)
        let listening = Task {
            for await signal in signals where signal.isStop { isStopping.withLock { $0 = true } }
        }
        defer { listening.cancel() }
        let refusing = try await keepRunning(&prepared, announce) { isStopping.withLock { $0 } }
        // Without a coordinator shards leave soon: there is nobody left to hand over to.
        for place in prepared.children.indices { await prepared.children[place].stop(within: .seconds(15)) }
        guard let refusing else { return }
        let complaint = "doesn't take what it is started with, for the reason that it gives above"
        throw ConfigurationError([Diagnostic(at: .standard, refusing, complaint)])
    }

    /// - Returns: which program doesn't take what it is started with; nil when told to stop.
    private func keepRunning(
        _ prepared: inout Prepared, _ announce: @Sendable (String) -> Void, until isStopping: () -> Bool
    ) async throws -> String? {
        var isAnnounced = false
        while !isStopping() {
            for place in prepared.children.indices {
                guard let end = prepared.children[place].keepRunning() else { continue }
                let name = prepared.children[place].name
                if end.isRefusal { return name }
                logger.warning("started again", ["program": .string(name), "end": .string(end.description)])
            }
            if !isAnnounced, prepared.addresses.allSatisfy(\.isListening) {
                announce(prepared.announcement)
                isAnnounced = true
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }

    private struct Prepared {
        var children: [Child]
        /// Where they are going to listen.
        var addresses: [LocalAddress]
        var announcement: String
    }

    private func prepare(
        _ directory: borrowing StateDirectory, at own: LocalAddress, _ ports: inout FreePorts
    ) throws -> Prepared {
        let simulator = clusters.isEmpty ? [ports.next(from: 6820)] : []
        let clusters = clusters + simulator.map { LocalCluster(name: "simulated", url: "http://127.0.0.1:\($0)") }
        try directory.write(
            LocalCluster.configuration(of: clusters, hasToken: getenv("SLURM_JWT") != nil), to: "shard.yaml")
        try directory.write(coordinatorConfiguration(directory.path), to: "coordinator.yaml")
        let addresses = coordinatorAddresses(from: own, &ports)
        let urls = addresses.map { "http://\($0.hasPrefix(":") ? "127.0.0.1" : "")\($0)" }
        let shardPorts = (0..<settings.shards).map { _ in ports.next(from: 9341) }
        return Prepared(
            children: coordinators(at: addresses, directory.path) + shards(at: shardPorts, of: urls, directory.path)
                + simulator.map(self.simulator),
            addresses: addresses.map { LocalAddress($0) } + (shardPorts + simulator).map { LocalAddress(port: $0) },
            announcement: announcement(urls, shardPorts, clusters, directory.path))
    }

    private func simulator(at port: Int) -> Child {
        Child("simulator", ["\(programs)/slurm-simulator", "--listen", "127.0.0.1:\(port)"])
    }

    private func coordinators(at addresses: [String], _ directory: String) -> [Child] {
        addresses.enumerated().map { place, address in
            Child(
                "coordinator-\(place + 1)",
                ["\(programs)/slurm-coordinator", "--config", "\(directory)/coordinator.yaml", "--listen", address]
                    + (place == 0 ? [] : ["--ha.mode", "secondary"]))
        }
    }

    private func shards(at ports: [Int], of urls: [String], _ directory: String) -> [Child] {
        ports.enumerated().map { place, port in
            Child(
                "shard-\(place + 1)",
                [
                    "\(programs)/slurm-shard", "--coordinator", urls.joined(separator: ","), "--web.listen-address",
                    "127.0.0.1:\(port)",
                    "--fleet.shard", "shard-\(place + 1)", "--fleet.state-directory",
                    "\(directory)/shard-\(place + 1)",
                ])
        }
    }

    /// A port in use would be that of another fleet, which shards of this one would join.
    private func ownAddress(_ ports: inout FreePorts) throws -> LocalAddress {
        let address = LocalAddress(settings.listen)
        guard address.isFree else {
            throw Unusable(description: "\(settings.listen) is in use: name another address with --listen HOST:PORT")
        }
        ports.reserve(address.port)
        return address
    }

    private func coordinatorAddresses(from first: LocalAddress, _ ports: inout FreePorts) -> [String] {
        let host = settings.listen.lastIndex(of: ":").map { settings.listen[..<$0] } ?? settings.listen[...]
        return [settings.listen]
            + (1..<max(settings.coordinators, 1)).map { "\(host):\(ports.next(from: first.port + $0))" }
    }

    private func announcement(
        _ urls: [String], _ ports: [Int], _ clusters: [LocalCluster], _ directory: String
    ) -> String {
        let url = urls[0]
        let shards = ports.enumerated().map { "  shard-\($0 + 1)      http://127.0.0.1:\($1)/metrics\n" }
        return """
              everything   \(url)/federate?match[]=%7B__name__=~%22.%2B%22%7D
              targets      \(url)/targets
            \(urls.map { "  coordinator  \($0)/metrics" }.joined(separator: "\n"))

            """ + shards.joined() + clusters.map { "  cluster      \($0)\n" }.joined()
                + "  state        \(directory)\nslurm-coordinator status --url \(url) shows how it is\n"
    }

    private func coordinatorConfiguration(_ directory: String) -> String {
        """
        fleet:
          configuration: \("\(directory)/shard.yaml".asConfigured)
          store: \("\(directory)/fleet.db".asConfigured)

        """
    }
}
