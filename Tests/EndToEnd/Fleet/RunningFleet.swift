import Foundation
import FoundationNetworking
import Locks
import TestSupport
import Testing

/// A coordinator and shards, as real processes on free ports.
final class RunningFleet: Sendable {
    struct Shard: Sendable {
        let process: ChildProcess
        let address: String
    }

    let coordinator: ChildProcess
    let address: String
    private let running = Locked<[String: Shard]>([:])
    private let directory: TemporaryDirectory

    /// Those that were neither killed nor stopped.
    var shards: [String: Shard] { running.withLock { $0 } }

    /// - Parameters:
    ///   - configuration: of the shards.
    ///   - fleet: keys of `fleet` besides those for speed.
    ///   - shard: what a shard has in a file of its own.
    ///   - overlap: how long a slice has two owners when it moves.
    convenience init(
        of simulator: RunningSimulator, shards count: Int, fleet: String = "", _ configuration: String = "",
        shard: String = "", overlap: String = "1s"
    ) async throws {
        try await self.init(
            of: simulator.address, shards: count, fleet: fleet, configuration, shard: shard, overlap: overlap)
    }

    /// - Parameter slurm: where the cluster is asked.
    init(
        of slurm: String, shards count: Int, fleet: String, _ configuration: String = "", shard: String = "",
        overlap: String = "1s"
    ) async throws {
        directory = try TemporaryDirectory()
        address = "127.0.0.1:\(try lastingPort())"
        try directory.write(
            ClusterConfiguration.slurm(slurm, more: ", request_timeout: 5s")
                + ClusterConfiguration.everySecond() + configuration,
            to: "shard.yaml")
        try directory.write(
            """
            fleet:
              configuration: "\(directory.path("shard.yaml"))"
              store: "\(directory.path("fleet.db"))"
              heartbeat_interval: 300ms
              lost_after: 2s
              scrape_interval: \(overlap)
              rebalance_interval: 1s
            \(fleet)
            """, to: "coordinator.yaml")
        try directory.write(shard, to: "own.yaml")
        coordinator = try Self.startCoordinator(directory, address)
        for number in 0..<count { try start("shard-\(number)") }
    }

    private static func startCoordinator(_ directory: TemporaryDirectory, _ address: String) throws -> ChildProcess {
        try ChildProcess(
            try builtProgram("slurm-coordinator"),
            ["--config", directory.path("coordinator.yaml"), "--listen", address])
    }

    /// Another one in place of a coordinator that has ended.
    func successor() throws -> ChildProcess { try Self.startCoordinator(directory, address) }

    func start(_ name: String) throws {
        let port = try lastingPort()
        let process = try ChildProcess(
            try builtProgram("slurm-shard"),
            [
                "--config", directory.path("own.yaml"), "--coordinator", "http://\(address)", "--web.listen-address",
                "127.0.0.1:\(port)", "--fleet.shard",
                name,
                "--fleet.state-directory", directory.path(name), "--fleet.drain-timeout", "20s",
            ])
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

    struct Status: Decodable {
        let plan: Plan
        let shards: [Shard]
        let slices: [Slice]
        let upstreams: [Upstream]

        struct Plan: Decodable {
            let epoch: Int
            let revision: Int
        }

        struct Shard: Decodable {
            let id: String
            let state: String
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

    func status() async throws -> Status {
        try JSONDecoder().decode(Status.self, from: Data(try await get(address, "/api/v1/fleet").body.utf8))
    }

    /// Waits until every slice is served by a shard that lives.
    func settles(_ location: SourceLocation = #_sourceLocation) async throws {
        var last = ""
        let isSettled = await eventually(within: .seconds(90)) {
            guard let status = try? await status() else { return false }
            last = "\(status)"
            try? await Task.sleep(for: .milliseconds(100))
            return !status.slices.isEmpty
                && status.upstreams.allSatisfy { shards[$0.owner ?? ""] != nil && !$0.isWaiting }
                && status.slices.allSatisfy {
                    $0.state == "serving" && $0.former == nil && shards[$0.owner ?? ""] != nil
                }
        }
        #expect(isSettled, "\(last)\n\(coordinator.standardError.suffix(2000))", sourceLocation: location)
    }

    func federated() async throws -> Scrape {
        let query = "match[]={__name__=~\"slurm_.%2b\"}".addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed)!
            .replacing("%252b", with: "%2b")
        return try Scrape(try await get(address, "/federate?\(query)").body)
    }

    /// Series on the pages of all shards, without those about themselves.
    func shown() async throws -> Set<String> {
        var names: Set<String> = []
        for shard in shards.values {
            // One that has just left shows nothing.
            guard let body = try? await get(shard.address, "/metrics").body else { continue }
            for line in body.split(separator: "\n") where line.hasPrefix("slurm_") && !line.hasPrefix("slurm_exporter_")
            {
                names.insert(String(line[..<(line.lastIndex(of: " ") ?? line.endIndex)]))
            }
        }
        return names
    }
}
