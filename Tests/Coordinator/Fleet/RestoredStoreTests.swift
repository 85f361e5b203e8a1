import FleetProtocol
import Foundation
import HTTPServer
import Lease
import SQLite
import ServiceRuntime
import Store
import TestSupport
import Testing

@testable import Fleet

/// An older copy of the store is put in place of the one that a leader has open.
struct RestoredStoreTests {
    private let directory: TemporaryDirectory
    private let service: FleetService
    private let log = CollectedLog()

    init() throws {
        directory = try TemporaryDirectory()
        var settings = FleetSettings()
        settings.configuration = try directory.write("slurm: {cluster: alpha}\n", to: "shard.yaml")
        settings.store = directory.path("fleet.db")
        settings.heartbeatInterval = .milliseconds(50)
        var availability = AvailabilitySettings()
        availability.leaseLifetime = .seconds(1)
        service = FleetService(
            settings, availability, identity: CoordinatorIdentity(availability, listen: [.localhost(port: 8080)]),
            logger: log.log().logger("fleet"))
    }

    private func copy() throws {
        try Database(path: directory.path("fleet.db"), busyTimeout: .seconds(1)).run(
            "VACUUM INTO ?", [.text(directory.path("copy.db"))])
    }

    private func putBack() throws {
        for suffix in ["-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: directory.path("fleet.db" + suffix))
        }
        #expect(rename(directory.path("copy.db"), directory.path("fleet.db")) == 0)
    }

    private func hear(_ shards: [String]) async {
        let isPlanned = await eventually {
            for shard in shards {
                let heartbeat = Heartbeat(nonce: shard, port: 1, isReady: true, plan: service.plan?.identity)
                _ = try? await service.take(heartbeat, from: shard, url: "http://\(shard)")
            }
            return service.plan?.shards.map(\.id) == shards && service.plan?.upstreams.first?.owner != nil
        }
        #expect(isPlanned, "\(log.lines)")
    }

    @Test func theLeadersPlanIsKeptAgain() async throws {
        try await service.start()
        let work = [Task { try await service.keeper.run() }, Task { try await service.run() }]
        defer { for task in work { task.cancel() } }
        await hear(["a"])
        try copy()
        await hear(["a", "b"])
        try putBack()
        let store = PlanStore(in: StoreFile(path: directory.path("fleet.db"), logger: log.log().logger("test")))
        var kept: Plan?
        let isKept = await eventually {
            kept = try? store.plan()
            return kept != nil && kept == service.plan
        }
        #expect(isKept, "\(log.lines)")
        #expect(kept?.shards.map(\.id) == ["a", "b"])
    }
}
