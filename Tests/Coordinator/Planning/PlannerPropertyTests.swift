import FleetProtocol
import ServiceRuntime
import Testing

@testable import Planning

/// What holds for every fleet, whatever happens to it.
struct PlannerPropertyTests {
    @Test(arguments: 0..<12)
    func everythingHasExactlyOneOwnerWhileShardsComeAndGo(_ seed: UInt64) {
        var fleet = SimulatedFleet(slices: 1 + Int(seed) * 3, clusters: 1 + Int(seed) % 3, seed: seed)
        var next = 0
        func newcomer() -> String {
            next += 1
            return "shard\(next)"
        }
        fleet.add(newcomer())
        fleet.add(newcomer())
        for _ in 0..<150 {
            switch Int.random(in: 0..<40, using: &fleet.random) {
            case 0...2: fleet.add(newcomer())
            case 3, 4: if fleet.shards.count > 1 { fleet.kill(fleet.anyShard) }
            case 5: if fleet.shards.count > 1 { fleet.shards[fleet.anyShard]?.isDraining = true }
            case 6: fleet.restart(fleet.anyShard)
            default: break
            }
            if fleet.shards.values.allSatisfy(\.isDraining) { fleet.add(newcomer()) }
            fleet.step()
            for plan in fleet.plans.suffix(3) { check(plan, fleet) }
        }
        #expect(fleet.collisions == 0)
        fleet.run(steps: 30)
        #expect(fleet.plan.slices.allSatisfy { $0.owner != nil && fleet.shards[$0.owner!] != nil })
        #expect(fleet.plan.upstreams.allSatisfy { fleet.shards[$0.owner ?? ""] != nil && !$0.isWaiting })
    }

    private func check(_ plan: Plan, _ fleet: SimulatedFleet) {
        #expect(plan.flaw == nil)
        #expect(plan.slices.map(\.slice) == fleet.slices)
        #expect(plan.upstreams.map(\.cluster) == fleet.clusters)
        #expect(plan.slices.allSatisfy { $0.owner != nil && $0.owner != $0.former })
        #expect(plan.upstreams.allSatisfy { $0.owner != nil })
    }

    @Test(arguments: 0..<10)
    func plansAndTermsOnlyEverRise(_ seed: UInt64) {
        var fleet = SimulatedFleet(slices: 20, clusters: 2, seed: seed)
        for number in 0..<6 { fleet.add("shard\(number)") }
        for _ in 0..<60 {
            if Int.random(in: 0..<6, using: &fleet.random) == 0 { fleet.restart(fleet.anyShard) }
            fleet.step()
        }
        for (earlier, later) in zip(fleet.plans, fleet.plans.dropFirst()) {
            #expect(earlier.identity.refusal(of: later.identity) == nil)
            #expect(later.identity.refusal(of: earlier.identity) == .lowerRevision)
            for (before, after) in zip(earlier.upstreams, later.upstreams) where before.owner != after.owner {
                #expect(after.term > before.term || before.owner == nil)
            }
        }
    }

    @Test(arguments: [2, 5], 0..<3)
    func loadsComeWithinATenthOfTheIdeal(_ shards: Int, _ seed: UInt64) {
        var fleet = SimulatedFleet(slices: 24, seed: seed)
        for number in 0..<shards { fleet.add("shard\(number)") }
        fleet.run(steps: 600)
        #expect(fleet.isBalanced)
    }

    @Test(arguments: 0..<2)
    func noiseMovesNothing(_ seed: UInt64) {
        var fleet = SimulatedFleet(slices: 16, clusters: 2, seed: seed)
        for number in 0..<3 { fleet.add("shard\(number)") }
        fleet.run(steps: 600, noise: 0.3)
        let before = fleet.plan
        fleet.run(steps: 1000, noise: 0.3)
        let moved = zip(before.slices, fleet.plan.slices).count { $0.owner != $1.owner }
        #expect(moved == 0)
        #expect(fleet.plan.identity == before.identity)
    }

