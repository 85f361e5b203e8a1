import FleetProtocol
import ServiceRuntime
import Testing

@testable import Planning

struct PlanningCostTests {
    @Test func aRoundWithoutNewsCostsInProportionToTheSlices() {
        let (few, many) = (cost(of: 250), cost(of: 2000))
        #expect(many < few * 24, "\(few) for 250 slices, \(many) for 2000")
    }

    /// The quickest of some rounds in which nothing changes.
    private func cost(of count: Int) -> Duration {
        var fleet = SimulatedFleet(slices: count, seed: 3)
        for number in 0..<4 { fleet.add("shard\(number)") }
        fleet.run(steps: 3)
        var planner = fleet.planner
        return (0..<7).map { _ in ContinuousClock().measure { _ = planner.advance(to: fleet.now) } }.min()!
    }
}
