import Foundation
import TestSupport

/// A real Slurm of Debian's packages, for this process alone: its own directory, ports, keys, database and users.
///
/// All of its processes end with the process that started it, however that ends, and the directory goes too.
///
///     let slurm = try await RealSlurm.start()
///     let jobs = try await slurm.jobs()
///     let answer = try await slurm.get("/slurm/v0.0.38/jobs")
///     try await slurm.controller.pause()
///     await slurm.stop()
public final class RealSlurm: Sendable {
    public let munge: Daemon
    public let mariadb: Daemon
    public let database: Daemon
    public let controller: Daemon
    public let rest: Daemon
    public let nodes: [Daemon]

    /// Where slurmrestd answers.
    public let address: String

    let place: ClusterPlace
    let environment: SlurmEnvironment

    private init(_ plan: ClusterPlan) throws {
        let place = try ClusterPlace()
        let environment = try SlurmEnvironment(place)
        self.place = place
        self.environment = environment
        address = "http://127.0.0.1:\(place.restPort)"
        let hardware = try Hardware(paperNodes: plan.paperNodes)
        let configuration = SlurmConfiguration(
            place: place, plan: plan, hardware: hardware, host: try environment.hostName())
        try configuration.write()
        munge = .munge(in: place)
        mariadb = .mariadb(in: place)
        database = .database(in: place, environment)
        controller = .controller(in: place, environment)
        rest = .rest(in: place, environment)
        nodes = Hardware.nodes.map { .node($0, in: place, environment) }
    }

    public static func start(_ plan: ClusterPlan = .standard) async throws -> RealSlurm {
        try Installation.check()
        let slurm = try RealSlurm(plan)
        try await slurm.start()
        return slurm
    }

    /// Whoever needs another comes after it.
    private func start() async throws {
        async let key: Void = munge.start()
        async let tables: Void = createDatabase()
        _ = try await (key, tables)
        try await mariadb.start()
        try await database.start()
        try await fillAccounting()
        async let web: Void = rest.start()
        try await controller.start()
        try await startNodes()
        try await limitGPUs()
        try await web
    }

    private func startNodes() async throws {
        try await withThrowingTaskGroup { group in
            for node in nodes { group.addTask { try await node.start() } }
            try await group.waitForAll()
        }
        let names = Hardware.nodes.joined(separator: ",")
        var others: [Substring] = []
        try await waitUntil("all nodes are idle, not \(others); slurmctld's last words: \(lastWords)") {
            others = try await run("sinfo", "-h", "-N", "-n", names, "-o", "%N %T").split(separator: "\n")
                .filter { !$0.hasSuffix(" idle") }
            return others.isEmpty
        }
    }

    private var lastWords: Substring {
        (try? String(contentsOfFile: place.path(.logs, "slurmctld"), encoding: .utf8))?.suffix(1_000) ?? ""
    }

    /// In the order in which nobody starts what the next would have to end.
    public func stop() async {
        for daemon in [rest, controller] { try? await daemon.stop() }
        await withTaskGroup { group in
            for node in nodes { group.addTask { try? await node.kill() } }
        }
        for daemon in [database, mariadb, munge] { try? await daemon.stop() }
    }

    public struct NeverTrue: Error, CustomStringConvertible {
        public let description: String

        public init(description: String) {
            self.description = description
        }
    }

    /// - Parameter what: what it is waited for, for whoever reads that it didn't come.
    public func waitUntil(
        _ what: @autoclosure () -> String, within limit: Duration = .seconds(60),
        _ condition: () async throws -> Bool
    ) async throws {
        guard try await eventually(within: limit, condition) else {
            throw NeverTrue(description: "not within \(limit): \(what())")
        }
    }
}
