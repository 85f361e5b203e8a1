import Foundation
import HTTPClient
import Locks
import TestSupport

/// A simulated cluster, two shards and two or more coordinators, as real processes that can be done anything to.
final class ChaosFleet: Sendable {
    static let lifetime = Duration.milliseconds(1500)
    /// The lease's lifetime, one renewal, and a second for a busy machine.
    static let takeoverLimit = lifetime + lifetime / 5 + .seconds(1)

    struct Report: Decodable, Sendable {
        let id: String
        let leads: Bool
        let epoch: UInt64?
    }

    struct Status: Decodable, Sendable {
        struct Plan: Decodable, Sendable {
            let epoch: UInt64
        }

        struct Shard: Decodable, Sendable {
            let id: String
            let plan: Plan?
        }

        struct Slice: Decodable, Sendable {
            let state: String
            let former: String?
        }

        let shards: [Shard]
        let slices: [Slice]
    }

    /// Where the store is; a file system of its own for those who fill it.
    let storeDirectory: String
    var coordinators: [ChildProcess] { running.withLock { $0 } }
    private let running = Locked<[ChildProcess]>([])
    let addresses: [String]
    private let directory: TemporaryDirectory
    private let onDisk: Bool
    private let others: Locked<[ChildProcess]>
    /// Those that are to stay, the oldest first.
    private let shards: Locked<[ChildProcess]>
    let simulator: String
    private let clock: StandingClock
    let client: HTTPClient

    struct Unsettled: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameters:
    ///   - lifetime: of the lease.
    ///   - onDisk: whether the store lies on a small file system of its own.
    init(
        coordinators count: Int = 2, lifetime: Duration = ChaosFleet.lifetime, onDisk: Bool = false
    ) async throws {
        directory = try TemporaryDirectory()
        client = try HTTPClient()
        storeDirectory = directory.path("store")
        try FileManager.default.createDirectory(atPath: storeDirectory, withIntermediateDirectories: true)
        if onDisk, !Disk.mount(at: storeDirectory) { throw Unsettled(description: "only root can mount a disk") }
        self.onDisk = onDisk
        addresses = try (0..<count).map { _ in "127.0.0.1:\(try lastingPort())" }
        simulator = "127.0.0.1:\(try lastingPort())"
        clock = try await StandingClock()
        let simulating = try ChildProcess(
            try builtProgram("slurm-simulator"),
            ["--listen", simulator, "--nodes", "20", "--jobs", "60", "--freeze"])
        try directory.write(Self.shardConfiguration(simulator), to: "shard.yaml")
        let configuration = Self.coordinatorConfiguration(
            directory.path("shard.yaml"), storeDirectory + "/fleet.db", lifetime)
        try directory.write(configuration, to: "coordinator.yaml")
        (others, shards) = (Locked([simulating]), Locked([]))
        for number in 0..<2 { try addShard("shard-\(number)") }
        let started = try (0..<count).map { try start($0) }
        running.withLock { $0 = started }
    }

    var storePath: String { storeDirectory + "/fleet.db" }

    /// Starts a coordinator in the place of one that has ended.
    func restart(_ place: Int, _ arguments: String...) throws {
        let process = try start(place, arguments)
        running.withLock { $0[place] = process }
    }

    private func start(_ place: Int, _ arguments: [String] = []) throws -> ChildProcess {
        try ChildProcess(
            try builtProgram("slurm-coordinator"),
            ["--config", directory.path("coordinator.yaml"), "--listen", addresses[place]] + arguments)
    }

    func addShard(_ name: String) throws {
        let coordinators = addresses.map { "http://\($0)" }.joined(separator: ",")
        let process = try shard([
            "--coordinator", coordinators, "--web.listen-address", "127.0.0.1:\(try lastingPort())", "--fleet.shard",
            name,
            "--fleet.state-directory", directory.path(name),
        ])
        shards.withLock { $0.append(process) }
    }

    /// - Parameter signal: one that ends it, at once or in its own time.
    func removeOldestShard(with signal: Int32) {
        let process = shards.withLock { $0.removeFirst() }
        others.withLock { $0.append(process) }
        process.send(signal)
    }