    @Test(arguments: 0..<4)
    func losingAShardMovesOnlyWhatItHad(_ seed: UInt64) {
        var fleet = SimulatedFleet(slices: 50, clusters: 3, seed: seed)
        for number in 0..<6 { fleet.add("shard\(number)") }
        fleet.run(steps: 300)
        let before = fleet.plan
        let lost = fleet.anyShard
        fleet.kill(lost)
        fleet.run(steps: 4)
        for (old, new) in zip(before.slices, fleet.plan.slices) {
            #expect(old.owner == lost ? new.owner != lost : new.owner == old.owner)
        }
        for (old, new) in zip(before.upstreams, fleet.plan.upstreams) where old.owner != lost {
            #expect(new == old)
        }
    }

    @Test func aNewcomerIsGivenOneSliceARound() {
        var fleet = SimulatedFleet(slices: 50, seed: 3)
        for number in 0..<4 { fleet.add("shard\(number)") }
        fleet.run(steps: 200)
        fleet.add("newcomer")
        let start = fleet.plans.count
        fleet.run(steps: 400)
        let plans = fleet.plans[(start - 1)...]
        for (earlier, later) in zip(plans, plans.dropFirst()) {
            let moved = zip(earlier.slices, later.slices).count { $0.owner != $1.owner }
            #expect(moved <= 1)
        }
        #expect(fleet.isBalanced)
        #expect(fleet.plan.slices.contains { $0.owner == "newcomer" })
    }

    @Test(arguments: 0..<2)
    func theSameInputGivesTheSamePlans(_ seed: UInt64) {
        func plans() -> [Plan] {
            var fleet = SimulatedFleet(slices: 30, clusters: 2, seed: seed)
            for number in 0..<5 { fleet.add("shard\(number)") }
            for _ in 0..<100 {
                if Int.random(in: 0..<20, using: &fleet.random) == 0 { fleet.restart(fleet.anyShard) }
                fleet.step(noise: 0.5)
            }
            return fleet.plans
        }
        #expect(plans() == plans())
    }

    @Test func aLargeFleetIsPlannedQuickly() {
        var fleet = SimulatedFleet(slices: 500, clusters: 4, seed: 1)
        for number in 0..<64 { fleet.add("shard\(number)") }
        fleet.run(steps: 3)
        let clock = ContinuousClock()
        let durations = (0..<20).map { _ in
            fleet.now = fleet.now.advanced(by: .seconds(11))
            for id in fleet.shards.keys { fleet.planner.members[id]?.seen = fleet.now }
            return clock.measure { _ = fleet.planner.advance(to: fleet.now) }
        }
        // Twenty times what it takes optimised, for a debug build on a busy machine.
        #expect(durations.sorted()[10] < .milliseconds(400))
        print("planning 64 shards and 500 slices: median \(durations.sorted()[10]), most \(durations.max()!)")
    }
}

extension SimulatedFleet {
    fileprivate var anyShard: String {
        mutating get { shards.keys.sorted().randomElement(using: &random)! }
    }

    fileprivate mutating func restart(_ id: String) {
        let nonce = shards[id]!.nonce
        kill(id)
        add(id)
        precondition(shards[id]!.nonce != nonce)
    }

    fileprivate var isBalanced: Bool {
        let names = shards.keys.sorted()
        let items = plan.slices.map {
            Placement.Item(
                work: .slice($0.slice.id), weight: planner.weights[.slice($0.slice.id)],
                owner: names.firstIndex(of: $0.owner!))
        }
        let upstreams = plan.upstreams.map {
            Placement.Item(
                work: .upstream($0.cluster), weight: planner.weights[.upstream($0.cluster)],
                owner: names.firstIndex(of: $0.owner!), isPinned: true)
        }
        return Placement(items + upstreams, shards: names.count).isBalanced
    }
}
