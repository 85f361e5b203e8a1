import Foundation
import FoundationNetworking
import Locks
import TestSupport
import Testing

/// Coordinators and shards, as real processes on free ports.
final class RunningFleet: Sendable {
    struct Shard: Sendable {
        let process: ChildProcess
        let address: String
    }

    /// In the order in which they were started.
    let coordinators: [Shard]
    private let running = Locked<[String: Shard]>([:])
    private let directory: TemporaryDirectory
    private let environment: [String: String]

    var coordinator: ChildProcess { coordinators[0].process }

    var address: String { coordinators[0].address }

    /// Those that were neither killed nor stopped.
    var shards: [String: Shard] { running.withLock { $0 } }

    /// How often tests that do something to a fleet do so; `FLEET_ROUNDS=30` makes figures of it.
    static let rounds = ProcessInfo.processInfo.environment["FLEET_ROUNDS"].flatMap { Int($0) } ?? 1

    /// - Parameters:
    ///   - configuration: of the shards.
    ///   - fleet: keys of `fleet` besides those for speed.
    ///   - lease: how long a leader may be silent.
    ///   - shard: what a shard has in a file of its own.
    ///   - overlap: how long a slice has two owners when it moves.
    ///   - timeout: of a question to Slurm, in seconds.
    ///   - lost: how long a shard may be silent.
    ///   - environment: of the shards.
    convenience init(
        of simulator: RunningSimulator, shards count: Int, coordinators coordinatorCount: Int = 1, fleet: String = "",
        lease: String = "6s", _ configuration: String = "", shard: String = "", overlap: String = "1s",
        timeout: Int = 5, lost: String = "2s", environment: [String: String] = [:]
    ) async throws {
        try await self.init(
            of: simulator.address, shards: count, coordinators: coordinatorCount, fleet: fleet, lease: lease,
            configuration, shard: shard, overlap: overlap, timeout: timeout, lost: lost,
            environment: environment)
    }

    /// - Parameter slurm: where the cluster is asked.
    init(
        of slurm: String, shards count: Int, coordinators coordinatorCount: Int = 1, fleet: String,
        lease: String = "6s", _ configuration: String = "", shard: String = "", overlap: String = "1s",
        timeout: Int = 5, lost: String = "2s", environment: [String: String] = [:]
    ) async throws {
        let directory = try TemporaryDirectory()
        self.directory = directory
        self.environment = environment
        try directory.write(
            ClusterConfiguration.slurm(slurm, more: ", request_timeout: \(timeout)s")
                + ClusterConfiguration.everySecond() + configuration,
            to: "shard.yaml")
        try directory.write(
            """
            ha: {lease_ttl: \(lease)}
            fleet:
              configuration: "\(directory.path("shard.yaml"))"
              store: "\(directory.path("fleet.db"))"
              heartbeat_interval: 300ms
              lost_after: \(lost)
              scrape_interval: \(overlap)
              rebalance_interval: 1s
            \(fleet)
            """, to: "coordinator.yaml")
        try directory.write(shard, to: "own.yaml")
        coordinators = try (0..<coordinatorCount).map { _ in
            let address = "127.0.0.1:\(try freePort())"
            return Shard(process: try Self.startCoordinator(directory, address), address: address)
        }
        for number in 0..<count { try start("shard-\(number)") }
    }

    private static func startCoordinator(
        _ directory: TemporaryDirectory, _ address: String, _ arguments: [String] = []
    ) throws -> ChildProcess {
        try ChildProcess(
            try builtProgram("slurm-coordinator"),
            ["--config", directory.path("coordinator.yaml"), "--listen", address] + arguments)
    }

    /// Another one in place of a coordinator that has ended.
    func successor(_ place: Int = 0, _ arguments: String...) throws -> ChildProcess {
        try Self.startCoordinator(directory, coordinators[place].address, arguments)
    }

    func path(_ name: String) -> String { directory.path(name) }

    /// - Parameter shard: the name under which the fleet knows it, where that is another one.
    func start(_ name: String, as shard: String? = nil) throws {
        let port = try freePort()
        let process = try ChildProcess(
            try builtProgram("slurm-shard"),
            [
                "--config", directory.path("own.yaml"),
                "--coordinator", coordinators.map { "http://\($0.address)" }.joined(separator: ","),
                "--web.listen-address", "127.0.0.1:\(port)", "--fleet.shard",
                shard ?? name,
                "--fleet.state-directory", directory.path(name), "--fleet.drain-timeout", "20s",
            ], environment: environment)
        running.withLock { $0[name] = Shard(process: process, address: "127.0.0.1:\(port)") }
    }

