import FleetProtocol
import Foundation
import Membership
import TestSupport
import Testing

struct PlanKeeperTests {
    private static func plan(_ epoch: UInt64, _ revision: UInt64, holder: String = "a") -> Plan {
        Plan(
            identity: PlanIdentity(epoch: epoch, store: "s", holder: holder, revision: revision),
            configuration: .init(yaml: ""))
    }

    @Test func greaterPlansAreTaken() {
        var keeper = PlanKeeper()
        for (epoch, revision) in [(1, 1), (1, 2), (2, 2), (2, 9)] {
            let isTaken = keeper.offer(Self.plan(UInt64(epoch), UInt64(revision)))
            #expect(isTaken)
        }
        #expect(keeper.plan?.identity.revision == 9)
        #expect(keeper.refusals.isEmpty)
    }

    @Test func lesserPlansAndSecondHoldersAreRefusedAndRemembered() {
        var keeper = PlanKeeper(Self.plan(2, 5))
        let lesser = [Self.plan(1, 9), Self.plan(2, 9, holder: "b"), Self.plan(2, 4), Self.plan(2, 4)]
        let taken = lesser.filter { keeper.offer($0) }
        #expect(taken.isEmpty)
        #expect(keeper.refusals.map(\.reason) == [.lowerEpoch, .secondHolder, .lowerRevision])
        #expect(keeper.refused == [.lowerEpoch: 1, .secondHolder: 1, .lowerRevision: 2])
        #expect(keeper.plan == Self.plan(2, 5))
        let isTaken = keeper.offer(Self.plan(3, 1, holder: "b"))
        #expect(isTaken)
        #expect(keeper.refusals.isEmpty)
    }

    @Test func theSamePlanAgainIsNoNews() {
        var keeper = PlanKeeper(Self.plan(2, 5))
        let isNews = keeper.offer(Self.plan(2, 5))
        #expect(!isNews)
        #expect(keeper.refusals.isEmpty)
    }

    @Test func aPlanOutlivesItsProcess() throws {
        let directory = try TemporaryDirectory()
        let file = PlanFile(in: directory.path("state"))
        #expect(try file.load() == nil)
        try file.save(Self.plan(3, 7))
        try file.save(Self.plan(3, 8))
        #expect(try PlanFile(in: directory.path("state")).load() == Self.plan(3, 8))
        let mode = try FileManager.default.attributesOfItem(atPath: directory.path("state/plan.json"))[
            .posixPermissions]
        #expect(mode as? Int == 0o600)
        try directory.write("{\"identity\":", to: "state/plan.json")
        #expect(throws: PlanFile.Unreadable.self) { try file.load() }
    }
}