    /// - Returns: one that is ready.
    func startWhole() async throws -> WholeShard {
        let address = "127.0.0.1:\(try lastingPort())"
        let process = try shard(["--config", directory.path("shard.yaml"), "--web.listen-address", address])
        others.withLock { $0.append(process) }
        let whole = WholeShard(address: address, client: client)
        guard await eventually({ await whole.isReady() }) else {
            throw Unsettled(description: "the lone shard isn't ready:\n" + process.standardError)
        }
        return whole
    }

    private func shard(_ arguments: [String]) throws -> ChildProcess {
        try ChildProcess(try builtProgram("slurm-shard"), arguments, environment: clock.environment)
    }

    private static func shardConfiguration(_ simulator: String) -> String {
        """
        slurm: {cluster: alpha, base_url: "http://\(simulator)", request_timeout: 5s}
        collection:
          max_load: 1
          retry_attempts: 0
          staleness_factor: 100
          intervals:
            {cluster: 1s, nodes: 1s, partitions: 1s, jobs: 1s, users: 1s, accounts: 1s, scheduler: 1s, qos: 1s,
             reservations: 1s, licenses: 1s, fairshare: 1s, accounting: 1s}

        """
    }

    private static func coordinatorConfiguration(
        _ shards: String, _ store: String, _ lifetime: Duration
    ) -> String {
        """
        ha: {lease_ttl: \(Int(lifetime / .milliseconds(1)))ms}
        fleet:
          configuration: "\(shards)"
          store: "\(store)"
          heartbeat_interval: 300ms
          lost_after: 4s
          scrape_interval: 1s
          rebalance_interval: 1s

        """
    }
}

extension ChaosFleet {
    func get(_ place: Int, _ path: String, within limit: Duration = .seconds(5)) async throws -> (Int, [UInt8]) {
        try await client.get("http://\(addresses[place])\(path)", within: limit)
    }

    func report(_ place: Int) async -> Report? {
        guard let (status, body) = try? await get(place, "/api/v1/leader", within: .milliseconds(500)), status == 200
        else { return nil }
        return try? JSONDecoder().decode(Report.self, from: Data(body))
    }

    func status(_ place: Int) async -> Status? {
        guard let (status, body) = try? await get(place, "/api/v1/fleet"), status == 200 else { return nil }
        return try? JSONDecoder().decode(Status.self, from: Data(body))
    }

    func leader() async -> Int? {
        for place in addresses.indices where await report(place)?.leads == true { return place }
        return nil
    }

    /// Waits until somebody leads, all slices are served, and every coordinator that runs shows the same.
    ///
    /// - Returns: who leads, and the series that are shown.
    func settle() async throws -> (leader: Int, series: Set<String>) {
        var found: (Int, Set<String>)?
        let isSettled = await eventually(within: .seconds(60)) {
            guard let place = await leader(), let status = await status(place), !status.slices.isEmpty,
                status.slices.allSatisfy({ $0.state == "serving" && $0.former == nil })
            else { return false }
            var shown: [Set<String>] = []
            for place in addresses.indices where coordinators[place].isRunning {
                guard let (code, body) = try? await get(place, Client.path), code == 200 else { return false }
                shown.append(Client.series(in: body))
            }
            guard let first = shown.first, first.count > 100, shown.allSatisfy({ $0 == first }) else { return false }
            found = (place, first)
            return true
        }
        guard isSettled, let found else {
            let words = (coordinators + shards.withLock { $0 }).map { $0.standardError.suffix(1000) }
            throw Unsettled(description: "the fleet didn't settle:\n" + words.joined(separator: "\n"))
        }
        return found
    }

    func end() async {
        for process in coordinators + shards.withLock({ $0 }) + others.withLock({ $0 }) {
            process.send(SIGCONT)
            process.send(SIGKILL)
            _ = try? await process.exit()
        }
        if onDisk { Disk.unmount(storeDirectory) }
    }
}

extension HTTPClient {
    func get(_ url: String, within limit: Duration) async throws -> (Int, [UInt8]) {
        var request = try Request(.get, url)
        request.deadlines = .init(connect: limit, total: limit)
        let response = try await send(request)
        return (response.status, try await response.body.collect(upTo: 64 << 20))
    }
}
