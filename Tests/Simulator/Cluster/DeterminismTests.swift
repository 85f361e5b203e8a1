import Testing

@testable import SimulatedCluster

struct DeterminismTests {
    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func sameSeedGivesTheSameClusterAtEveryStep(seed: UInt64) {
        var parameters = Parameters()
        parameters.seed = seed
        var first = Simulation(parameters)
        var second = Simulation(parameters)
        for _ in 0..<20 {
            #expect(Digest(first.cluster).value == Digest(second.cluster).value)
            first.step()
            second.step()
        }
    }

    @Test func otherSeedGivesAnotherCluster() {
        var parameters = Parameters()
        let first = Simulation(parameters)
        parameters.seed = 2
        #expect(Digest(first.cluster).value != Digest(Simulation(parameters).cluster).value)
    }
}
