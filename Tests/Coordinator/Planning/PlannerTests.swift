import FleetProtocol
import ServiceRuntime
import Testing

@testable import Planning

/// What happens to shards and slices, step by step.
struct PlannerTests {
    private static func settled(_ shards: Int = 3, slices: Int = 6) -> SimulatedFleet {
        var fleet = SimulatedFleet(slices: slices, seed: 7)
        for number in 0..<shards { fleet.add("shard\(number)") }
        fleet.run(steps: 300)
        return fleet
    }

    @Test func theFirstShardIsNotGivenEverything() {
        var fleet = SimulatedFleet(slices: 6, seed: 1)
        fleet.add("a")
        fleet.step()
        #expect(fleet.plan.slices.allSatisfy { $0.owner == nil })
        fleet.add("b")
        fleet.run(steps: 3)
        #expect(Set(fleet.plan.slices.map(\.owner)) == ["a", "b"])
    }

    @Test func aDrainingShardServesUntilTheOthersDo() {
        var fleet = Self.settled()
        let slices = fleet.plan.slices.filter { $0.owner == "shard0" }.map(\.slice.id)
        fleet.shards["shard0"]?.isDraining = true
        fleet.step()
        let moving = fleet.plan.slices.filter { slices.contains($0.slice.id) }
        #expect(moving.allSatisfy { $0.former == "shard0" && $0.owner != "shard0" })
        #expect(moving.allSatisfy { fleet.planner.current(of: $0) == "shard0" })
        fleet.run(steps: 6)
        #expect(fleet.shards["shard0"] != nil)
        #expect(
            fleet.plan.slices.filter { slices.contains($0.slice.id) }
                .allSatisfy { fleet.planner.current(of: $0) == $0.owner && $0.former == "shard0" })
        fleet.run(steps: 20)
        #expect(fleet.shards["shard0"] == nil)
        #expect(fleet.plan.slices.allSatisfy { !$0.holders.contains("shard0") })
    }

    @Test func aFormerOwnerTakesBackWhatItsSuccessorDiedWith() throws {
        var fleet = Self.settled(2)
        fleet.add("newcomer")
        while !fleet.plan.slices.contains(where: { $0.owner == "newcomer" }) { fleet.step() }
        let moving = try #require(fleet.plan.slices.first { $0.owner == "newcomer" })
        fleet.kill("newcomer")
        fleet.run(steps: 4)
        let taken = try #require(fleet.plan.slices.first { $0.slice == moving.slice })
        #expect(taken.owner == moving.former)
        #expect(taken.former == nil)
    }

    @Test func theSuccessorOfADeadOwnerWaitsForWhatItMayHaveAsked() throws {
        var fleet = Self.settled()
        let owner = try #require(fleet.plan.upstreams[0].owner)
        fleet.kill(owner)
        let death = fleet.now
        while fleet.plan.upstreams[0].owner == owner { fleet.step() }
        #expect(fleet.plan.upstreams[0].isWaiting)
        #expect(death.duration(to: fleet.now) >= .seconds(6) - SimulatedFleet.step)
        while fleet.plan.upstreams[0].isWaiting { fleet.step() }
        #expect(death.duration(to: fleet.now) >= .seconds(22) - SimulatedFleet.step)
        #expect(fleet.collisions == 0)
    }

    @Test func aLeadersSuccessorWaitsForWhatADeadOwnerAskedNoLongerThanTheLeaderWouldHave() throws {
        var fleet = Self.settled()
        let owner = try #require(fleet.plan.upstreams[0].owner)
        fleet.kill(owner)
        while fleet.plan.upstreams[0].owner == owner { fleet.step() }
        #expect(fleet.plan.upstreams[0].isWaiting)
        var plan = fleet.plan
        plan.identity.epoch += 1
        fleet.planner = Planner(plan, isFresh: false, at: fleet.now)
        let office = fleet.now
        while fleet.plan.upstreams[0].isWaiting { fleet.step() }
        #expect(office.duration(to: fleet.now) <= .seconds(22) + SimulatedFleet.step)
        #expect(fleet.collisions == 0)
    }

    @Test func aReaderThatCannotReachAnOwnerHasItsSlicesMoved() throws {
        var fleet = Self.settled()
        let owner = try #require(fleet.plan.upstreams[0].owner)
        let reader = try #require(fleet.plan.slices.compactMap(\.owner).first { $0 != owner })
        fleet.shards[reader]?.unreachable = [owner]
        fleet.run(steps: 40)
        #expect(fleet.plan.slices.allSatisfy { $0.owner != reader && $0.former != reader })
        #expect(fleet.plan.upstreams[0].owner == owner)
    }

    @Test func aSuccessorSaysOfNoShardThatItWasHeardBeforeItWas() {
        var fleet = Self.settled()
        fleet.planner = Planner(fleet.plan, isFresh: false, at: fleet.now)
        #expect(fleet.planner.status(at: fleet.now).shards.map(\.heartbeatAgeSeconds).allSatisfy { $0 == nil })
        fleet.step()
        #expect(fleet.planner.status(at: fleet.now).shards.map(\.heartbeatAgeSeconds).allSatisfy { $0 == 0 })
    }

    @Test func nobodyIsLostWhenNobodyCanBeHeard() {
        var fleet = Self.settled()
        let before = fleet.plan
        fleet.now = fleet.now.advanced(by: .seconds(120))
        fleet.run(steps: 5)
        #expect(fleet.plan == before)
    }

    @Test func aLostStoreIsMadeAnewOfWhatShardsDo() {
        var fleet = Self.settled()
        let before = fleet.plan
        fleet.loseStore()
        fleet.run(steps: 10)
        #expect(fleet.plan.identity.epoch > before.identity.epoch)
        #expect(fleet.plan.slices == before.slices)
        #expect(fleet.plan.upstreams.map(\.owner) == before.upstreams.map(\.owner))
        #expect(fleet.shards.values.allSatisfy { $0.plan?.identity == fleet.plan.identity })
    }

    @Test func anOrderToDrainOutlastsTheLeaderAndEndsWithTheProcess() {
        var fleet = Self.settled()
        let isKnown = fleet.planner.drain("shard0")
        #expect(isKnown)
        fleet.run(steps: 30)
        for _ in 0..<2 {
            fleet.planner = Planner(fleet.plan, isFresh: false, at: fleet.now)
            fleet.run(steps: 30)
            #expect(fleet.planner.state(of: "shard0", at: fleet.now) == .draining)
            #expect(!fleet.plan.slices.contains { $0.holders.contains("shard0") })
        }
        fleet.kill("shard0")
        fleet.planner = Planner(fleet.plan, isFresh: false, at: fleet.now)
        fleet.add("shard0")
        fleet.run(steps: 30)
        #expect(fleet.planner.state(of: "shard0", at: fleet.now) == .ready)
        #expect(fleet.plan.shards.allSatisfy { $0.drained == nil })
    }

    @Test func whoLeavesInOrderIsNeverLost() {
        var fleet = Self.settled()
        fleet.shards["shard0"]?.isDraining = true
        for _ in 0..<60 {
            fleet.step()
            #expect(fleet.planner.state(of: "shard0", at: fleet.now) != .lost)
        }
        #expect(fleet.shards["shard0"] == nil)
        #expect(fleet.planner.members["shard0"] == nil)
    }

    @Test func nobodyLeavesBeforeItIsKnownWhoHasWhat() {
        var fleet = Self.settled()
        fleet.loseStore()
        fleet.shards["shard0"]?.isDraining = true
        fleet.step()
        #expect(fleet.shards["shard0"] != nil)
        fleet.run(steps: 60)
        #expect(fleet.shards["shard0"] == nil)
        #expect(fleet.plan.slices.allSatisfy { ["shard1", "shard2"].contains($0.owner) })
    }

    /// The coordinator, say, was paused, and they come back one after the other.
    @Test func whereNobodyIsHeardNobodysSlicesAreGivenAway() throws {
        var fleet = Self.settled()
        let before = fleet.plan
        fleet.loseStore()
        for id in fleet.shards.keys.sorted() {
            try fleet.planner.take(
                fleet.heartbeat(of: id, noise: 0), from: id, url: "http://\(id):9341", at: fleet.now)
        }
        fleet.now = fleet.now.advanced(by: .seconds(20))
        let isNews = fleet.planner.advance(to: fleet.now)
        #expect(!isNews)
        fleet.run(steps: 10)
        #expect(fleet.plan.slices == before.slices)
    }

    struct Claim: Sendable {
        let shard: String
        let revision: UInt64
        var isFormer = false
        var state = SliceState.serving
    }

    /// Who was out of reach may still have what was given to others since.
    @Test(arguments: [
        ([Claim(shard: "a", revision: 3), Claim(shard: "b", revision: 7)], "b", nil),
        ([Claim(shard: "a", revision: 7), Claim(shard: "b", revision: 3)], "a", nil),
        ([Claim(shard: "a", revision: 7, isFormer: true), Claim(shard: "b", revision: 7)], "b", nil),
        ([Claim(shard: "a", revision: 7, isFormer: true), Claim(shard: "b", revision: 7, state: .warming)], "b", "a"),
        ([Claim(shard: "a", revision: 7, isFormer: true), Claim(shard: "b", revision: 3)], "a", nil),
        // Who doesn't know yet that the slice was given away; and who is too far behind to show it meanwhile.
        ([Claim(shard: "a", revision: 6), Claim(shard: "b", revision: 7, state: .warming)], "b", "a"),
        ([Claim(shard: "a", revision: 3), Claim(shard: "b", revision: 7, state: .warming)], "b", nil),
    ])
    func ofSeveralThatHaveASliceWhoGoesByTheNewestPlanOwnsIt(
        _ claims: [Claim], _ owner: String, _ former: String?
    ) throws {
        for claims in [claims, claims.reversed()] {
            var fleet = SimulatedFleet(slices: 1, seed: 1)
            fleet.loseStore()
            var planner = fleet.planner
            for claim in claims {
                let plan = PlanIdentity(epoch: 1, store: "store", holder: "holder", revision: claim.revision)
                let report = SliceReport(id: fleet.slices[0].id, state: claim.state, isFormer: claim.isFormer)
                let heartbeat = Heartbeat(nonce: claim.shard, port: 1, isReady: true, plan: plan, slices: [report])
                try planner.take(heartbeat, from: claim.shard, url: "http://\(claim.shard):9341", at: fleet.now)
            }
            let later = fleet.now.advanced(by: .seconds(6) - .milliseconds(1))
            for claim in claims {
                let heartbeat = try #require(planner.members[claim.shard]?.heartbeat)
                try planner.take(heartbeat, from: claim.shard, url: "http://\(claim.shard):9341", at: later)
            }
            let isNews = planner.advance(to: fleet.now.advanced(by: .seconds(6)))
            #expect(isNews)
            #expect(planner.plan.slices[0].owner == owner && planner.plan.slices[0].former == former)
        }
    }

    @Test func whoSucceedsAnOwnerThatWentWithTheStoreWaitsAndHasALaterTerm() throws {
        var fleet = Self.settled()
        for number in 0..<3 {
            fleet.kill(try #require(fleet.plan.upstreams[0].owner))
            fleet.add("another\(number)")
            fleet.run(steps: 30)
        }
        let before = fleet.plan
        fleet.kill(try #require(before.upstreams[0].owner))
        fleet.loseStore()
        while fleet.plan.upstreams[0].owner == nil { fleet.step() }
        #expect(fleet.plan.upstreams[0].isWaiting)
        #expect(fleet.plan.upstreams[0].term > before.upstreams[0].term)
        fleet.run(steps: 12)
        #expect(!fleet.plan.upstreams[0].isWaiting)
        #expect(fleet.collisions == 0)
    }

    @Test func anOlderStoreLearnsTheLastTermsFromWhoeverAsks() throws {
        var fleet = Self.settled()
        let older = fleet.plan
        fleet.kill(try #require(older.upstreams[0].owner))
        fleet.run(steps: 30)
        let before = fleet.plan.upstreams[0]
        var plan = older
        plan.identity.epoch = fleet.plan.identity.epoch + 1
        fleet.planner = Planner(plan, isFresh: false, at: fleet.now)
        fleet.step()
        #expect(fleet.plan.upstreams[0].term >= before.term)
        fleet.run(steps: 30)
        #expect(fleet.plan.upstreams[0].term > before.term)
        #expect(fleet.collisions == 0)
    }

    @Test func aTermThatCannotBeIsPassedOver() throws {
        var fleet = Self.settled()
        let before = fleet.plan.upstreams[0]
        var heartbeat = fleet.heartbeat(of: "shard1", noise: 0)
        heartbeat.upstreams = [UpstreamReport(cluster: before.cluster, term: .max)]
        try fleet.planner.take(heartbeat, from: "shard1", url: "http://shard1:9341", at: fleet.now)
        #expect(fleet.plan.upstreams[0] == before)
    }

    @Test func aHigherEpochDeposes() {
        var fleet = Self.settled()
        let revision = fleet.plan.identity.revision
        fleet.shards["shard1"]?.plan?.identity.epoch += 1
        fleet.kill("shard0")
        fleet.run(steps: 10)
        #expect(fleet.planner.isDeposed)
        #expect(fleet.plan.identity.revision == revision)
    }

    @Test func aStoredPlanGoesOnWhereItWas() {
        var fleet = Self.settled()
        var plan = fleet.plan
        plan.identity.epoch += 1
        plan.identity.holder = "successor"
        fleet.planner = Planner(plan, isFresh: false, at: fleet.now)
        fleet.run(steps: 30)
        #expect(fleet.plan.slices == plan.slices)
        #expect(fleet.plan.upstreams == plan.upstreams)
    }

    @Test func whatIsNotNumberedIsNoCost() {
        var weights = Weights()
        for cost in [Double.nan, .infinity, -1] { weights.observe(cost, of: .slice("a")) }
        weights.observe(2, of: .slice("b"))
        #expect(weights[.slice("a")] == 2000)
        weights.observe(1e300, of: .slice("c"))
        #expect(weights[.slice("c")] == 3_600_000)
    }
}
