import FleetProtocol
import Locks
import Membership
import ServiceRuntime
import TestSupport
import Testing

/// Follows plans; the first one is beyond it, and of the third it does a part.
private final class Worker: FleetMember {
    private let followed = Locked<[Plan]>([])

    var revisions: [UInt64] { followed.withLock { $0 }.map(\.identity.revision) }
    var slices: [Int] { followed.withLock { $0 }.map(\.slices.count) }

    func follow(_ plan: Plan, as shard: String) async -> Following {
        followed.withLock { $0.append(plan) }
        return switch plan.identity.revision {
        case 1: .notAtAll("an unknown key")
        case 3: .inPart("an unknown cluster")
        default: .entirely
        }
    }

    func report() async -> WorkReport { WorkReport() }
}

struct MembershipServiceTests {
    private static func plan(_ revision: UInt64) -> Plan {
        Plan(
            identity: PlanIdentity(epoch: 1, store: "s", holder: "a", revision: revision),
            configuration: .init(yaml: ""))
    }

    private func service(
        of coordinator: FakeCoordinator, _ worker: Worker, _ log: CollectedLog = CollectedLog()
    ) throws -> MembershipService {
        var settings = MembershipSettings()
        settings.coordinators = [coordinator.url]
        return try MembershipService(settings, as: "a", worker, logger: log.log().logger("membership")) { 9341 }
    }

    @Test func aShardThatCannotGoByItsPlanIsNotReady() async throws {
        let (coordinator, worker) = (try FakeCoordinator { FakeCoordinator.taken(with: Self.plan(1)) }, Worker())
        let service = try service(of: coordinator, worker)
        try await service.start()
        coordinator.answer { FakeCoordinator.taken(with: Self.plan(2)) }
        try await service.reload()
        try await service.reload()
        #expect(worker.revisions == [1, 2])
        #expect(coordinator.heartbeats.map(\.isReady) == [true, false, true])
        #expect(coordinator.heartbeats.map(\.problem) == [nil, "an unknown key", nil])
    }

    @Test func aShardThatGoesByItsPlanInPartIsReadyAndSaysSo() async throws {
        let (coordinator, worker) = (try FakeCoordinator { FakeCoordinator.taken(with: Self.plan(3)) }, Worker())
        let service = try service(of: coordinator, worker)
        try await service.start()
        try await service.reload()
        #expect(coordinator.heartbeats.map(\.isReady) == [true, true])
        #expect(coordinator.heartbeats.map(\.problem) == [nil, "an unknown cluster"])
    }

    @Test func whoseNameIsTakenLaysDownItsWorkUntilItIsFree() async throws {
        var plan = Self.plan(2)
        let slice = Slice(name: "jobs", cluster: "c", prefix: "slurm_", collectors: ["jobs"])
        plan.slices = [PlannedSlice(slice, owner: "a")]
        plan.shards = [PlannedShard(id: "a", url: "http://a:9341")]
        let (coordinator, worker, log) = (
            try FakeCoordinator { [plan] in FakeCoordinator.taken(with: plan) }, Worker(), CollectedLog()
        )
        let service = try service(of: coordinator, worker, log)
        try await service.start()
        coordinator.answer { FakeCoordinator.conflict() }
        for _ in 0..<3 { await #expect(throws: (any Error).self) { try await service.reload() } }
        #expect(worker.slices == [1, 0])
        #expect(log.lines.count { $0.contains("fleet.shard") && $0.contains("the name is another's") } == 1)
        coordinator.answer { [plan] in FakeCoordinator.taken(with: plan) }
        try await service.reload()
        #expect(worker.slices == [1, 0, 1])
        #expect(coordinator.heartbeats.map(\.plan) == [nil, plan.identity, nil, nil, nil])
    }

    @Test func aCoordinatorThatDoesNotLeadIsNotCalledSilent() async throws {
        let coordinator = try FakeCoordinator { FakeCoordinator.standby(of: "http://elsewhere:8080") }
        let log = CollectedLog()
        try await service(of: coordinator, Worker(), log).start()
        #expect(log.lines.count == 1)
        #expect(log.lines.allSatisfy { $0.contains("no coordinator takes heartbeats") && $0.contains("elsewhere") })
    }
}
