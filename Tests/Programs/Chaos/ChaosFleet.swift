import Foundation
import HTTPClient
import Locks
import TestSupport

/// A simulated cluster, some shards and two or more coordinators, as real processes that can be done anything to.
final class ChaosFleet: Sendable {
    static let lifetime = Duration.milliseconds(1500)

    struct Makeup: Sendable {
        var coordinators = 2
        var shards = 2
        /// Of the lease.
        var lifetime = ChaosFleet.lifetime
        /// How long a shard may be silent.
        var lostAfter = Duration.seconds(4)
        /// Whether the store lies on a small file system of its own.
        var hasDisk = false
        /// Whether whoever talks to another one does so over a wire that can be cut.
        var hasWires = false

        /// For a machine on which what is quick can take so much longer: whoever is held up shall not lose the lead by it.
        func late(by lateness: Duration) -> Makeup {
            var makeup = self
            if lateness > .zero { makeup.lifetime = max(lifetime, .seconds(6)) }
            return makeup
        }
    }

    enum Wire: Hashable, Sendable {
        case toShard(String)
        case heartbeats(of: String, to: Int)
        /// From other coordinators.
        case toPeer(Int)
    }

    struct Member: Sendable {
        let name: String
        let port: UInt16
        /// At which it calls coordinators.
        let host: String
        let process: ChildProcess
    }

    let makeup: Makeup
    /// Where the store is; a file system of its own for those who fill it.
    let storeDirectory: String
    let ports: [UInt16]
    let simulator: String
    let simulating: ChildProcess
    let client: HTTPClient
    private let running = Locked<[ChildProcess]>([])
    /// Those that are to stay, the oldest first.
    private let members = Locked<[Member]>([])
    private let others = Locked<[ChildProcess]>([])
    /// All that were ever started, by what they are.
    private let started = Locked<[(name: String, process: ChildProcess)]>([])
    private let wires = Locked<[Wire: Link]>([:])
    private let storeReplaced = Locked<ContinuousClock.Instant?>(nil)
    /// Each shard calls coordinators by an address of its own.
    private let hosts = Locked(2)
    private let directory: TemporaryDirectory
    private let clock: StandingClock

    struct Unsettled: Error, CustomStringConvertible {
        let description: String
    }

    init(_ makeup: Makeup) async throws {
        self.makeup = makeup
        directory = try TemporaryDirectory()
        client = try HTTPClient()
        storeDirectory = directory.path("store")
        try FileManager.default.createDirectory(atPath: storeDirectory, withIntermediateDirectories: true)
        if makeup.hasDisk, !Disk.mount(at: storeDirectory) {
            throw Unsettled(description: "only root can mount a disk")
        }
        ports = try (0..<makeup.coordinators).map { _ in try freePort() }
        simulator = "127.0.0.1:\(try freePort())"
        clock = try await StandingClock()
        simulating = try ChildProcess(
            try builtProgram("slurm-simulator"), ["--listen", simulator, "--nodes", "20", "--jobs", "60", "--freeze"])
        try directory.write(Self.shardConfiguration(simulator), to: "shard.yaml")
        try directory.write(
            Self.coordinatorConfiguration(directory.path("shard.yaml"), storeDirectory + "/fleet.db", makeup),
            to: "coordinator.yaml")
        for number in 0..<makeup.shards { try addShard("shard-\(number)") }
        for place in addresses.indices {
            try lay(.toPeer(place), "127.0.0.2", ports[place])
            let process = try start(place)
            running.withLock { $0.append(process) }
        }
    }

    /// The lease's lifetime, one renewal, and a second for a busy machine.
    var takeoverLimit: Duration { makeup.lifetime + makeup.lifetime / 5 + .seconds(1) }

    var storePath: String { storeDirectory + "/fleet.db" }

    /// From now on another file is in the store's place.
    func noteOtherStore() { storeReplaced.withLock { $0 = .now } }

    /// Whether somebody may still lead by the file that was there before, as nobody has looked since.
    var mayHaveTwoStores: Bool {
        storeReplaced.withLock { $0.map { $0.duration(to: .now) < makeup.lifetime } ?? false }
    }

    var coordinators: [ChildProcess] { running.withLock { $0 } }

    var shards: [Member] { members.withLock { $0 } }

    /// Of coordinators, without any wire between.
    var addresses: [String] { ports.map { "127.0.0.1:\($0)" } }

    /// - Returns: nil where there are no wires, or none such.
    func wire(_ wire: Wire) -> Link? { wires.withLock { $0[wire] } }

    func wires(where isWanted: (Wire) -> Bool) -> [Link] {
        wires.withLock { wires in wires.filter { isWanted($0.key) }.map(\.value) }
    }

    private func lay(_ wire: Wire, _ host: String, _ port: UInt16) throws {
        guard makeup.hasWires else { return }
        let link = try Link(from: host, port: port)
        wires.withLock { $0[wire] = link }
    }

    /// All processes that run, by what they are.
    var processes: [(name: String, process: ChildProcess)] {
        let named =
            coordinators.enumerated().map { ("coordinator \($0)", $1) } + shards.map { ($0.name, $0.process) }
            + [("simulator", simulating)]
        return named.filter { $0.1.isRunning }.map { (name: $0.0, process: $0.1) }
    }