    func kill(_ name: String) {
        running.withLock { $0.removeValue(forKey: name) }?.process.send(SIGKILL)
    }

    func stop(_ name: String) async throws -> Int32? {
        shards[name]?.process.send(SIGTERM)
        let status = try await shards[name]?.process.exit()
        running.withLock { $0[name] = nil }
        return status
    }
}

extension RunningFleet {
    func get(_ address: String, _ path: String) async throws -> (status: Int, body: String) {
        let (data, response) = try await URLSession.shared.data(from: URL(string: "http://\(address)\(path)")!)
        return ((response as! HTTPURLResponse).statusCode, String(decoding: data, as: UTF8.self))
    }

    func post(_ address: String, _ path: String, _ body: String) async throws -> (status: Int, body: String) {
        var request = URLRequest(url: URL(string: "http://\(address)\(path)")!)
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        let (data, response) = try await URLSession.shared.data(for: request)
        return ((response as! HTTPURLResponse).statusCode, String(decoding: data, as: UTF8.self))
    }

    struct Status: Decodable {
        let plan: Plan
        let shards: [Shard]
        let slices: [Slice]
        let upstreams: [Upstream]

        struct Plan: Equatable, Decodable {
            let epoch: Int
            let revision: Int
        }

        struct Shard: Decodable {
            let id: String
            let url: String
            let state: String
            let refusedHeartbeats: Int
        }

        struct Slice: Decodable {
            let id: String
            let state: String
            let collectors: [String]
            let owner: String?
            let former: String?
            let current: String?
        }

        struct Upstream: Decodable {
            let owner: String?
            let isWaiting: Bool
        }
    }

    /// As the coordinator of that place sees it.
    func status(_ place: Int = 0) async throws -> Status {
        let document = try await get(coordinators[place].address, "/api/v1/fleet").body
        return try JSONDecoder().decode(Status.self, from: Data(document.utf8))
    }

    /// Waits until all shards that live are ready, and every slice is served by one of them, and was gathered once.
    ///
    /// - Parameter place: of the coordinator that leads.
    func settles(_ place: Int = 0, _ location: SourceLocation = #_sourceLocation) async throws {
        var last = ""
        let isSettled = await eventually(within: .seconds(90)) {
            guard let status = try? await status(place) else { return false }
            last = "\(status)"
            try? await Task.sleep(for: .milliseconds(100))
            let areReady = status.shards.count { $0.state == "ready" } >= shards.count
            let isServed =
                !status.slices.isEmpty
                && status.upstreams.allSatisfy { shards[$0.owner ?? ""] != nil && !$0.isWaiting }
                && status.slices.allSatisfy {
                    $0.state == "serving" && $0.former == nil && shards[$0.owner ?? ""] != nil
                }
            guard areReady, isServed else { return false }
            let ready = try? await get(coordinators[place].address, "/ready")
            last += "\nready: \(ready?.body ?? "nobody answers")"
            return ready?.status == 200
        }
        #expect(
            isSettled, "\(last)\n\(coordinators[place].process.standardError.suffix(2000))", sourceLocation: location)
    }

    func federated() async throws -> Scrape { try Scrape(try await federatedText()) }

    func federatedText() async throws -> String {
        let (status, body) = try await get(address, Self.everything)
        guard status == 200 else { throw Unanswered(status: status, text: body) }
        return body
    }

    struct Unanswered: Error {
        let status: Int
        let text: String
    }

    static var everything: String {
        let query = "match[]={__name__=~\"slurm_.%2b\"}".addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed)!
            .replacing("%252b", with: "%2b")
        return "/federate?\(query)"
    }

    /// Series on the pages of all shards, without those about themselves.
    func shown() async throws -> Set<String> {
        await withTaskGroup(of: Set<String>.self) { group in
            for shard in shards.values { group.addTask { await self.shown(by: shard) } }
            var names: Set<String> = []
            for await shown in group { names.formUnion(shown) }
            return names
        }
    }

    /// One that has just left shows nothing.
    private func shown(by shard: Shard) async -> Set<String> {
        guard let body = try? await get(shard.address, "/metrics").body else { return [] }
        let lines = body.split(separator: "\n").filter { $0.hasPrefix("slurm_") && !$0.hasPrefix("slurm_exporter_") }
        return Set(lines.map { line in String(line[..<(line.lastIndex(of: " ") ?? line.endIndex)]) })
    }
}
