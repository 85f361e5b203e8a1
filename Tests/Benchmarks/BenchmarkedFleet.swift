import Foundation
import Glibc
import HTTPClient
import TestSupport

/// What a fleet, and one process beside it, is configured with.
final class FleetFiles {
    let directory: TemporaryDirectory
    private let shared: String

    /// - Parameters:
    ///   - interval: of all feeds.
    ///   - timeout: of a question to Slurm.
    init(of slurm: SimulatedSlurm, interval: String, timeout: String = "5s") throws {
        directory = try TemporaryDirectory()
        let collectors = [
            "cluster", "nodes", "partitions", "jobs", "users", "accounts", "qos", "reservations", "licenses",
            "scheduler", "fairshare", "accounting",
        ]
        shared = try directory.write(
            """
            slurm: {cluster: alpha, base_url: "http://127.0.0.1:\(slurm.port)", request_timeout: \(timeout)}
            collection:
              max_load: 1
              retry_attempts: 0
              staleness_factor: 10
              intervals: {\(collectors.map { "\($0): \(interval)" }.joined(separator: ", "))}

            """, to: "shards.yaml")
    }

    func loneShard() throws -> BenchmarkedShard { try BenchmarkedShard(["--config", shared]) }

    /// - Parameters:
    ///   - split: one of those that are built in.
    ///   - lostAfter: how long a shard may be silent.
    /// - Returns: where a coordinator finds its configuration.
    func coordinator(split: String, heartbeat: String, lostAfter: String) throws -> String {
        try directory.write(
            """
            fleet:
              configuration: "\(shared)"
              store: "\(directory.path("\(UUID().uuidString).db"))"
              split: \(split)
              groups: {gpu: ["gpu*"], others: ["b*", "c*", "d*"]}
              heartbeat_interval: \(heartbeat)
              lost_after: \(lostAfter)
              scrape_interval: 1s
              rebalance_interval: 1s

            """, to: "coordinator.yaml")
    }
}

/// A coordinator and its shards, which end with the last reference.
final class BenchmarkedFleet {
    let coordinator: BenchmarkedCoordinator
    private(set) var shards: [String: BenchmarkedShard] = [:]
    private let directory: TemporaryDirectory

    init(
        _ files: FleetFiles, split: String, shards count: Int, heartbeat: String = "300ms", lostAfter: String = "2s"
    ) throws {
        directory = files.directory
        coordinator = try BenchmarkedCoordinator([
            "--config", try files.coordinator(split: split, heartbeat: heartbeat, lostAfter: lostAfter),
        ])
        for number in 0..<count { try add("shard-\(number)") }
    }

    /// Shards that hand over would wait for each other.
    deinit {
        for program in programs { Glibc.kill(program.identifier, SIGKILL) }
    }

    var programs: [Program] { [coordinator.program] + shards.values.map(\.program) }

    /// What Prometheus asks for.
    var pages: [String] { shards.values.map(\.url) + [coordinator.url + BenchmarkedCoordinator.everything] }

    func add(_ name: String) throws {
        shards[name] = try BenchmarkedShard([
            "--coordinator", coordinator.url, "--fleet.shard", name,
            "--fleet.state-directory", directory.path("\(name)-\(UUID().uuidString)"),
        ])
    }

    func kill(_ name: String) {
        guard let shard = shards.removeValue(forKey: name) else { return }
        Glibc.kill(shard.program.identifier, SIGKILL)
    }

    /// Waits until every slice is served by a shard that lives.
    func settle() async throws {
        let isSettled = await eventually(within: .seconds(120)) {
            try? await Task.sleep(for: .milliseconds(100))
            guard let status = try? await coordinator.status() else { return false }
            return status.isSettled(on: Set(shards.keys))
        }
        guard isSettled else { throw Program.Failure(program: "fleet", code: ETIMEDOUT) }
    }
}

/// A coordinator that leads.
final class BenchmarkedCoordinator {
    static let everything = "/federate?match[]=%7B__name__%3D~%22slurm_.%2B%22%7D"

    let program: Program
    let url: String
    private let client: HTTPClient

    /// - Parameter arguments: besides where it listens.
    init(_ arguments: [String]) throws {
        let port = Int(try freePort())
        client = try HTTPClient()
        url = "http://127.0.0.1:\(port)"
        program = try Program(
            Program.beside("slurm-coordinator"), ["--listen", "127.0.0.1:\(port)", "--log.level", "error"] + arguments)
        try Loopback.awaitListener(on: port)
    }

    struct Status: Decodable {
        let slices: [Slice]
        let upstreams: [Upstream]

        struct Slice: Decodable {
            let state: String
            let owner: String?
            let former: String?
        }

        struct Upstream: Decodable {
            let owner: String?
            let isWaiting: Bool
        }

        func isSettled(on shards: Set<String>) -> Bool {
            func lives(_ owner: String?) -> Bool { owner.map(shards.contains) ?? false }
            return !slices.isEmpty && upstreams.allSatisfy { lives($0.owner) && !$0.isWaiting }
                && slices.allSatisfy { $0.state == "serving" && $0.former == nil && lives($0.owner) }
        }
    }

    func status() async throws -> Status { try await client.document(Status.self, at: url + "/api/v1/fleet") }
}

extension HTTPClient {
    func document<Document: Decodable>(_ type: Document.Type, at url: String) async throws -> Document {
        let response = try await send(Request(.get, url))
        return try JSONDecoder().decode(type, from: Data(try await response.body.collect(upTo: 64 << 20)))
    }
}
