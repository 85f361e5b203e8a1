import FleetProtocol
import Testing

@testable import Planning

/// What people are told of why work is where it is.
struct PlanChangeTests {
    private static func settled() -> SimulatedFleet {
        var fleet = SimulatedFleet(slices: 6, seed: 7)
        for name in ["a", "b", "c"] { fleet.add(name) }
        fleet.run(steps: 300)
        return fleet
    }

    private func changes(_ fleet: SimulatedFleet, since steps: Int) -> [PlanChange] {
        let time = Double(steps) * (SimulatedFleet.step / .seconds(1))
        return fleet.planner.status(at: fleet.now).changes.filter { $0.ageSeconds <= time }
    }

    @Test func whatNobodyHadIsNew() {
        var fleet = SimulatedFleet(slices: 3, seed: 1)
        fleet.add("a")
        fleet.run(steps: 5)
        let found = fleet.planner.status(at: fleet.now).changes
        #expect(found.count == 4)
        #expect(found.allSatisfy { $0.from == nil && $0.to == "a" && $0.reason == .unowned })
    }

    @Test func theDeadAreNamed() {
        var fleet = Self.settled()
        fleet.kill("b")
        fleet.run(steps: 10)
        let found = changes(fleet, since: 10)
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.from == "b" && $0.to != nil && $0.reason == .lost })
    }

    @Test func whoeverDrainsIsNamed() {
        var fleet = Self.settled()
        fleet.shards["b"]?.isDraining = true
        fleet.run(steps: 3)
        let found = changes(fleet, since: 3)
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.from == "b" && $0.reason == .draining })
    }

    @Test func whoeverIsCutOffIsNamed() throws {
        var fleet = Self.settled()
        let asking = try #require(fleet.plan.upstreams[0].owner)
        let reader = try #require(fleet.plan.slices.compactMap(\.owner).first { $0 != asking })
        fleet.shards[reader]?.unreachable = [asking]
        fleet.run(steps: 3)
        let found = changes(fleet, since: 3).filter { $0.from == reader }
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.kind == .slice && $0.reason == .cutOff })
    }

    @Test func aMoveToANewcomerIsForBalance() {
        var fleet = Self.settled()
        fleet.add("d")
        fleet.run(steps: 60)
        let found = changes(fleet, since: 60)
        #expect(found.contains { $0.to == "d" })
        #expect(found.allSatisfy { $0.reason == .balance })
    }

    @Test func onlySoManyAreKept() {
        var changes = PlanChanges()
        let now = SimulatedFleet(slices: 1, seed: 1).now
        for number in 0..<1000 {
            changes.note(.slice("s\(number)"), from: "a", to: "b", at: now) { _ in .balance }
        }
        #expect(changes.all(at: now).count == 100)
        #expect(changes.all(at: now).first?.name == "s999")
    }
}
