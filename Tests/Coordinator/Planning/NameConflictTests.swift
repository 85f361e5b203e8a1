import FleetProtocol
import ServiceRuntime
import Testing

@testable import Planning

/// Two processes under one name.
struct NameConflictTests {
    private static let conflict = NameConflict(shard: "a", owner: "http://a:9341")
    private static let elsewhere = "http://elsewhere:9341"

    /// A fleet with a shard that asks for some time.
    private func settled() -> SimulatedFleet {
        var fleet = SimulatedFleet(slices: 3, seed: 7)
        for name in ["a", "b"] { fleet.add(name) }
        fleet.run(steps: 100)
        return fleet
    }

    private func twin(_ nonce: String = "twin", plan: PlanIdentity? = nil) -> Heartbeat {
        Heartbeat(nonce: nonce, port: 9341, isReady: true, plan: plan)
    }

    @Test func whoHasTheNameKeepsItAndThePlanStaysAsItIs() {
        var fleet = settled()
        let before = fleet.plan
        for _ in 0..<20 {
            #expect(throws: Self.conflict) {
                try fleet.planner.take(twin(), from: "a", url: Self.elsewhere, at: fleet.now)
            }
            fleet.step()
        }
        #expect(fleet.plan == before)
        let shards = fleet.planner.status(at: fleet.now).shards
        #expect(shards.map(\.namesake) == [Self.elsewhere, nil])
        #expect(shards.map(\.refusedHeartbeats) == [20, 0])
        fleet.run(steps: 3)
        #expect(fleet.planner.status(at: fleet.now).shards.map(\.namesake) == [nil, nil])
    }

    @Test func whoIsStartedInItsPlaceHasTheNameAtOnce() throws {
        var fleet = settled()
        try fleet.planner.take(twin(), from: "a", url: "http://a:9341", at: fleet.now)
        #expect(fleet.planner.members["a"]?.heartbeat?.nonce == "twin")
    }

    @Test func whoWasSucceededIsNoSuccessor() throws {
        var fleet = settled()
        let former = fleet.heartbeat(of: "a", noise: 0)
        try fleet.planner.take(twin(), from: "a", url: "http://a:9341", at: fleet.now)
        #expect(throws: Self.conflict) {
            try fleet.planner.take(former, from: "a", url: "http://a:9341", at: fleet.now)
        }
    }

    @Test func aLostOnesNameIsFree() throws {
        var fleet = settled()
        fleet.kill("a")
        fleet.run(steps: 2)
        #expect(throws: Self.conflict) {
            try fleet.planner.take(twin(), from: "a", url: Self.elsewhere, at: fleet.now)
        }
        fleet.step()
        try fleet.planner.take(twin(), from: "a", url: Self.elsewhere, at: fleet.now)
        #expect(fleet.planner.members["a"]?.url == Self.elsewhere)
    }

    @Test func theNameOfOneThatLeavesIsFree() throws {
        var fleet = settled()
        fleet.shards["a"]?.isDraining = true
        fleet.step()
        try fleet.planner.take(twin(), from: "a", url: Self.elsewhere, at: fleet.now)
        #expect(fleet.planner.members["a"]?.url == Self.elsewhere)
    }

    @Test func aSuccessorInOfficeHoldsToWhomThePlanNames() throws {
        var fleet = settled()
        var plan = fleet.plan
        plan.identity.epoch += 1
        fleet.planner = Planner(plan, isFresh: false, at: fleet.now)
        #expect(throws: Self.conflict) {
            try fleet.planner.take(twin(), from: "a", url: Self.elsewhere, at: fleet.now)
        }
        // It has another address for this coordinator than for the one before.
        try fleet.planner.take(twin(plan: plan.identity), from: "a", url: Self.elsewhere, at: fleet.now)
    }

    @Test func aFleetThatMovedAsAWholeIsWaitedForOnce() throws {
        var fleet = settled()
        fleet.now = fleet.now.advanced(by: .seconds(6))
        for name in ["a", "b"] {
            try fleet.planner.take(twin(name), from: name, url: "http://new-\(name):9341", at: fleet.now)
        }
        #expect(fleet.planner.members["b"]?.url == "http://new-b:9341")
    }
}
