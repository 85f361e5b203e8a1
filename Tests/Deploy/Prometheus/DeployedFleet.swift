import Foundation
import FoundationNetworking
import TestSupport

/// A fleet over a simulated cluster in which much happens, and one exporter beside it, as real processes.
final class DeployedFleet: Sendable {
    let coordinator: String
    let exporter: String
    private let shards: [String]
    private let processes: [ChildProcess]
    private let directory: TemporaryDirectory

    init(shards count: Int = 2) async throws {
        let directory = try TemporaryDirectory()
        let slurm = try Self.address()
        coordinator = try Self.address()
        exporter = try Self.address()
        shards = try (0..<count).map { _ in try Self.address() }
        try directory.write(Self.token, to: "token")
        let configuration = try directory.write(
            Self.shardConfiguration(slurm, token: directory.path("token")), to: "shard.yaml")
        let leading = try directory.write(
            Self.coordinatorConfiguration(configuration, store: directory.path("fleet.db"), slurm),
            to: "coordinator.yaml")
        processes =
            [
                try Self.start(
                    "slurm-simulator", "--listen", slurm, "--nodes", "20", "--jobs", "60", "--speed", "120",
                    "--fault", Self.faults),
                try Self.start("slurm-coordinator", "--config", leading, "--listen", coordinator),
                try Self.start("slurm-shard", "--config", configuration, "--web.listen-address", exporter),
            ]
            + (try shards.enumerated().map { [coordinator] number, address in
                try Self.start(
                    "slurm-shard", "--coordinator", "http://\(coordinator)", "--web.listen-address", address,
                    "--fleet.shard", "shard-\(number)", "--fleet.state-directory", directory.path("shard-\(number)"))
            })
        self.directory = directory
    }

    private static func address() throws -> String { "127.0.0.1:\(try freePort())" }

    private static func start(_ program: String, _ arguments: String...) throws -> ChildProcess {
        try ChildProcess(try builtProgram(program), arguments)
    }

    /// What the processes have said so far, the last of it.
    var log: String { processes.map { String($0.standardError.suffix(1_000)) }.joined(separator: "\n") }

    /// All pages that describe the programs themselves.
    func pages() async throws -> String {
        var pages = ""
        for address in [coordinator, exporter] + shards {
            let (data, _) = try await URLSession.shared.data(from: URL(string: "http://\(address)/metrics")!)
            pages += String(decoding: data, as: UTF8.self)
        }
        return pages
    }

    private static let faults =
        "slurm/licenses garbage probability=0.3,slurm/nodes rewrite=unknown-states probability=0.3"

    /// One that nobody checks, and that expires in ten hours.
    private static var token: String {
        let expiry = Int(Date.now.timeIntervalSince1970) + 36_000
        let parts = [#"{"alg":"HS256"}"#, #"{"exp":\#(expiry)}"#, "signature"]
        return parts.map { Data($0.utf8).base64EncodedString().replacing("=", with: "") }.joined(separator: ".")
    }

    private static func shardConfiguration(_ slurm: String, token: String) -> String {
        """
        slurm: {cluster: alpha, base_url: "http://\(slurm)", token_file: "\(token)"}
        collection:
          max_load: 1
          retry_attempts: 0
          staleness_factor: 100
          intervals:
            {cluster: 2s, nodes: 2s, partitions: 2s, jobs: 2s, users: 2s, accounts: 2s, scheduler: 2s, qos: 2s,
             reservations: 2s, licenses: 2s, fairshare: 2s, accounting: 2s}
        metrics: {label_limits: {user: 20}}
        """
    }

    /// With a target that has no metrics, so that it fails.
    private static func coordinatorConfiguration(_ configuration: String, store: String, _ slurm: String) -> String {
        """
        fleet:
          configuration: "\(configuration)"
          store: "\(store)"
          heartbeat_interval: 500ms
          scrape_interval: 2s
        federation:
          targets: [{url: "http://\(slurm)/simulator/truth", interval: 2s}]
        """
    }
}