    func end() async {
        for process in coordinators + shards.map(\.process) + others.withLock({ $0 }) + [simulating] {
            process.send(SIGCONT)
            process.send(SIGKILL)
            _ = try? await process.exit()
        }
        wires.withLock { $0.values.forEach { $0.end() } }
        if makeup.hasDisk { Disk.unmount(storeDirectory) }
    }
}

extension ChaosFleet {
    /// Starts a coordinator in the place of one that has ended.
    func restart(_ place: Int, _ arguments: String..., environment: [String: String] = [:], under: [String] = []) throws
    {
        let process = try start(place, arguments, environment: environment, under: under)
        running.withLock { $0[place] = process }
    }

    private func start(
        _ place: Int, _ arguments: [String] = [], environment: [String: String] = [:], under: [String] = []
    ) throws -> ChildProcess {
        let url = makeup.hasWires ? ["--ha.url", "http://127.0.0.2:\(ports[place])"] : []
        let program =
            under + [
                try builtProgram("slurm-coordinator"), "--config", directory.path("coordinator.yaml"), "--listen",
                addresses[place],
            ] + url + arguments
        let process = try ChildProcess(program[0], Array(program.dropFirst()), environment: environment)
        started.withLock { $0.append(("coordinator-\(place)", process)) }
        return process
    }

    func addShard(_ name: String) throws {
        let port = try freePort()
        try lay(.toShard(name), "127.0.0.2", port)
        var host = "127.0.0.1"
        if makeup.hasWires {
            host = "127.0.0.\(hosts.withLock { hosts in hosts += 1; return hosts })"
            for place in ports.indices { try lay(.heartbeats(of: name, to: place), host, ports[place]) }
        }
        let process = try startShard(name, port, calling: host)
        members.withLock { $0.append(Member(name: name, port: port, host: host, process: process)) }
    }

    private func startShard(_ name: String, _ port: UInt16, calling host: String) throws -> ChildProcess {
        try shard(
            name,
            [
                "--coordinator", ports.map { "http://\(host):\($0)" }.joined(separator: ","), "--web.listen-address",
                "127.0.0.1:\(port)", "--fleet.shard", name, "--fleet.state-directory", directory.path(name),
            ] + (makeup.hasWires ? ["--fleet.host", "127.0.0.2"] : []))
    }

    /// Starts a shard in the place of one that has ended.
    func restartShard(_ member: Member) throws {
        let process = try startShard(member.name, member.port, calling: member.host)
        members.withLock { members in
            guard let place = members.firstIndex(where: { $0.name == member.name }) else { return }
            members[place] = Member(name: member.name, port: member.port, host: member.host, process: process)
        }
    }

    func removeOldestShard(with signal: Int32) {
        remove(shards[0], with: signal)
    }

    /// - Parameter signal: one that ends it, at once or in its own time.
    func remove(_ member: Member, with signal: Int32) {
        members.withLock { $0.removeAll { $0.name == member.name } }
        others.withLock { $0.append(member.process) }
        member.process.send(signal)
        Task {
            _ = try? await member.process.exit()
            wires.withLock { wires in
                for wire in wires.keys where wire.isOf(member.name) { wires.removeValue(forKey: wire)?.end() }
            }
        }
    }

    /// - Returns: one that is ready.
    func startWhole() async throws -> WholeShard {
        let address = "127.0.0.1:\(try freePort())"
        let process = try shard("whole", ["--config", directory.path("shard.yaml"), "--web.listen-address", address])
        others.withLock { $0.append(process) }
        let whole = WholeShard(address: address, client: client)
        guard await eventually({ await whole.isReady() }) else {
            throw Unsettled(description: "the lone shard isn't ready:\n" + process.standardError)
        }
        return whole
    }

    private func shard(_ name: String, _ arguments: [String]) throws -> ChildProcess {
        let process = try ChildProcess(try builtProgram("slurm-shard"), arguments, environment: clock.environment)
        started.withLock { $0.append((name, process)) }
        return process
    }

    /// Writes what each process has logged to a file of its own.
    func writeLogs(to directory: String) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for (number, (name, process)) in started.withLock({ $0 }).enumerated() {
            try Data(process.standardError.utf8).write(to: URL(filePath: "\(directory)/\(number)-\(name).log"))
        }
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
        _ shards: String, _ store: String, _ makeup: Makeup
    ) -> String {
        """
        ha: {lease_ttl: \(Int(makeup.lifetime / .milliseconds(1)))ms}
        fleet:
          configuration: "\(shards)"
          store: "\(store)"
          heartbeat_interval: 300ms
          lost_after: \(makeup.lostAfter.components.seconds)s
          scrape_interval: 1s
          rebalance_interval: 1s

        """
    }
}

extension ChaosFleet.Wire {
    /// Whether it is one of that shard's.
    func isOf(_ shard: String) -> Bool {
        switch self {
        case .toShard(let name), .heartbeats(of: let name, to: _): name == shard
        case .toPeer: false
        }
    }
}
